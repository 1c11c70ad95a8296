// An answer as elements: options to choose from, and filters as buttons.

import { FILTERS } from "./query.js";
import { isResult, weight } from "./parts.js";
import { passage, readPassage, visible } from "./passages.js";

/** @typedef {import("./looking.js").Looked} Looked */

/** @typedef {import("./parts.js").Found} Found */

/** @typedef {import("./parts.js").Part} Part */

/** @typedef {import("./passages.js").Token} Token */

/** @typedef {import("./passages.js").Wanted} Wanted */

/** @typedef {(query: string) => void} Choose What a filter's button does. */

const MOST_PARTS = 3, MOST_CHIPS = 2;

/** @type {(address: string, title: string, className: string) => HTMLAnchorElement} */
const option = (address, title, className) => {
  const line = document.createElement("a");
  line.className = `search-option ${className}`;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.tabIndex = -1;
  line.href = address;
  const name = document.createElement("span");
  name.className = "search-title";
  name.textContent = visible(title);
  line.append(name);
  return line;
};

/** @type {(all: Token[], anchors: number[], part: Part, wanted: Wanted) => HTMLElement} */
const passageOf = (all, anchors, part, wanted) => {
  const [place] = [...part.places].sort((a, b) => weight(b) - weight(a));
  const from = place.anchor ? place.anchor.location + place.anchor.size : 1;
  const to = anchors.find((at) => at > (place.anchor?.location ?? -1)) ?? all.length;
  const locations = place.locations.filter((at) => at >= from);
  return passage(all, locations.length ? locations : [from], Math.min(from, all.length), to, wanted);
};

/** @type {(found: Found, wanted: Wanted) => HTMLAnchorElement[]} */
const optionsOf = ({ page, parts }, wanted) => {
  const all = readPassage(page);
  const anchors = page.anchors.map((anchor) => anchor.location).sort((a, b) => a - b);
  const whole = parts.find((part) => !part.anchor || part.url === page.url);
  const head = option(page.url, page.meta.title, "search-page");
  if (whole && whole === parts[0]) head.append(passageOf(all, anchors, whole, wanted));
  const lines = parts.filter((part) => part !== whole).slice(0, MOST_PARTS).map((part) => {
    const line = option(part.url, part.title, isResult(part) ? "search-part search-result" : "search-part");
    line.append(passageOf(all, anchors, part, wanted));
    return line;
  });
  return [head, ...lines];
};

// A section is shown by its title, which the navigation has, unless it is part of another one; a query
// has it small and without blanks.
/** @type {(value: string) => string} */
const sectionTitle = (value) => {
  const titles = [...document.querySelectorAll(".site-navigation a")].map((link) => link.textContent.trim());
  return titles.find((title) => title.toLowerCase().split(/\s+/).join("-") === value) ?? value.replaceAll("-", " ");
};

// Filters that are chosen, and what else the pages found have.
/** @type {(looked: Looked, written: string, say: Record<string, string>, choose: Choose) => HTMLButtonElement[]} */
const chips = ({ query, count, counts }, written, say, choose) => {
  const chip = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string | null} */ chosen) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "search-filter";
    button.setAttribute("aria-pressed", String(chosen !== null));
    button.textContent = `${say[name]}: ${name === "section" ? sectionTitle(value) : value}`;
    button.addEventListener("click", () => {
      const others = written.split(/\s+/).filter((word) => word && word !== chosen);
      choose((chosen === null ? [...others, `${name}:${value}`] : others).join(" "));
    });
    return button;
  };
  const offered = FILTERS.filter((name) => !query.filters.some((filter) => filter.name === name)).flatMap((name) => {
    const fitting = Object.entries(counts[name] ?? {}).filter(([, number]) => number > 0 && number < count);
    return fitting.sort(([, one], [, other]) => other - one).slice(0, MOST_CHIPS).map(([value]) => chip(name, value, null));
  });
  return [...query.filters.map((filter) => chip(filter.name, filter.value, filter.written)), ...offered];
};

/** @type {(looked: Looked, say: Record<string, string>) => string} */
const message = ({ count, instead }, say) => {
  const number = say.found.replace("{count}", String(count));
  if (instead) return `${say.instead.replace("{query}", instead)} ${number}`;
  return count ? number : say.none;
};

/** @typedef {{ lines: HTMLAnchorElement[], chips: HTMLButtonElement[], message: string, isEmpty: boolean }} Shown */

/** @type {(looked: Looked, written: string, say: Record<string, string>, choose: Choose) => Shown} */
export const shown = (looked, written, say, choose) => {
  const lines = looked.found.flatMap((each) => optionsOf(each, looked.wanted));
  lines.forEach((line, at) => { line.id = `search:option-${at}`; });
  return { lines, chips: chips(looked, written, say, choose), message: message(looked, say), isEmpty: looked.count === 0 };
};
