// What an answer can be narrowed by: how many of the pages found have each value of each filter.
// Pagefind knows them too, but counts them with each search, and looks through the pages of all values
// for each page found.

/** @typedef {{ pages: string[], filters: Record<string, Record<string, number[]>> }} Table Of one language the beginnings of its pages' ids, and for each value the distance of its pages from each other. */

/** @typedef {Record<string, string[]>} Chosen Values of filters: of one filter any, of several filters each. */

/** @typedef {Record<string, Record<string, number>>} Counts Of each filter's values, on how many pages they are. */

/** As many digits of an id as searching/assembling.py writes. */
const DIGITS = 8;

/** @type {(id: string) => string} */
const beginning = (id) => id.slice(0, id.lastIndexOf("_") + 1 + DIGITS);

export class Narrowing {
  /** @type {Record<string, Set<string>>} The values of each filter. */
  known = {};

  /** @type {Map<string, [string, string][]>} Filters and values by page. */
  #byPage = new Map();

  /** @param {Record<string, Table>} tables */
  constructor(tables) {
    for (const [language, { pages, filters }] of Object.entries(tables)) {
      for (const [name, values] of Object.entries(filters)) {
        for (const [value, distances] of Object.entries(values)) this.#add(name, value, distances, (page) => `${language}_${pages[page]}`);
      }
    }
  }

  /** @param {string} name @param {string} value @param {number[]} distances @param {(page: number) => string} idOf */
  #add(name, value, distances, idOf) {
    (this.known[name] ??= new Set()).add(value);
    let page = 0;
    for (const distance of distances) {
      page += distance;
      const id = idOf(page);
      const own = this.#byPage.get(id);
      if (own) own.push([name, value]);
      else this.#byPage.set(id, [[name, value]]);
    }
  }

  /** @type {(id: string, chosen: Chosen) => boolean} */
  fits(id, chosen) {
    const own = this.#byPage.get(beginning(id)) ?? [];
    return Object.entries(chosen).every(([name, values]) => own.some((each) => each[0] === name && values.includes(each[1])));
  }

  /** @type {(ids: string[]) => Counts} */
  counts(ids) {
    /** @type {Counts} */
    const counts = {};
    for (const [name, value] of ids.flatMap((id) => this.#byPage.get(beginning(id)) ?? [])) {
      const own = (counts[name] ??= {});
      own[value] = (own[value] ?? 0) + 1;
    }
    return counts;
  }
}

/** @type {(address: URL) => Promise<Narrowing>} */
export const loadNarrowing = async (address) => {
  const answered = await fetch(address);
  if (!answered.ok) throw new Error(`${answered.status} ${address}`);
  return new Narrowing(await answered.json());
};
