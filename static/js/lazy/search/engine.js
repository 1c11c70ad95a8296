// Pagefind and its index: started when the dialog opens, warmed while the reader types.

import { Backend, readTerm } from "./backend.js";
import { encoded, Reader } from "./cbor.js";
import { Fragments, unpacked } from "./fragments.js";
import { loadMacros } from "./macros.js";
import { loadNarrowing } from "./narrowing.js";
import { Words } from "./weighing.js";

/** @typedef {import("./backend.js").RawResult} RawResult */

/** @typedef {import("./backend.js").Term} Term */

/** @typedef {import("./fragments.js").FoundPage} FoundPage */

/** @typedef {import("./narrowing.js").Chosen} Chosen */

/** @typedef {{ id: string, score: number, words: number[], data: () => Promise<FoundPage> }} Result */

/** @typedef {{ find: (text: string, chosen: Chosen) => Promise<Result[]>, count: (text: string) => Promise<number> }} Finder */

/** There is no index. */
export class MissingError extends Error {}

/** @typedef {{ finder: Finder, narrowing: import("./narrowing.js").Narrowing, macros: import("./macros.js").Macros }} Engine */

/** How pages are weighed: words that are longer than those asked for count for little. */
const RANKING = { term_similarity: 6 };

/** Of so many pages each is weighed well. */
const MANY = 200;

/** The name of a filter of our own, and what its pages have; a value that no page has. */
const OWN = "own", KEPT = "kept", NOWHERE = { [OWN]: { any: [""] } };

/** @implements {Finder} Pagefind over one index. */
class Search {
  /** @type {Map<string, Promise<void>>} */
  #pieces = new Map();

  /**
   * @param {Backend} backend @param {URL} index
   * @param {import("./narrowing.js").Narrowing} narrowing @param {Uint8Array} meta
   */
  constructor(backend, index, narrowing, meta) {
    backend.open(meta, RANKING);
    this.backend = backend;
    this.index = index;
    this.narrowing = narrowing;
    this.fragments = new Fragments(index);
    const pages = pagesOf(meta);
    this.ids = pages.map(([id]) => id);
    this.words = new Words(pages.map(([, length]) => length));
  }

  /** @param {string} name */
  async #load(name) {
    const piece = await unpacked(new URL(`index/${name}.pf_index`, this.index));
    this.backend.addPiece(piece);
    this.words.add(piece);
  }

  /** @param {string} text @returns {Promise<Term>} The text as it is looked for, once the pieces of the index for it are there. */
  async #prepared(text) {
    const term = readTerm(text);
    await Promise.all(this.backend.pieces(term.term).map((name) => {
      const loading = this.#pieces.get(name) ?? this.#load(name);
      this.#pieces.set(name, loading);
      return loading;
    }));
    return term;
  }

  /** @param {Term} term @param {number[]} pages @returns {RawResult[]} Those of the pages that have it. */
  #among(term, pages) {
    if (!pages.length) return [];
    this.backend.addFilter(encoded([OWN, [[KEPT, pages]]]));
    return this.backend.search(term, { [OWN]: { any: [KEPT] } }).results;
  }

  // Which pages have it is known as soon as which may come first, so that the others are not weighed.
  // Words in quotation marks must follow each other, which Pagefind alone tells.
  /** @param {Term} term @param {(page: number) => boolean} fits @returns {RawResult[] | null} */
  #findOfMany(term, fits) {
    const stems = this.backend.stems(term);
    const count = this.#countOf(term);
    if (count <= MANY || (term.isExact && stems.length > 1)) return null;
    const { pages, best } = this.words.rough(stems, term.isExact, fits);
    if (pages.length !== count) return null;
    const weighed = this.#among(term, best);
    const are = new Set(best);
    const others = pages.filter((page) => !are.has(page) && fits(page));
    return [...weighed, ...others.map((page) => ({ p: this.ids[page], s: 0, l: [] }))];
  }

  /** @param {Term} term */
  #countOf(term) {
    return this.backend.search(term, NOWHERE).unfiltered_total;
  }

  /** @param {string} text @param {Chosen} chosen @returns {Promise<Result[]>} The pages that have it and fit, the best first. */
  async find(text, chosen) {
    const term = await this.#prepared(text);
    const isAll = Object.keys(chosen).length === 0;
    const fits = (/** @type {number} */ page) => isAll || this.narrowing.fits(this.ids[page], chosen);
    const found = this.#findOfMany(term, fits)
      ?? (isAll ? this.backend.search(term, {}).results : this.#among(term, [...this.ids.keys()].filter(fits)));
    return found.map(({ p, s, l }) => ({ id: p, score: s, words: l.map((each) => each.l), data: () => this.fragments.page(p, l) }));
  }

  /** @param {string} text @returns {Promise<number>} How many pages have it, whatever is chosen. */
  async count(text) {
    return this.#countOf(await this.#prepared(text));
  }
}

/** @type {(meta: Uint8Array) => [string, number][]} The ids and lengths of the pages. */
const pagesOf = (meta) => {
  const reader = new Reader(meta);
  reader.number();
  reader.skip();
  return reader.list(() => {
    reader.number();
    return [reader.text(), reader.number()];
  });
};

/** @typedef {{ hash: string, wasm: string | null, page_count: number }} Language */

/** @type {(languages: Record<string, Language>) => Language} That of the page, else the largest. */
const ownLanguage = (languages) => {
  const own = document.documentElement.lang.toLowerCase();
  return languages[own] ?? languages[own.split("-")[0]] ?? Object.values(languages).sort((a, b) => b.page_count - a.page_count)[0];
};

/** @type {Promise<Engine> | null} */
let started = null;

/** @type {(index: URL) => Promise<Engine>} */
const begin = async (index) => {
  const address = (/** @type {string} */ name) => new URL(name, index);
  try {
    const answered = await fetch(address("pagefind-entry.json"), { cache: "no-cache" });
    if (answered.status === 404) throw new MissingError();
    const { hash, wasm } = ownLanguage((await answered.json()).languages);
    const [narrowing, macros, meta, backend] = await Promise.all([
      loadNarrowing(address("narrowing.json")), loadMacros(address("macros.json")),
      unpacked(address(`pagefind.${hash}.pf_meta`)), unpacked(address(`wasm.${wasm ?? "unknown"}.pagefind`)).then(Backend.from),
    ]);
    return { finder: new Search(backend, index, narrowing, meta), narrowing, macros };
  } catch (error) {
    started = null;
    throw error;
  }
};

/** @type {(index: URL) => Promise<Engine>} Pagefind over the index at that address, what its answers can be narrowed by, the site's macros. */
export const start = (index) => (started ??= begin(index));

/** After an answer that failed the next one begins anew. */
export const forget = () => { started = null; };
