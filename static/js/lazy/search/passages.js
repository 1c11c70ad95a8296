// The passage of a page that shows what was found, with the words that were asked for marked.

import { isWanted } from "./words.js";

/** @typedef {import("./fragments.js").Fragment} Fragment */

/** @typedef {{ seen: string, end: number, gap: string }} Token A word as a reader sees it; `end` is the last one of the formula that begins in it. */

/** @typedef {{ stems: string[], signs: string }} Wanted The beginnings of the words, and the characters, that were asked for. */

const BEGIN = "\u2063", END = "\u2064", SEPARATOR = "\u200b";

/** @type {(text: string) => string} */
export const visible = (text) => text.replaceAll(BEGIN, "").replaceAll(END, "").trim();

/** @type {(text: string) => string[]} What stands in a text as formulas. */
export const formulasIn = (text) => [...text.matchAll(/\u2063([^\u2064]*)/g)].map(([, formula]) => formula);

/** @type {(page: Fragment) => Token[]} */
export const readPassage = ({ content }) => {
  const isCut = content.includes(SEPARATOR);
  const parts = isCut ? content.split(SEPARATOR) : content.split(/\s+/);
  let begin = -1;
  const all = parts.map((part) => ({
    seen: visible(part), end: -1, gap: isCut && !part.endsWith(" ") ? "" : " ",
  }));
  parts.forEach((part, at) => {
    if (part.includes(BEGIN) && begin < 0) begin = at;
    if (part.includes(END) && begin >= 0) { all[begin].end = at; begin = part.lastIndexOf(BEGIN) > part.lastIndexOf(END) ? at : -1; }
  });
  return all;
};

/** @type {(all: Token[], locations: number[], wanted: Wanted) => Set<number>} The words to mark. */
const markedAt = (all, locations, wanted) => {
  /** @type {Set<number>} */
  const marked = new Set();
  for (const at of locations) {
    if (!all[at]) continue;
    if (all[at].end >= 0) for (let each = at; each <= all[at].end; each += 1) marked.add(each);
    else if (isWanted(all[at].seen, wanted.stems)) marked.add(at);
    else for (const each of [at, at + 1]) if (all[each]?.gap === "" && wanted.signs.includes(all[each].seen)) marked.add(each);
  }
  return marked;
};

const BEFORE = 8, LONG = 32, LONG_CUT = 64;

/** @type {(all: Token[], locations: number[], from: number, to: number, wanted: Wanted) => HTMLElement} The passage around the words at these locations. */
export const passage = (all, locations, from, to, wanted) => {
  const marked = markedAt(all, locations, wanted);
  const best = marked.size ? Math.min(...marked) : from;
  const start = Math.max(from, best - BEFORE);
  const line = document.createElement("span");
  line.className = "search-passage";
  if (start > from) line.append("… ");
  const end = Math.min(to, start + (all[start]?.gap === "" ? LONG_CUT : LONG));
  for (let at = start; at < end; at += 1) {
    if (marked.has(at) && all[at].seen) {
      const mark = document.createElement("mark");
      mark.textContent = all[at].seen;
      line.append(mark);
    } else line.append(all[at].seen);
    if (at < end - 1) line.append(all[at].gap);
  }
  return line;
};
