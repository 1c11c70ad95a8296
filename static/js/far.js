// Text far below the window, which waits (content.css), is laid out after all once somebody reads and the
// browser has nothing else to do, so that scrolling finds it there. When the theme changes, what cannot
// be seen waits once more: a long note has thousands of parts of formulas, all of which change colour.
(() => {
  "use strict";

  if (!globalThis.requestIdleCallback) return;
  const EVERY = ":is(.content, .content > .result > .result-body) > :is(p, .equation)";
  const PAUSE = 500; // Milliseconds without which what was asked for would have to wait.
  const FEW = 8;
  let left = /** @type {Element[]} */ ([]);
  let isAtWork = false;

  // A few at a time: each time the page is laid out, and all at once would keep a slow phone from what
  // its reader does.
  const work = () => {
    for (const piece of left.splice(0, FEW)) piece.classList.add("is-near");
    isAtWork = left.length > 0;
    if (isAtWork) requestIdleCallback(work);
  };

  const begin = () => {
    left = [...document.querySelectorAll(EVERY)].filter((piece) =>
      getComputedStyle(piece).contentVisibility === "auto" && piece.getBoundingClientRect().top > innerHeight);
    if (!isAtWork) requestIdleCallback(work);
    isAtWork = true;
  };

  addEventListener("scroll", () => setTimeout(begin, PAUSE), { once: true, passive: true });
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.matches(".theme-switch"))) return;
    for (const piece of document.querySelectorAll(".is-near")) {
      const { top, bottom } = piece.getBoundingClientRect();
      if (bottom < -innerHeight || top > 2 * innerHeight) piece.classList.remove("is-near");
    }
    setTimeout(begin, PAUSE);
  }, { capture: true });
})();
