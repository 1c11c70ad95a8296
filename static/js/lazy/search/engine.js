// Pagefind and its index: started when the dialog opens, warmed while the reader types.

import { loadMacros } from "./macros.js";
import { loadNarrowing } from "./narrowing.js";

/** @typedef {{ element: string, id: string, text: string, location: number, size: number, kind: string }} Anchor */

/** @typedef {{ location: number, balanced_score: number, weight: number }} Place */

/** @typedef {{ title: string, url: string, locations: number[], weighted_locations: Place[], anchor?: Anchor }} SubResult */

/** @typedef {{ url: string, content: string, meta: { title: string, hidden: string }, anchors: Anchor[], sub_results: SubResult[] }} Fragment A page as searching/entries.py describes it. */

/** @typedef {{ id: string, score: number, words: number[], data: () => Promise<Fragment> }} Result */

/** @typedef {{ results: Result[], unfilteredResultCount: number }} Answer */

/** @typedef {{ options: (options: object) => Promise<void>, init: () => Promise<void>, search: (query: string, options?: object) => Promise<Answer> }} Pagefind */

/** There is no index. */
export class MissingError extends Error {}

/** @typedef {{ pagefind: Pagefind, narrowing: import("./narrowing.js").Narrowing, macros: import("./macros.js").Macros }} Engine */

/** @type {Promise<Engine> | null} */
let started = null;
let attempt = 0;

/** @type {(index: URL) => Promise<Engine>} */
const begin = async (index) => {
  const address = (/** @type {string} */ name) => new URL(name, index);
  // A script that could not be loaded is not asked for again under the same name.
  const again = attempt ? `?again=${attempt}` : "";
  attempt += 1;
  try {
    const pagefind = /** @type {Pagefind} */ (await import(address(`pagefind.js${again}`).href));
    // In a worker each answer would have to be copied, which takes longer than finding it.
    await pagefind.options({ ranking: { termSimilarity: 6 }, noWorker: true });
    const [narrowing, macros] = await Promise.all([
      loadNarrowing(address("narrowing.json")), loadMacros(address("macros.json")), pagefind.init(),
    ]);
    return { pagefind, narrowing, macros };
  } catch (error) {
    started = null;
    const { status } = await fetch(address("pagefind-entry.json"), { cache: "no-store" });
    throw status === 404 ? new MissingError() : error;
  }
};

/** @type {(index: URL) => Promise<Engine>} Pagefind over the index at that address, what its answers can be narrowed by, the site's macros. */
export const start = (index) => (started ??= begin(index));

/** After an answer that failed the next one begins anew. */
export const forget = () => { started = null; };
