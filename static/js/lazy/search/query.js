// A query is read as the formulas of the index were read: by the names of its symbols, in order.

import { ALIASES, greekName, SILENT, SPOKEN, SYMBOLS, TOGETHER } from "./symbols.js";
import { BLANKLESS, isFiller, pairOf } from "./words.js";

/** @typedef {{ name: string, value: string, written: string }} Filter */

/**
 * What to look for: pairs of names that follow each other in a formula, characters that follow each
 * other, and words; `letters` are words of one letter, asked for where there are no others.
 * @typedef {{ query: string, filters: Filter[], isFormula: boolean, names: string[], pairs: string[], runs: string[], words: string, letters: string[] }} Query
 */

/** @type {(query: string) => boolean} */
const isTex = (query) => /[\\^_{}|‖ᵀℓℏ²³¹\u2070-\u209c]|\p{L}[([]|[^\p{L}\p{N}\p{M}\p{P}\p{Z}]/u.test(query) || /(?<!\p{L})[\u0391-\u03c9](?!\p{L})/u.test(query);

/** @type {(query: string) => string} TeX in which a formula's symbols follow each other as they do in the index. */
const straightened = (query) => query
  // Before they become letters like any other.
  .replace(/[^\0-\x7f]/gu, (each) => (SYMBOLS.has(each) ? ` \\${SYMBOLS.get(each)} ` : each))
  .normalize("NFKD")
  .replace(/\p{M}/gu, "")
  // Words set as such stand for themselves.
  .replace(/\\(?:text\w*|operatorname\*?|math(?:rm|sf|tt|bf|it))\s*\{([^{}]*)\}/g, (_, inside) => ` ${inside.replace(/\\./g, " ").replace(/[A-Za-z]+/g, "\\$& ")} `)
  .replace(/\^\s*(?:\{\s*T\s*\}|T(?![a-z]))/g, "^\\top ")
  // In the index what is below comes before what is above.
  .replace(/\^(\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{}])\s*_(\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{}])/g, "_$2^$1");

/** @type {(query: string) => string[]} The names of the symbols of some TeX. */
export const texNames = (query) => {
  /** @type {string[]} */
  const found = [];
  let isInNorm = false;
  const norm = () => { isInNorm = !isInNorm; return isInNorm ? ["norm"] : []; };
  const command = (/** @type {string} */ name) => {
    if (/^(?:arg(?:min|max)|lim(?:inf|sup))$/.test(name)) return [name.slice(0, 3), name.slice(3)];
    if (name === "lVert") isInNorm = false;
    if (name === "Vert" || name === "parallel") return norm();
    return SILENT.has(name) ? [] : [(ALIASES.get(name) ?? name).toLowerCase()];
  };
  const letters = (/** @type {string} */ run) => (TOGETHER.has(run.toLowerCase()) || run.length > 2 ? [run] : [...run]).map((each) => each.toLowerCase());
  for (const [piece, name, escaped, run, number] of straightened(query).matchAll(/\\([A-Za-z]+)|\\(.)|([A-Za-z]+)|(\p{N}+)|[^\s]/gu)) {
    if (name) found.push(...command(name));
    else if (escaped === "|" || piece === "‖" || piece === "∥") found.push(...norm());
    else if (run) found.push(...letters(run));
    else if (number) found.push(number);
    else if (!escaped) found.push(greekName(piece) ?? SYMBOLS.get(piece) ?? (/\p{L}/u.test(piece) ? piece.toLowerCase() : ""));
  }
  return found.filter(Boolean);
};

/** @type {(query: string) => string[]} The names of what is said in words. */
const spokenNames = (query) => {
  const plain = SPOKEN.reduce((text, [pattern, name]) => text.replace(pattern, name), query.toLowerCase());
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length === 1 && greekName(word)) || word);
};

// A filter is `tag:x`, `#x`, `section:x` or `kind:x`; the page's language has names of its own.
export const FILTERS = ["section", "kind", "tag"];

/** @type {(written: string, names: Map<string, string>) => { query: string, filters: Filter[] }} */
const readFilters = (written, names) => {
  /** @type {Filter[]} */
  const filters = [];
  const query = written.replace(/(^|\s)(?:#|([\p{L}]+):)(\S*)/gu, (all, before, named, value) => {
    const name = named ? names.get(named.toLowerCase()) : "tag";
    if (!name) return all;
    if (value) filters.push({ name, value: value.toLowerCase(), written: all.trim() });
    return before;
  });
  return { query: query.trim(), filters };
};

// Of a letter alone Pagefind would take all words that begin with it, which are most words of a site;
// what a letter belongs to is told by the pairs. Fillers are on every page, and so are looked for
// only where there is nothing else, as they follow each other.
/** @type {(query: string) => { words: string, letters: string[] }} */
const wordsIn = (query) => {
  if (query.includes('"')) return { words: query, letters: [] };
  const all = query.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const kept = all.filter((word) => word.length > 1 && !isFiller(word));
  if (kept.length) return { words: kept.join(" "), letters: [] };
  const letters = all.filter((word) => word.length === 1);
  return { words: letters.length || !all.length ? "" : `"${all.join(" ")}"`, letters };
};

/** @type {(written: string, filterNames: Map<string, string>) => Query} */
export const readQuery = (written, filterNames) => {
  const { query, filters } = readFilters(written, filterNames);
  const isFormula = isTex(query);
  const runs = query.match(BLANKLESS) ?? [];
  const spaced = query.replace(BLANKLESS, " ");
  const names = isFormula ? texNames(spaced) : spokenNames(spaced);
  const pairs = names.slice(1).map((name, at) => pairOf(names[at], name));
  return { query, filters, isFormula, names, pairs, runs, ...wordsIn(isFormula ? names.join(" ") : spaced) };
};
