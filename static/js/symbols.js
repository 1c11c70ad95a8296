// Described symbols say what they are: under the pointer, at a touch, and at the keyboard's focus, which
// the first use of each symbol takes. What they say is read from the table at the end of the note.
(() => {
  "use strict";
  const CLASS = "symbol-";
  /** @type {HTMLElement | null} */
  let tip = null;
  /** @type {Element | null} */
  let shown = null;

  const nameOf = (/** @type {Element} */ sign) => [...sign.classList].find((name) => name.startsWith(CLASS))?.slice(CLASS.length);
  const rows = () => new Map(
    [.../** @type {NodeListOf<HTMLTableRowElement>} */ (document.querySelectorAll("tr[data-symbol]"))].map((row) => {
      const cell = row.cells[1];
      return [row.dataset.symbol, cell.querySelector("a") ?? cell];
    }),
  );

  const hide = () => {
    shown?.classList.remove("symbol-shown");
    shown?.removeAttribute("aria-describedby");
    tip?.remove();
    tip = shown = null;
  };

  const place = (/** @type {Element} */ sign, /** @type {HTMLElement} */ tip) => {
    const box = sign.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const left = Math.max(8, Math.min(box.left + box.width / 2 - tip.offsetWidth / 2, room));
    const isLow = box.bottom + tip.offsetHeight + 12 > innerHeight;
    const top = isLow ? box.top - tip.offsetHeight - 6 : box.bottom + 6;
    tip.style.insetInlineStart = "auto";
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };

  const show = (/** @type {Element} */ sign) => {
    if (sign === shown) return;
    hide();
    const meaning = rows().get(nameOf(sign));
    if (!meaning) return;
    tip = document.createElement("div");
    tip.className = "symbol-tip";
    tip.id = "page:symbol";
    tip.setAttribute("role", "tooltip");
    tip.append(...[...meaning.childNodes].map((node) => node.cloneNode(true)));
    document.body.append(tip);
    shown = sign;
    sign.classList.add("symbol-shown");
    sign.setAttribute("aria-describedby", tip.id);
    place(sign, tip);
  };

  // In a link a symbol is the link's: what it shows is where that leads.
  const signAt = (/** @type {EventTarget | null} */ target) => {
    const sign = target instanceof Element ? target.closest(".content .symbol") : null;
    return sign?.closest("a") ? null : sign;
  };
  document.addEventListener("pointerover", (event) => {
    const sign = signAt(event.target);
    if (sign) show(sign);
    else if (shown && !shown.matches(":focus") && !tip?.contains(/** @type {Node} */ (event.target))) hide();
  });
  document.addEventListener("pointerdown", (event) => { if (shown && !signAt(event.target)) hide(); });
  document.addEventListener("focusin", (event) => {
    const sign = signAt(event.target);
    if (sign) show(sign);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("resize", hide);

  // The first use of each symbol, and no other, is a stop for the Tab key; in an embedded note it has
  // another id.
  const firstOf = (/** @type {string | undefined} */ name) => document.getElementById(`symbol:${name}`)
    ?? /** @type {HTMLElement | null} */ (document.querySelector(`.content .${CSS.escape(`${CLASS}${name}`)}`));
  const reach = () => {
    for (const name of rows().keys()) {
      const first = firstOf(name);
      if (first && !first.closest("a")) first.tabIndex = 0;
    }
  };
  reach();
  document.addEventListener("notesite:refreshed", () => { hide(); reach(); });
})();
