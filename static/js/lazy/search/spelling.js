// What a misspelt query may have meant: each word that no title has becomes the nearest one.

/**
 * How many letters are to be changed, added, left out or swapped; more than `most` is all the same.
 * @type {(one: string, other: string, most: number) => number}
 */
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
};

/** @type {(written: string, known: string[]) => string} */
const nearest = (written, known) => {
  const word = written.toLowerCase();
  const most = word.length > 7 ? 2 : 1;
  let [far, found] = [most + 1, written];
  for (const each of known) {
    const own = distance(word, each, most) + (each.at(-1) === word.at(-1) ? 0 : 0.5);
    if (own < far) [far, found] = [own, each];
  }
  return found;
};

/** @type {(languages: Record<string, string[]>) => string[]} The words of the page's language, else of the largest. */
const ownWords = (languages) => {
  const own = document.documentElement.lang.toLowerCase();
  return languages[own] ?? languages[own.split("-")[0]] ?? Object.values(languages).sort((a, b) => b.length - a.length)[0] ?? [];
};

/** @type {Promise<Record<string, string[]>> | null} */
let fetched = null;

/** @type {(query: string, address: URL) => Promise<string>} The query with the words of titles, which are at that address. */
export const corrected = async (query, address) => {
  fetched ??= fetch(address).then((answered) => answered.json());
  const known = ownWords(await fetched);
  const all = new Set(known);
  return query.replace(/[\p{L}\p{M}]{4,}/gu, (written) => (all.has(written.toLowerCase()) ? written : nearest(written, known)));
};
