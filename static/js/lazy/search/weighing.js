// Which pages are worth being weighed. Pagefind weighs all that have the words of a query, and tells
// each place of them: for words that stand on nearly all pages of a large site, for a tenth of a second.
// So where there are many the pages are first weighed roughly, from the same files.

import { Reader } from "./cbor.js";

/** @typedef {{ pages: number[], best: number[] }} Rough All pages that have the words; those that may come first. */

/** So many are weighed well; two dozen are looked at at most. */
const BEST = 160;

/** As Pagefind has it: the weight of plain text, and how soon more of a word adds no more. */
const PLAIN = 24, SATURATION = 1.4, LENGTH = 0.75;

/** A word of the title is worth as much as so many of the text. */
const TITLE = 40;

export class Words {
  /** @type {Map<string, Reader[]>} Where the pages of a word, and of its forms with accents, are written. */
  #words = new Map();

  /** @type {number[]} */
  #lengths;

  #average;

  /** @param {number[]} lengths Of each page. */
  constructor(lengths) {
    this.#lengths = lengths;
    this.#average = lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
  }

  /** @param {Uint8Array} piece A piece of the index: searching/assembling.py has what stands there. */
  add(piece) {
    const reader = new Reader(piece);
    const here = () => {
      const at = new Reader(piece, reader.at);
      reader.skip();
      return at;
    };
    reader.number();
    reader.list(() => {
      reader.number();
      const word = reader.text();
      const plain = here();
      const variants = reader.list(() => {
        reader.number();
        reader.skip();
        return here();
      });
      this.#words.set(word, [plain, ...variants]);
    });
  }

  // Pagefind takes what begins with a word for the word; where nothing does, its longest known beginning.
  /** @type {(stem: string, isExact: boolean) => string[]} */
  #meant(stem, isExact) {
    if (isExact) return this.#words.has(stem) ? [stem] : [];
    const all = [...this.#words.keys()];
    const longer = all.filter((word) => word.startsWith(stem));
    const shorter = longer.length ? [] : all.filter((word) => stem.startsWith(word));
    return longer.length ? longer : shorter.sort((a, b) => b.length - a.length).slice(0, 1);
  }

  /** @type {(stem: string, isExact: boolean) => Float32Array} How much of a word each page has. */
  #amounts(stem, isExact) {
    const amounts = new Float32Array(this.#lengths.length);
    for (const word of this.#meant(stem, isExact)) {
      const part = 1 / (1 + Math.abs(word.length - stem.length));
      for (const { bytes, at } of this.#words.get(word) ?? []) addAmounts(amounts, new Reader(bytes, at), part);
    }
    return amounts;
  }

  /** @type {(stems: string[], isExact: boolean, fits: (page: number) => boolean) => Rough} The pages that have each of the words, and of those that fit the best. */
  rough(stems, isExact, fits) {
    const amounts = stems.map((stem) => this.#amounts(stem, isExact)).filter((each) => isExact || each.some(Boolean));
    const pages = [...this.#lengths.keys()].filter((page) => amounts.every((each) => each[page] > 0));
    const worth = new Float32Array(this.#lengths.length);
    for (const each of amounts) {
      const rarity = Math.log(1 + this.#lengths.length / each.reduce((sum, one) => sum + Math.sign(one), 0));
      for (const page of pages) {
        const length = 1 - LENGTH + LENGTH * this.#lengths[page] / this.#average;
        worth[page] += rarity * each[page] / (each[page] + SATURATION * length);
      }
    }
    return { pages, best: pages.filter(fits).sort((a, b) => worth[b] - worth[a]).slice(0, BEST) };
  }
}

/** @type {(amounts: Float32Array, reader: Reader, part: number) => void} */
const addAmounts = (amounts, reader, part) => {
  let page = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.number();
    page += reader.number();
    let amount = 0, weight = 1;
    for (let places = reader.number(); places > 0; places -= 1) {
      const number = reader.number();
      if (number < 0) weight = (-1 - number) / PLAIN;
      else amount += weight;
    }
    const titles = reader.number();
    for (let places = titles; places > 0; places -= 1) reader.number();
    amounts[page] += part * (amount + (titles ? TITLE : 0));
  }
};
