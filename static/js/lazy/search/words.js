// Words as the index has them (src/notesite/searching/words.py).

import { listed } from "./symbols.js";

/**
 * Two that follow each other, as one word, by CRC-32: searching/words.py has the same.
 * @type {(first: string, second: string) => string}
 */
export const pairOf = (first, second) => {
  let number = -1;
  for (const byte of new TextEncoder().encode(`${first} ${second}`)) {
    number ^= byte;
    for (let bit = 0; bit < 8; bit += 1) number = (number >>> 1) ^ (number & 1 ? 0xedb88320 : 0);
  }
  number = ~number;
  return [0, 9, 18].map((bits) => String.fromCharCode(0x1401 + ((number >>> bits) & 511))).join("");
};

/** A word that each page of the index has: EVERYWHERE in searching/words.py. */
export const EVERYWHERE = "\u{10fffd}";

/** Scripts without blanks: there words are pairs of characters. */
export const BLANKLESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;

/** @type {(run: string) => string[]} The words of a run of such characters. */
export const grams = (run) => {
  const signs = [...run];
  return signs.length === 1 ? [pairOf(run, "")] : signs.slice(1).map((sign, at) => pairOf(signs[at], sign));
};

const isGerman = /^de\b/i.test(document.documentElement.lang);

/** @type {(text: string) => string} A text without capitals and accents. */
export const bare = (text) => {
  const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
  return isGerman ? plain.replace(/([aou])e/g, "$1") : plain;
};

/** Words that say too little to be looked for beside others, by language. */
const FILLERS_BY_LANGUAGE = {
  en: "a an and are as at be but by for from has have if in into is it its of on or so that the their then there these they this to was we which with",
  de: "als am an auch auf aus bei das dem den der des die durch ein eine einem einen einer eines es für im in ist mit nach oder sich sie sind so über um und von vom wenn werden wie wir wird zu zum zur",
  fr: "au aux avec ce ces cette d dans de des du elle en est et il ils l la le les leur mais on ou où par pour qu que qui s sa se si son sont sur un une y à",
  ar: "أن أو إلى إن التي الذي بين ثم على عن في كل لا ما مع من هذا هذه هو هي و",
};

const language = document.documentElement.lang.toLowerCase().split("-")[0];
const FILLERS = new Set(listed(bare(Object.entries(FILLERS_BY_LANGUAGE).find(([code]) => code === language)?.[1] ?? FILLERS_BY_LANGUAGE.en)));

/** @type {(word: string) => boolean} */
export const isFiller = (word) => FILLERS.has(bare(word));

// Pagefind takes the beginning of a word that it does not know for the word; less than so much of it
// is none. What is left of a word without its ending may still be found.
/** @type {(word: string) => string} */
const stem = (word) => word.slice(0, Math.max(2, Math.ceil(word.length * 0.6)));

/** @type {(text: string) => string[]} */
const plainWords = (text) => bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** @type {(query: string) => string[]} The beginnings that what is found must have. */
export const stems = (query) => plainWords(query).map(stem);

/** @type {(title: string, beginnings: string[]) => number} Whether a title has all of the words, and how little else: up to 1.5. */
export const named = (title, beginnings) => {
  const own = plainWords(title);
  const asked = beginnings.filter((beginning) => !FILLERS.has(beginning));
  const has = asked.length > 0 && asked.every((beginning) => own.some((word) => word.startsWith(beginning)));
  return has ? 1 + 0.5 * Math.min(1, asked.length / own.length) : 0;
};

/** @type {(text: string, beginnings: string[]) => boolean} Whether a text begins with a word that was asked for. */
export const isWanted = (text, beginnings) => {
  const [word = ""] = plainWords(text);
  return !FILLERS.has(word) && beginnings.some((beginning) => word.startsWith(beginning));
};
