// The files of the index, and the pages that were found in it.

/** @typedef {import("./backend.js").RawResult} RawResult */

/** @typedef {{ element: string, id: string, text: string, location: number, size: number, kind: string }} Anchor */

/** @typedef {{ location: number, balanced_score: number }} Place */

/** @typedef {{ title: string, url: string, locations: number[], weighted_locations: Place[], anchor?: Anchor }} SubResult */

/** @typedef {{ url: string, content: string, meta: { title: string, hidden: string }, anchors: Anchor[] }} Fragment A page as searching/entries.py describes it. */

/** @typedef {Fragment & { sub_results: SubResult[] }} FoundPage */

const MARK = "pagefind_dcd";

/** @type {(address: URL) => Promise<Uint8Array<ArrayBuffer>>} A file of Pagefind's; one that a server has unpacked already will do. */
export const unpacked = async (address) => {
  const answered = await fetch(address);
  if (!answered.ok) throw new Error(`${answered.status} ${address}`);
  const bytes = new Uint8Array(await answered.arrayBuffer());
  const isPacked = bytes[0] === 0x1f;
  const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
  const content = isPacked ? new Uint8Array(await new Response(stream).arrayBuffer()) : bytes;
  return content.subarray(MARK.length);
};

/** @type {(page: Fragment, places: RawResult["l"]) => SubResult[]} The places in a page by the section or result they are in. */
const subResults = ({ url, meta: { title }, anchors }, places) => {
  const left = anchors.filter((each) => /h\d/i.test(each.element) && each.text.trim()).sort((a, b) => a.location - b.location);
  /** @type {SubResult[]} */
  const found = [];
  let at = 0;
  for (const { l: location, s: score } of places) {
    const before = at;
    while (at < left.length && location >= left[at].location) at += 1;
    if (at > before || !found.length) {
      const anchor = left[at - 1];
      const own = anchor ? { title: anchor.text, url: `${url}#${anchor.id}`, anchor } : { title, url };
      found.push({ ...own, locations: [], weighted_locations: [] });
    }
    found[found.length - 1].locations.push(location);
    found[found.length - 1].weighted_locations.push({ location, balanced_score: score });
  }
  return found;
};

export class Fragments {
  /** @type {Map<string, Promise<Fragment>>} */
  #known = new Map();

  /** @param {URL} index */
  constructor(index) {
    this.index = index;
  }

  /** @param {string} id @returns {Promise<Fragment>} */
  async #load(id) {
    const content = await unpacked(new URL(`fragment/${id}.pf_fragment`, this.index));
    const page = JSON.parse(new TextDecoder().decode(content));
    // Its address begins at the site, which the index lies in.
    return { ...page, url: new URL(`..${page.url}`, this.index).pathname };
  }

  /** @type {(id: string, places: RawResult["l"]) => Promise<FoundPage>} A page, with the places in it. */
  async page(id, places) {
    const known = this.#known.get(id) ?? this.#load(id);
    this.#known.set(id, known);
    const page = await known;
    return { ...page, sub_results: subResults(page, places) };
  }
}
