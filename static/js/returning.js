// Coming back: where text far from view waited (content.css), the page was not as high as it is when
// it is opened again, and the browser's own memory of a height means another place. So the piece of
// text at the top of the window is remembered, and put back there.
(() => {
  "use strict";

  const KEY = `place ${location.pathname}`;
  const pieces = () => [...document.querySelectorAll(".content p, .content .equation, .content :is(h2, h3)")];

  addEventListener("pagehide", () => {
    const tops = pieces().map((piece) => piece.getBoundingClientRect().top);
    const first = tops.findIndex((top) => top > 0);
    try { sessionStorage.setItem(KEY, JSON.stringify([first, tops[first]])); } catch { /* Not remembered. */ }
  });

  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (!visit || visit.type === "navigate") return;
  const putBack = () => {
    try {
      const [first, top] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
      const piece = pieces()[first];
      // Near the upper end there is nothing to mend.
      if (piece && scrollY > 0) scrollBy({ top: piece.getBoundingClientRect().top - top, behavior: "instant" });
    } catch { /* No memory, no place. */ }
  };
  // The browser puts back the height a last time right after the page has loaded.
  addEventListener("load", () => setTimeout(putBack));
})();
