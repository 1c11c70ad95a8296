// Previews: a link in the text shows what it leads to, while the pointer rests on it or the keyboard
// is at it. What stands on this page is copied from it; what stands on another comes from a small
// script beside it, as scripts load from disk too (src/notesite/previewing). Which part of a page a
// link means is said there: see `partOf`.
(() => {
  "use strict";

  const { previews } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  if (!previews) return;
  const folder = new URL(previews, document.baseURI);
  const root = new URL("..", folder);
  const QUIET = ".heading-anchor, [role=doc-backlink], .hashtag, .result-link, .embed-source";
  const DROPPED = ".heading-anchor, [role=doc-backlink], .reference-back, .result-uses, .copy-button, script";
  const HEADING = /^h[1-6]$/;
  const OPEN_AFTER = 250, CLOSE_AFTER = 250;

  // ------------------------------------------------------------ what a link shows

  const anchorOf = (/** @type {HTMLAnchorElement} */ link) => {
    try { return decodeURIComponent(link.hash.slice(1)); } catch { return ""; }
  };
  const isHere = (/** @type {HTMLAnchorElement} */ link) => link.origin === location.origin && link.pathname === location.pathname && link.protocol === location.protocol;

  const partOf = (/** @type {Element} */ target) => {
    if (HEADING.test(target.localName)) {
      const part = [target];
      for (let next = target.nextElementSibling; next && part.length < 3 && !HEADING.test(next.localName); next = next.nextElementSibling) part.push(next);
      return part;
    }
    const whole = target.closest(".result, .equation, figure, .callout");
    const block = whole ?? target.closest("p, li, dd, dt, div, section, aside, blockquote, figure, table, ul, ol, dl, pre, details");
    if (!block || block.matches(".content, .page")) return [];
    return /^(li|dd|dt)$/.test(block.localName) ? [...block.childNodes] : [block];
  };

  const clean = (/** @type {Iterable<Node>} */ nodes) => {
    const content = document.createDocumentFragment();
    content.append(...nodes);
    content.querySelectorAll(DROPPED).forEach((each) => each.remove());
    for (const each of content.querySelectorAll("*")) {
      for (const name of ["id", "for", "aria-labelledby", "aria-describedby", "headers", "tabindex"]) each.removeAttribute(name);
    }
    content.querySelectorAll("details").forEach((each) => { each.open = true; });
    return content;
  };

  const fromHere = (/** @type {HTMLAnchorElement} */ link) => {
    const target = document.getElementById(anchorOf(link));
    if (!target || target.contains(link)) return null;
    // A sidenote is in view already.
    if (target.matches(".footnote-item") && getComputedStyle(target).position === "absolute") return null;
    const part = partOf(target).map((node) => node.cloneNode(true));
    return part.length ? clean(part) : null;
  };

  const known = new Map();
  const arrivals = new Map();
  document.addEventListener("notesite:preview", (event) => {
    const { url, file = 0, parts, begins = [] } = /** @type {CustomEvent} */ (event).detail;
    arrivals.set(`${new URL(url, root).href}~${file}`, { parts, begins });
  });

  /** @typedef {{ parts: Record<string, string>, begins: string[] }} Told Parts by anchor, and the anchors that further files begin with. */

  /** @type {(page: URL, file: number) => Promise<Told | null>} */
  const load = (page, file) => new Promise((resolve) => {
    const path = decodeURI(page.href.slice(root.href.length)).replace(/\.html$/, "");
    const script = document.createElement("script");
    script.src = new URL(encodeURI(`${path}${file ? `~${file}` : ""}.js`), folder).href;
    const done = () => { script.remove(); resolve(arrivals.get(`${page.href}~${file}`) ?? null); };
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });

  const told = (/** @type {URL} */ page, file = 0) => {
    const key = `${page.href}~${file}`;
    if (!known.has(key)) known.set(key, load(page, file));
    return /** @type {Promise<Told | null>} */ (known.get(key));
  };

  const partOfOther = async (/** @type {URL} */ page, /** @type {string} */ anchor) => {
    const first = await told(page);
    const file = first && anchor ? first.begins.filter((begin) => begin <= anchor).length : 0;
    const parts = file ? (await told(page, file))?.parts : first?.parts;
    return parts?.[anchor] ?? first?.parts[""];
  };

  const fromThere = async (/** @type {HTMLAnchorElement} */ link) => {
    const page = new URL(link.href);
    page.hash = page.search = "";
    if (!page.href.startsWith(root.href) || !/(?<!\/index)\.html$/.test(page.pathname)) return null;
    const html = await partOfOther(page, anchorOf(link));
    if (!html) return null;
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const name of ["href", "src", "data"]) {
      for (const each of template.content.querySelectorAll(`[${name}]`)) each.setAttribute(name, new URL(each.getAttribute(name) ?? "", root).href);
    }
    return clean(template.content.childNodes);
  };

  // ------------------------------------------------------------ showing it

  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  /** @type {HTMLAnchorElement | null} */
  let wanted = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    box?.remove();
    box = shown = wanted = null;
  };

  // Below the link, or above it where there is more room; never beyond the window.
  /** @typedef {{ y: number } | undefined} Point */
  const place = (/** @type {HTMLElement} */ box, /** @type {Element} */ link, /** @type {Point} */ point) => {
    const lines = [...link.getClientRects()];
    const line = lines.find((each) => point && point.y >= each.top - 2 && point.y <= each.bottom + 2) ?? lines[0];
    if (!line) return;
    const edge = 12, gap = 6;
    const below = innerHeight - line.bottom - gap - edge, above = line.top - gap - edge;
    const isAbove = below < Math.min(box.offsetHeight, 160) && above > below;
    box.style.maxHeight = `${Math.max(96, Math.min(innerHeight * 0.6, isAbove ? above : below))}px`;
    const width = document.documentElement.clientWidth;
    const left = Math.max(edge, Math.min(line.left - 16, width - box.offsetWidth - edge));
    const top = isAbove ? line.top - gap - box.offsetHeight : line.bottom + gap;
    const frame = box.offsetParent;
    const isFrame = frame && getComputedStyle(frame).position !== "static";
    const origin = isFrame ? frame.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
    box.style.left = `${left - origin.left}px`;
    box.style.top = `${top - origin.top}px`;
  };

  const show = async (/** @type {HTMLAnchorElement} */ link, /** @type {Point} */ point) => {
    const content = isHere(link) && link.hash ? fromHere(link) : isHere(link) ? null : await fromThere(link);
    if (wanted !== link || !link.isConnected) return;
    close();
    if (!content) return;
    box = document.createElement("div");
    box.className = "preview content";
    box.id = "page:preview";
    box.setAttribute("role", "tooltip");
    if (!motion.matches) box.classList.add("preview-moves");
    box.append(content);
    // Within the page's text, where those who go by landmarks find it.
    (document.querySelector("main") ?? document.body).append(box);
    wanted = shown = link;
    // A description is read in one go: what is long is rather visited.
    if (box.textContent.length <= 500) link.setAttribute("aria-describedby", box.id);
    place(box, link, point);
  };

  const later = (/** @type {() => void} */ work, /** @type {number} */ delay) => { clearTimeout(timer); timer = setTimeout(work, delay); };
  const want = (/** @type {HTMLAnchorElement} */ link, /** @type {Point} */ point = undefined) => {
    if (link === shown) { clearTimeout(timer); wanted = link; return; }
    wanted = link;
    later(() => show(link, point), OPEN_AFTER);
  };
  const leave = () => {
    wanted = null;
    later(close, box ? CLOSE_AFTER : 0);
  };

  const LINK = [".content", ".result-entries", ".notation-table"].map((each) => `${each} a[href]`).join();
  const isInBox = (/** @type {EventTarget | null} */ target) => box?.contains(/** @type {Node} */ (target));
  const linkAt = (/** @type {EventTarget | null} */ target) => {
    /** @type {HTMLAnchorElement | null} */
    const link = target instanceof Element ? target.closest(LINK) : null;
    return link && !link.matches(QUIET) && !box?.contains(link) ? link : null;
  };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link) want(link, { y: event.clientY });
    else if (isInBox(event.target)) clearTimeout(timer);
    else if ((wanted || box) && document.activeElement !== shown) leave();
  });
  document.documentElement.addEventListener("pointerleave", leave);
  document.addEventListener("pointerdown", (event) => { if (!isInBox(event.target)) close(); });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link?.matches(":focus-visible")) want(link);
    else if (!isInBox(event.target)) close();
  });
  document.addEventListener("focusout", (event) => { if (event.target === shown || event.target === wanted) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (box || wanted)) { close(); event.preventDefault(); }
  });
  addEventListener("resize", close);
  addEventListener("pagehide", close);
  document.addEventListener("notesite:refreshed", () => { close(); known.clear(); });
})();
