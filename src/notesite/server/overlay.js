// The overlay: what is wrong with the site, over the page that is the last good one. It lives in a
// shadow root, out of reach of the page's style sheets, and everything in it is set as text.
(() => {
  "use strict";

  const STYLE = `
    :host {
      all: initial !important;
      color-scheme: inherit !important;
      position: fixed !important;
      inset: auto 0 0 0 !important;
      z-index: 2147483647 !important;
      display: block !important;
    }
    @media print { :host { display: none !important; } }
    section {
      box-sizing: border-box;
      max-height: 60vh;
      overflow: auto;
      padding: 0.75rem 1.25rem 1.25rem;
      border-top: 4px solid light-dark(#b3261e, #f2b8b5);
      background: light-dark(#fffbfa, #1f1a1a);
      color: light-dark(#1d1b1b, #ece6e5);
      box-shadow: 0 0 1.5rem rgb(0 0 0 / 0.35);
      font: 15px/1.5 system-ui, sans-serif;
    }
    header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
    h2 { margin: 0; font-size: 1.1em; }
    button {
      min-width: 44px; min-height: 44px; border: 1px solid; border-radius: 6px;
      background: none; color: inherit; font: inherit; cursor: pointer;
    }
    ol { margin: 0; padding: 0; list-style: none; }
    li { margin-top: 0.75rem; padding-top: 0.75rem; border-top: 1px solid light-dark(#d8cfce, #4a4342); }
    p { margin: 0; overflow-wrap: anywhere; }
    pre, .place, .code { font-family: ui-monospace, Consolas, "Liberation Mono", monospace; font-size: 0.9em; }
    .place { font-weight: 600; }
    .code, .note { color: light-dark(#635c5b, #b3aaa8); }
    pre {
      margin: 0.35rem 0; padding: 0.4rem 0.6rem; overflow: auto; tab-size: 1; border-radius: 4px;
      background: light-dark(#f3ecea, #2c2625);
    }
    mark { background: none; font-weight: 600; }
    mark, .caret { color: light-dark(#b3261e, #f2b8b5); }
  `;

  /** @typedef {{ before: string, marked: string, after: string }} Excerpt */
  /** @typedef {{ place: string, code: string, message: string, excerpt: Excerpt | null, notes: string[] }} Problem */

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {string} className
   * @param {(Node | string)[]} content
   */
  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const excerptOf = (/** @type {Excerpt} */ { before, marked, after }) => {
    const indent = before.replace(/./gu, " ");
    const caret = "^".repeat(Math.max(1, [...marked].length));
    return element("pre", "", before, element("mark", "", marked), after, "\n", indent,
      element("span", "caret", caret));
  };

  const itemOf = (/** @type {Problem} */ { place, code, message, excerpt, notes }) => {
    const item = element("li", "");
    if (place) item.append(element("p", "place", place));
    const text = element("p", "message", message);
    if (code) text.append(" ", element("span", "code", `[${code}]`));
    item.append(text);
    if (excerpt) item.append(excerptOf(excerpt));
    item.append(...notes.map((note) => element("p", "note", note)));
    return item;
  };

  /** @type {HTMLElement | null} */
  let host = null;
  let shown = "[]";
  let dismissed = "";

  const close = () => {
    host?.remove();
    host = null;
  };

  const dismiss = () => {
    dismissed = shown;
    close();
  };

  const open = (/** @type {Problem[]} */ problems) => {
    host = document.createElement("notesite-overlay");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const button = element("button", "", "Close");
    button.type = "button";
    button.title = "Close (Escape)";
    button.addEventListener("click", dismiss);
    const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
    const section = element("section", "", element("header", "", element("h2", "", count), button),
      element("ol", "", ...problems.map(itemOf)));
    section.setAttribute("role", "alert");
    section.setAttribute("aria-label", "Errors in the site");
    section.tabIndex = 0;
    root.append(section);
    document.documentElement.append(host);
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && host) dismiss();
  });

  // Shows the errors given, or nothing when there are none. What the reader has closed stays closed
  // until there is something else to say; that an error moved by some lines is nothing else.
  const show = (/** @type {Problem[]} */ problems) => {
    shown = JSON.stringify(problems.map(({ place, code, message }) =>
      [place.replace(/:\d+:\d+$/, ""), code, message]));
    if (shown !== dismissed) dismissed = "";
    close();
    if (problems.length > 0 && !dismissed) open(problems);
  };
  Object.assign(globalThis, { notesiteShowProblems: show });
})();
