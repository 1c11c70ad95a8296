// The parts of a page that several searches found, put together and weighed against each other.

import { named } from "./words.js";

/** @typedef {import("./fragments.js").FoundPage} FoundPage */

/** @typedef {import("./engine.js").Result} Result */

/** @typedef {import("./fragments.js").SubResult} SubResult */

/** @typedef {SubResult & { places: SubResult[] }} Part A section or a result: a section goes on behind each result in it. */

/** @typedef {{ page: FoundPage, parts: Part[], isWhole: boolean }} Found */

/** @typedef {{ beginnings: string[], kinds?: string[], isBare: boolean }} Asked The words, the kinds of results, and whether nothing but filters was asked for. */

const PAGE = "page:main", RESULT = "h6";

/** @type {(part: SubResult) => boolean} */
export const isResult = (part) => part.anchor?.element === RESULT;

/** @type {(place: SubResult) => number} */
export const weight = (place) => place.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0);

/** @type {(parts: Map<string, Part>, page: FoundPage, place: SubResult) => void} */
const addPlace = (parts, page, place) => {
  // What stands in no section is the page's.
  const at = place.anchor?.id === PAGE ? page.url : place.url;
  const known = parts.get(at);
  if (!known) {
    const own = at === page.url ? { title: page.meta.title, url: at } : place;
    parts.set(at, { ...own, places: [place], locations: [...place.locations], weighted_locations: [...place.weighted_locations] });
    return;
  }
  // Several searches may have found it at one place.
  const same = known.places.find((each) => each.anchor?.location === place.anchor?.location);
  for (const each of same ? [known, same] : [known]) {
    each.locations.push(...place.locations);
    each.weighted_locations.push(...place.weighted_locations);
  }
  if (!same) known.places.push(place);
};

/** @type {(page: FoundPage) => Part[]} All sections and results of a page. */
const allParts = (page) => page.anchors.map((anchor) => {
  const place = { anchor, url: `${page.url}#${anchor.id}`, title: anchor.text, locations: [], weighted_locations: [] };
  return { ...place, places: [place] };
});

/** @type {(results: Result[], asked: Asked) => Promise<Found>} A page with its parts, the best first; with `kinds` only results of these kinds. */
export const partsOf = async (results, { beginnings, kinds, isBare }) => {
  /** @type {Map<string, Part>} */
  const parts = new Map();
  let page = await results[0].data();
  for (const result of results) {
    page = await result.data();
    for (const place of page.sub_results) addPlace(parts, page, place);
  }
  const worth = (/** @type {Part} */ part) => weight(part) * (isResult(part) ? 3 : 1) * (1 + 3 * (part.anchor ? named(part.title, beginnings) : 0));
  const found = isBare ? [] : [...parts.values()].sort((a, b) => worth(b) - worth(a));
  if (!kinds) return { page, parts: found, isWhole: true };
  const among = found.length ? found : allParts(page);
  return { page, parts: among.filter((part) => part.anchor && kinds.includes(part.anchor.kind)), isWhole: false };
};
