// What a query finds: pages, each with its parts, the best first.

import { start } from "./engine.js";
import { expanded } from "./macros.js";
import { FILTERS, readQuery, texNames } from "./query.js";
import { corrected } from "./spelling.js";
import { partsOf } from "./parts.js";
import { formulasIn } from "./passages.js";
import { bare, EVERYWHERE, grams, named, stems } from "./words.js";

/** @typedef {import("./narrowing.js").Counts} Counts */

/** @typedef {import("./engine.js").Result} Result */

/** @typedef {import("./parts.js").Found} Found */

/** @typedef {import("./passages.js").Wanted} Wanted */

/** @typedef {import("./query.js").Query} Query */

/** @typedef {import("./narrowing.js").Chosen} Chosen */

/** @typedef {{ id: string, score: number, of: Result[], bonus: number }} Candidate A page, found by one search or by several. */

/** @typedef {{ worth: number, results: Result[] }} Page */

/** @typedef {{ query: Query, count: number, found: Found[], wanted: Wanted, counts: Counts, instead: string | null }} Looked */

const MOST = 8, MOST_PAIRS = 4;

// The beginning of a word of a value stands for it, as it may still be being typed.
/** @type {(filters: Query["filters"], known: Record<string, Set<string>>) => Chosen} */
const readChosen = (filters, known) => {
  /** @type {Chosen} */
  const chosen = {};
  for (const { name, value } of filters) {
    const all = [...(known[name] ?? [])];
    const fitting = all.includes(value) ? [value] : all.filter((each) => `-${each}`.includes(`-${value}`));
    (chosen[name] ??= []).push(...(fitting.length ? fitting : [value]));
  }
  return chosen;
};

/** @type {(result: Result) => Candidate} */
const candidate = (result) => ({ id: result.id, score: result.score, of: [result], bonus: 0 });

/** @type {(answers: Candidate[][]) => Candidate[]} The candidates that all answers have. */
const inAll = ([first, ...others]) => {
  const known = others.map((each) => new Map(each.map((one) => [one.id, one])));
  return first.filter(({ id }) => known.every((each) => each.has(id))).map((one) => {
    const all = [one, ...known.flatMap((each) => each.get(one.id) ?? [])];
    return { id: one.id, score: all.reduce((sum, each) => sum + each.score, 0), of: all.flatMap((each) => each.of), bonus: 0 };
  });
};

/** @type {(all: string[]) => string[]} A few of them that tell the most, being far apart. */
const telling = (all) => {
  const step = Math.max(1, all.length / MOST_PAIRS);
  return [...new Set(all)].filter((_, at) => at % step < 1);
};

// What is named so comes first; in a page's first place stand the words of its title.
/** @type {(all: Candidate[]) => Candidate[]} */
const preferTitles = (all) => all.map((each) => ({ ...each, bonus: each.of.every(({ words }) => words.includes(0)) ? 1 : 0 }));

// Pagefind falls back on the beginning of a word that it does not know. As many as will be shown
// are looked at, and no more are fetched for it: where all of them hold the words the others do, too.
/** @type {(all: Candidate[], beginnings: string[]) => Promise<Candidate[]>} */
const held = async (all, beginnings) => {
  /** @type {Candidate[]} */
  const kept = [];
  let at = 0;
  for (; at < all.length && kept.length < MOST && at < MOST * 3; at += MOST) {
    const checked = await Promise.all(all.slice(at, at + MOST).map(async (each) => {
      const { content, meta, anchors } = await each.of[0].data();
      const text = bare(`${meta.title} ${content} ${meta.hidden}`);
      if (!beginnings.every((beginning) => text.includes(beginning))) return [];
      const parts = Math.max(0, ...anchors.map((anchor) => named(anchor.text, beginnings)));
      return [{ ...each, bonus: Math.max(named(meta.title, beginnings), 0.7 * parts) }];
    }));
    kept.push(...checked.flat());
  }
  return kept.length < Math.min(at, all.length) ? kept : [...kept, ...all.slice(at)];
};

// A formula that stands somewhere as a whole counts for more than one whose pairs are scattered. Of
// the next pages none is looked at where one of the first has it.
/** @type {(pages: Page[], line: string) => Promise<void>} */
const preferWhole = async (pages, line) => {
  const isIn = (/** @type {string} */ text) => ` ${texNames(text).join(" ")} `.includes(` ${line} `);
  for (let at = 0, isFound = false; at < MOST * 2 && !isFound; at += MOST) {
    await Promise.all(pages.slice(at, at + MOST).map(async (page) => {
      const { content, meta } = await page.results[0].data();
      if (!isIn(meta.title) && !formulasIn(content).some(isIn)) return;
      page.worth += 1;
      isFound = true;
    }));
  }
};

/** One query, asked of Pagefind in several ways. */
class Asking {
  /** @type {Map<string, Page>} */
  pages = new Map();

  /** @param {import("./engine.js").Finder} finder @param {Chosen} chosen */
  constructor(finder, chosen) {
    this.finder = finder;
    this.chosen = chosen;
  }

  /** @param {string} text */
  async run(text) {
    return (await this.finder.find(text, this.chosen)).map(candidate);
  }

  // Pages that have each of these words, which no page has by chance: asked for in quotation marks
  // they are not taken for others, but only without are they weighed.
  /** @param {string[]} all */
  async runExact(all) {
    const words = telling(all);
    const counts = await Promise.all(words.map((each) => this.finder.count(`"${each}"`)));
    if (counts.includes(0)) return [];
    const weighed = await this.run(words.join(" "));
    const loose = await Promise.all(words.map((each) => this.finder.count(each)));
    const mistakable = words.filter((_, at) => loose[at] !== counts[at]);
    const exact = await Promise.all(mistakable.map(async (word) => new Set((await this.run(`"${word}"`)).map(({ id }) => id))));
    return weighed.filter(({ id }) => exact.every((ids) => ids.has(id)));
  }

  /** @param {Query} query */
  async runWords({ words, letters, filters }) {
    if (words) return this.run(words);
    if (letters.length) return inAll(await Promise.all(letters.map((letter) => this.run(`"${letter}"`))));
    // For nothing but filters Pagefind would fetch its whole index.
    return filters.length ? this.run(`"${EVERYWHERE}"`) : [];
  }

  /** @param {Candidate[]} all */
  add(all) {
    all.forEach((each, at) => {
      const page = this.pages.get(each.id) ?? { worth: 0, results: [] };
      page.worth += each.score / all[0].score + each.bonus - at * 1e-6;
      page.results.push(...each.of);
      this.pages.set(each.id, page);
    });
  }

  /** @param {Query} query */
  async ask(query) {
    const { runs, pairs, names, words, isFormula } = query;
    const foreign = runs.length ? await this.runExact(runs.flatMap(grams)) : null;
    const exact = pairs.length ? await this.runExact(pairs) : [];
    this.add(preferTitles(foreign ? inAll([exact, foreign]) : exact));
    if (!isFormula || exact.length === 0) {
      if (foreign && !words) this.add(preferTitles(foreign));
      else {
        const byWords = await this.runWords(query);
        const both = foreign ? inAll([byWords, foreign]) : byWords;
        this.add(words ? await held(both, stems(words)) : both);
      }
    }
    if (isFormula && names.length > 2) await preferWhole([...this.pages.values()], names.join(" "));
    return [...this.pages.values()].sort((a, b) => b.worth - a.worth);
  }
}

/** @type {(engine: Pick<import("./engine.js").Engine, "finder" | "narrowing">, query: Query) => Promise<Looked>} */
const lookWith = async ({ finder, narrowing }, query) => {
  const chosen = readChosen(query.filters, narrowing.known);
  const asking = new Asking(finder, chosen);
  const best = await asking.ask(query);
  const wanted = { stems: stems(query.words || query.letters.join(" ")), signs: query.runs.join("") };
  const asked = { beginnings: wanted.stems, kinds: chosen.kind, isBare: !query.query };
  /** @type {Found[]} */
  const found = [];
  let count = best.length;
  for (let at = 0; at < best.length && found.length < MOST && at < MOST * 3; at += MOST) {
    const all = await Promise.all(best.slice(at, at + MOST).map(({ results }) => partsOf(results, asked)));
    const fitting = all.filter(({ parts, isWhole }) => isWhole || parts.length);
    count -= all.length - fitting.length;
    found.push(...fitting);
  }
  const counts = narrowing.counts(best.map(({ results: [{ id }] }) => id));
  return { query, count, found: found.slice(0, MOST), wanted, counts, instead: null };
};

let isAsked = false;

/** @type {(written: string, say: Record<string, string>) => Promise<Looked>} What a query finds, or what it may have meant. */
export const lookFor = async (written, say) => {
  isAsked = true;
  const index = new URL(say.index, document.baseURI);
  const names = new Map(FILTERS.flatMap((name) => [[name, name], [say[name].toLowerCase(), name]]));
  const engine = await start(index);
  const query = readQuery(expanded(written, engine.macros), names);
  const answered = await lookWith(engine, query);
  if (answered.count || query.isFormula || !query.query) return answered;
  const other = await corrected(query.query, new URL("spelling.json", index));
  if (other === query.query) return answered;
  const again = await lookWith(engine, readQuery([other, ...query.filters.map((filter) => filter.written)].join(" "), names));
  return { ...again, instead: again.count ? other : null };
};

// WebAssembly and scripts are compiled function by function when they are first run, and well only
// when they have run for a while: the first query would take longer than the next one. So a word that
// each page has is looked for in all ways until somebody asks for something; of what is found one page
// is kept, which costs a few kilobytes.
const ROUNDS = 3;
const REHEARSED = [EVERYWHERE, `${EVERYWHERE} ${EVERYWHERE}`];

/** @type {(index: URL, use: (looked: Looked) => void) => Promise<void>} Look for something while nobody waits; `use` has what was found. */
export const rehearse = async (index, use) => {
  const { finder, narrowing } = await start(index);
  /** @type {import("./engine.js").Finder} */
  const first = {
    find: async (text, chosen) => (await finder.find(text, chosen)).slice(0, 1),
    count: (text) => finder.count(text),
  };
  const engine = { finder: first, narrowing };
  for (const words of Array(ROUNDS).fill(REHEARSED).flat()) {
    await new Promise((resolve) => { setTimeout(resolve); });
    if (isAsked) return;
    const query = { query: words, filters: [], isFormula: false, names: [words], pairs: [EVERYWHERE], runs: [], words, letters: [] };
    use(await lookWith(engine, query));
  }
};
