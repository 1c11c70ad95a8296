// Small helps for reading: copying code and TeX, the current place in the contents, scrolling wide
// things with the keyboard. Everything on the page works without them.
(() => {
  "use strict";

  const { copy = "Copy", copied = "Copied", refused = "Not allowed" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

  // Code: a button that copies the block.
  const addCopyButton = (/** @type {Element} */ block) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(block.querySelector("pre")?.textContent ?? "");
        button.textContent = copied;
      } catch {
        button.textContent = refused;
      }
      setTimeout(() => { button.textContent = copy; }, 1500);
    });
    block.append(button);
  };

  // Formulas: copying a passage, or a part of a formula, copies the TeX that stands behind it, as
  // text; as HTML it stays what it is. Part of a formula has no TeX of its own, and as plain text
  // it would have lost its fractions and exponents: the whole formula is copied.
  const texOf = (/** @type {Element} */ math) => math.getAttribute("alttext");
  const formulaAt = (/** @type {Node} */ node) => (node instanceof Element ? node : node.parentElement)?.closest("math");
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const range = selection.getRangeAt(0).cloneRange();
    const [first, last] = [formulaAt(range.startContainer), formulaAt(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const passage = range.cloneContents();
    const formulas = [...passage.querySelectorAll("math")].filter(texOf);
    if (formulas.length === 0) return;
    const html = document.createElement("div");
    html.append(passage.cloneNode(true));
    event.clipboardData.setData("text/html", html.innerHTML);
    for (const math of formulas) {
      const fence = math.getAttribute("display") === "block" ? "$$" : "$";
      math.replaceWith(fence + texOf(math) + fence);
    }
    // The number of an equation is made by the page, as are the joiners that keep lines whole.
    for (const number of passage.querySelectorAll(".equation-number")) number.remove();
    // Only an element on the page has its text laid out in lines.
    const stage = document.createElement("div");
    stage.className = "copy-stage";
    stage.append(passage);
    document.body.append(stage);
    event.clipboardData.setData("text/plain", stage.innerText.replaceAll("\u2060", ""));
    stage.remove();
    event.preventDefault();
  });

  // Contents: mark the last heading above the upper third of the window.
  /** @type {IntersectionObserver | null} */
  let observer = null;
  const followContents = () => {
    observer?.disconnect();
    const links = new Map();
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".contents a[href^='#']"))) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (links.size === 0) return;
    const headings = [...links.keys()];
    /** @type {Element | null} */
    let marked = null;
    const mark = () => {
      const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
      const last = above.at(-1);
      const link = last ? links.get(last) ?? null : null;
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "true");
      marked = link;
    };
    // It marks at once too, when the page is laid out anyway. All that is above counts as in view, so
    // that a leap over many headings is seen.
    const above = new IntersectionObserver(mark, { rootMargin: "1000000px 0px -67% 0px" });
    headings.forEach((heading) => above.observe(heading));
    observer = above;
  };

  // Wide things: those that scroll can be reached with the Tab key. An observer of sizes is told when
  // the page has been laid out, so that it never is for this alone.
  const WIDE = ".equation-body, .table-wrap, .code-block pre, .wide-formula";
  const FORMULA = ".page :not(.equation-body, .wide-formula) > math";
  const setReach = (/** @type {Element[]} */ boxes) => {
    // First all is measured, then all is changed: in turns, the page would be laid out for each.
    const wide = new Set(boxes.filter((box) => box.scrollWidth > box.clientWidth));
    for (const box of boxes) {
      if (wide.has(box)) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  };
  const sizes = new ResizeObserver((entries) =>
    setReach([...new Set(entries.flatMap(({ target }) => target.closest(WIDE) ?? []))]));
  // The formulas in lines are too many to be watched, each at every frame: when the page has another
  // size, and for a while no other one, those that are laid out are looked at.
  const QUIET = 300;
  let timer = 0;
  const page = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => setReach([...document.querySelectorAll(FORMULA)].filter((formula) =>
      formula.checkVisibility({ contentVisibilityAuto: true }))), QUIET);
  });
  const reach = () => {
    sizes.disconnect();
    page.disconnect();
    for (const box of document.querySelectorAll(WIDE)) {
      // What has not been laid out (content.css) may have to scroll, until it is known.
      if (!box.checkVisibility({ contentVisibilityAuto: true })) box.setAttribute("tabindex", "0");
      sizes.observe(box);
      if (box.firstElementChild) sizes.observe(box.firstElementChild);
    }
    for (const content of document.querySelectorAll(".page")) page.observe(content);
  };

  const decorate = () => {
    if (navigator.clipboard) document.querySelectorAll(".code-block").forEach(addCopyButton);
    followContents();
    reach();
  };
  decorate();
  // The preview server puts new text into an open page and says so.
  document.addEventListener("notesite:refreshed", decorate);
})();
