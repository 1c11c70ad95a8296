// Text far below the window, which waits (content.css), is laid out after all while the browser has
// nothing else to do, so that scrolling finds it there. When the theme changes, what cannot be seen waits
// once more: a long note has thousands of parts of formulas, all of which change their colour.
(() => {
  "use strict";

  if (!globalThis.requestIdleCallback) return;
  const EVERY = ":is(.content, .content > .result > .result-body) > :is(p, .equation)";
  const LEAST = 8; // Milliseconds that a piece may take, and some more.
  let left = /** @type {Element[]} */ ([]);
  let isAtWork = false;

  const work = (/** @type {IdleDeadline} */ time) => {
    while (left.length && time.timeRemaining() > LEAST) {
      const piece = /** @type {Element} */ (left.shift());
      piece.classList.add("is-near");
      piece.getBoundingClientRect(); // now, not all of them in the next frame
    }
    isAtWork = left.length > 0;
    if (isAtWork) requestIdleCallback(work);
  };

  const begin = () => {
    left = [...document.querySelectorAll(EVERY)].filter((piece) =>
      getComputedStyle(piece).contentVisibility === "auto" && piece.getBoundingClientRect().top > innerHeight);
    if (!isAtWork) requestIdleCallback(work);
    isAtWork = true;
  };

  const PAUSE = 1000; // What loads, and what is read first, has gone before.
  addEventListener("load", () => setTimeout(begin, PAUSE));
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.matches(".theme-switch"))) return;
    for (const piece of document.querySelectorAll(".is-near")) {
      const { top, bottom } = piece.getBoundingClientRect();
      if (bottom < -innerHeight || top > 2 * innerHeight) piece.classList.remove("is-near");
    }
    setTimeout(begin, PAUSE);
  }, { capture: true });
})();
