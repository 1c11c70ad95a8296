// Printing: a formula that is wider than the paper is set smaller, so that all of it is there. How wide
// it is only the browser knows; print.css reckons with its width in ems and with that of the paper.
(() => {
  "use strict";

  const WIDE = 20; // No paper is narrower, in ems.

  const measure = (/** @type {Element} */ formula) => {
    const box = /** @type {HTMLElement} */ (formula.parentElement);
    box.classList.remove("is-wide");
    // Rows with numbers are stretched over the line, unless they are wider.
    const isStretched = formula.querySelector(":scope > .equation-rows, :scope > .equation-multline");
    if (isStretched && box.scrollWidth <= box.clientWidth + 1) return;
    const ems = formula.getBoundingClientRect().width / parseFloat(getComputedStyle(formula).fontSize);
    if (ems < WIDE) return;
    box.classList.add("is-wide");
    box.style.setProperty("--ems", ems.toFixed(2));
  };

  addEventListener("beforeprint", () => {
    document.querySelectorAll(".equation-body > math, .wide-formula > math").forEach(measure);
  });
})();
