// The page of lost readers: names the pages whose names come nearest to the address that is not there.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { pages: list = "", root = "" } = script.dataset;
  const most = 5;
  const least = 0.3;

  const plain = (/** @type {string} */ text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (/** @type {string} */ text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const decoded = (/** @type {string} */ path) => {
    try { return decodeURIComponent(path); } catch { return path; }
  };

  // How alike two words are, from 0 to 1: by the pairs of neighbouring letters that they share.
  const pairsOf = (/** @type {string} */ word) => {
    const pairs = [];
    for (let at = 0; at < word.length - 1; at += 1) pairs.push(word.slice(at, at + 2));
    return pairs;
  };
  // Two neighbours swapped leave short words hardly a pair in common.
  const SWAPPED = 0.8;
  const isSwapped = (/** @type {string} */ one, /** @type {string} */ other) => {
    const at = [...one].findIndex((letter, place) => letter !== other[place]);
    return at >= 0 && other === one.slice(0, at) + one.slice(at + 1, at + 2) + one[at] + one.slice(at + 2);
  };
  const likeness = (/** @type {string} */ one, /** @type {string} */ other) => {
    if (one === other) return 1;
    if (isSwapped(one, other)) return SWAPPED;
    const [few, rest] = [pairsOf(one), pairsOf(other)];
    if (few.length === 0 || rest.length === 0) return 0;
    const total = few.length + rest.length;
    let shared = 0;
    for (const pair of few) {
      const found = rest.indexOf(pair);
      if (found < 0) continue;
      rest.splice(found, 1);
      shared += 1;
    }
    return (2 * shared) / total;
  };

  // How well words are met by others; a name that has more of them fits less well.
  const fit = (/** @type {string[]} */ wanted, /** @type {string[]} */ words) => {
    if (wanted.length === 0 || words.length === 0) return 0;
    const best = wanted.map((word) => Math.max(...words.map((other) => likeness(word, other))));
    const met = best.reduce((sum, each) => sum + (each > 0.45 ? each : 0), 0);
    return met / Math.max(wanted.length, 0.5 * (wanted.length + words.length));
  };

  const nameOf = (/** @type {string} */ path) =>
    path.replace(/\/index\.html$|\.html?(\.md)?$|\.md$|\/$/u, "").split("/").pop() ?? "";

  /** @typedef {[url: string, title: string]} Page */

  const nearest = (/** @type {Page[]} */ pages) => {
    const wanted = wordsOf(nameOf(decoded(location.pathname)));
    const scored = pages.map(([url, title]) => {
      const score = Math.max(fit(wanted, wordsOf(nameOf(url))), fit(wanted, wordsOf(title)));
      return { url, title, score };
    });
    scored.sort((one, other) => other.score - one.score);
    const seen = new Set();
    return scored.filter(({ score, title }) => {
      if (score < least || seen.has(title)) return false;
      seen.add(title);
      return true;
    }).slice(0, most);
  };

  const show = (/** @type {Page[]} */ pages) => {
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".nearest"));
    const found = nearest(pages);
    if (!box || found.length === 0) return;
    const home = new URL(root, document.baseURI);
    for (const { url, title } of found) {
      const link = document.createElement("a");
      link.href = new URL(url.split("/").map(encodeURIComponent).join("/"), home).href;
      link.textContent = title;
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul")?.append(item);
    }
    box.hidden = false;
  };

  addEventListener("DOMContentLoaded", async () => {
    // A page opened from disk cannot ask; what is on the page is there all the same.
    if (!location.protocol.startsWith("http")) return;
    try {
      const answer = await fetch(new URL(list, document.baseURI));
      if (answer.ok) show(await answer.json());
    } catch { /* As from disk. */ }
  });
})();
