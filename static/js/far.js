// Text far below the window, which waits (content.css), is laid out once the page is there and the browser
// has nothing else to do, or as soon as somebody begins to read on, so that scrolling finds it there. When
// the theme changes, what cannot be seen waits once more: a long note has thousands of parts of formulas,
// all of which change colour.
(() => {
  "use strict";

  if (!globalThis.requestIdleCallback) return;
  const EVERY = ":is(.content, .result-body) > :is(p, .equation, ul, ol, .table-wrap):not(:has(.footnote-ref))";
  const SLICE = 6; // Milliseconds of work at a time: not so many that a touch would have to wait.
  const MANY = 32;
  const SETTLING = 3000; // After the page came, when what its reader does first comes first.
  const SEEING = 500; // After a change of the theme.
  const READING_ON = ["scroll", "wheel", "touchstart", "keydown"];
  let waiting = /** @type {HTMLElement[]} */ ([]);
  let ready = /** @type {HTMLElement[]} */ ([]);
  let isAtWork = false;
  let isReadOn = false;

  // A browser that scrolls is never idle, but it has time between two frames.
  const soon = (/** @type {() => void} */ work) => {
    const { scheduler } = /** @type {any} */ (globalThis);
    if (isReadOn && scheduler?.postTask) scheduler.postTask(work, { priority: "background" });
    else requestIdleCallback(work);
  };
  // First each piece is laid out where it waits, which asking for the place of a part of it does: nothing
  // around it changes, so that is all there is to do.
  const prepare = () => {
    const begun = performance.now();
    while (waiting.length && ready.length < MANY && performance.now() - begun < SLICE) {
      const piece = /** @type {HTMLElement} */ (waiting.shift());
      piece.firstElementChild?.getBoundingClientRect();
      ready.push(piece);
    }
    soon(waiting.length && ready.length < MANY ? prepare : release);
  };
  // Then they wait no longer, many at once: each time all of the page is gone through again.
  const release = () => {
    for (const piece of ready.splice(0)) {
      piece.dataset.far = "near";
      piece.style.removeProperty("contain-intrinsic-block-size");
      if (!piece.getAttribute("style")) piece.removeAttribute("style");
    }
    isAtWork = false;
    begin();
  };
  const begin = () => {
    if (isAtWork || waiting.length === 0) return;
    isAtWork = true;
    soon(prepare);
  };
  const pieces = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(EVERY)]);

  const gather = () => {
    waiting = pieces().filter((piece) => getComputedStyle(piece).contentVisibility === "auto");
    begin();
  };
  addEventListener("load", () => setTimeout(() => requestIdleCallback(gather), SETTLING));
  const readOn = () => {
    READING_ON.forEach((kind) => removeEventListener(kind, readOn));
    isReadOn = true;
    gather();
  };
  READING_ON.forEach((kind) => addEventListener(kind, readOn, { passive: true }));
  document.addEventListener("notesite:refreshed", gather);

  addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.matches(".theme-switch"))) return;
    const boxes = pieces().map((piece) => /** @type {const} */ ([piece, piece.getBoundingClientRect()]));
    const far = boxes.filter(([, { top, bottom }]) => bottom < -innerHeight || top > 2 * innerHeight);
    // First all was measured, now all is changed.
    for (const [piece, { height }] of far) {
      piece.style.setProperty("contain-intrinsic-block-size", `${height}px`);
      piece.dataset.far = "waits";
    }
    waiting = [...new Set([...waiting, ...far.map(([piece]) => piece)])];
    setTimeout(begin, SEEING);
  }, { capture: true });
})();
