// Search: the dialog. It answers to keys at once; what searches (search/) is sent for when it opens.
(() => {
  "use strict";

  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".search-button"));
  const say = /** @type {Record<string, string>} */ ({ ...button.dataset });
  const isServed = location.protocol.startsWith("http");

  // All at once: each would else be asked for by the one before.
  const MODULES = ["answering", "backend", "cbor", "engine", "fragments", "looking", "macros", "narrowing", "parts", "passages", "query", "showing", "spelling", "symbols", "weighing", "words"];
  const folder = new URL("search/", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const preload = () => MODULES.forEach((name) => {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(`${name}.js`, folder).href;
    document.head.append(link);
  });
  /** @type {Promise<typeof import("./search/answering.js")> | null} */
  let loading = null;
  const load = () => {
    if (!loading) preload();
    return (loading ??= import("./search/answering.js"));
  };

  // ------------------------------------------------------------ the elements

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} name @param {string} className @param {Record<string, string>} attributes
   */
  const make = (name, className, attributes = {}) => {
    const element = document.createElement(name);
    element.className = className;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const dialog = make("dialog", "search-dialog", { "aria-label": say.label });
  const input = make("input", "search-input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "search:results", "aria-autocomplete": "list",
    "aria-label": say.label, placeholder: say.placeholder, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = make("button", "search-close", { type: "button", "aria-label": say.close });
  const status = make("p", "search-status", { role: "status" });
  const list = make("div", "search-results", { role: "listbox", id: "search:results", "aria-label": say.results });
  const chips = make("div", "search-filters", { role: "group", "aria-label": say.narrow });
  const bar = make("div", "search-bar");
  bar.append(input, close);

  const slashSwitch = () => {
    const foot = make("p", "search-foot");
    const slash = make("input", "search-slash", { type: "checkbox", id: "search:slash" });
    const label = make("label", "", { for: slash.id });
    label.textContent = say.slash;
    foot.append(slash, label);
    try { slash.checked = localStorage.getItem("search-slash") !== "off"; } catch { foot.hidden = true; }
    slash.addEventListener("change", () => {
      if (slash.checked) localStorage.removeItem("search-slash");
      else localStorage.setItem("search-slash", "off");
    });
    return foot;
  };
  dialog.append(bar, status, chips, list, slashSwitch());
  document.body.append(dialog);

  // ------------------------------------------------------------ choosing

  const options = () => /** @type {HTMLAnchorElement[]} */ ([...list.children]);
  /** @type {HTMLAnchorElement | null} */
  let active = null;
  const activate = (/** @type {HTMLAnchorElement | undefined} */ option) => {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    active?.setAttribute("aria-selected", "true");
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const move = (/** @type {KeyboardEvent} */ event) => {
    const lines = options();
    if (lines.length === 0) return;
    const at = active ? lines.indexOf(active) : -1;
    const last = lines.length - 1;
    const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, PageDown: Math.min(at + 5, last), PageUp: Math.max(at - 5, 0) }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    activate(lines[next]);
    lines[next].scrollIntoView({ block: "nearest" });
  };

  // ------------------------------------------------------------ answering

  /** @type {(shown: import("./search/showing.js").Shown) => void} */
  const show = (shown) => {
    list.setAttribute("aria-busy", "false");
    list.replaceChildren(...shown.lines);
    chips.replaceChildren(...shown.chips);
    activate(shown.lines[0]);
    input.setAttribute("aria-expanded", String(shown.lines.length > 0));
    status.textContent = shown.message;
    dialog.classList.toggle("search-is-empty", shown.isEmpty);
  };
  const tell = (/** @type {string} */ message) => show({ lines: [], chips: [], message, isEmpty: false });

  // What takes its time, on a slow line or a slow machine, says so; the first time it does at once.
  const LATE = 300;
  let isLoaded = false;
  const answerTo = async (/** @type {string} */ written) => {
    if (!isServed) return tell(say.needs);
    if (!written.trim()) return tell(say.help);
    const wait = () => { status.textContent = say.loading; };
    if (!isLoaded) wait();
    const late = setTimeout(wait, LATE);
    try {
      const shown = await (await load()).answer(written, say, choose);
      isLoaded = true;
      if (written === input.value) show(shown);
    } catch (error) {
      console.error(error);
      loading = null;
      tell(say.failed);
    }
    clearTimeout(late);
  };

  // One query at a time; of those that come meanwhile the last is answered.
  let isAsking = false;
  const answer = async () => {
    list.setAttribute("aria-busy", "true");
    if (isAsking) return;
    isAsking = true;
    for (let written = null; written !== input.value;) {
      written = input.value;
      await answerTo(written);
    }
    isAsking = false;
  };
  const choose = (/** @type {string} */ query) => {
    input.value = query;
    input.focus();
    input.dispatchEvent(new Event("input"));
  };

  // ------------------------------------------------------------ the address

  // What was asked for last stands in the address, so that it can be passed on and come back to.
  const PAUSE = 500;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  const write = (/** @type {string} */ query) => {
    clearTimeout(pause);
    if (!isServed) return;
    const address = new URL(location.href);
    if ((address.searchParams.get("q") ?? "") === query) return;
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  };
  let isLeaving = false;

  // ------------------------------------------------------------ fetching beforehand

  // With each link that comes or goes the browser asks of all links of the page which may be fetched
  // before they are followed (../instant.js). On a page with thousands that takes longer than the search,
  // so that nothing is while the dialog is open. A script of rules that has been taken out counts no more.
  /** @type {string[]} */
  let rules = [];
  const pauseFetching = () => {
    const scripts = [...document.querySelectorAll("script[type=speculationrules]")];
    rules = scripts.map((script) => script.textContent ?? "");
    scripts.forEach((script) => script.remove());
  };
  const resumeFetching = () => {
    for (const text of rules) {
      const script = document.createElement("script");
      script.type = "speculationrules";
      script.textContent = text;
      document.head.append(script);
    }
    rules = [];
  };

  // ------------------------------------------------------------ events

  input.addEventListener("input", () => {
    answer();
    clearTimeout(pause);
    pause = setTimeout(() => write(input.value.trim()), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    move(event);
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!active) return;
    if (event.ctrlKey || event.metaKey) open(active.href);
    else active.click();
  });
  list.addEventListener("click", (event) => {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const chosen = /** @type {Element} */ (event.target).closest("a");
    if (!isPlain || !chosen) return;
    isLeaving = chosen.pathname !== location.pathname;
    write(isLeaving ? input.value.trim() : "");
    dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    resumeFetching();
    if (!isLeaving) write("");
    isLeaving = false;
  });

  // While the first words are being typed what they need is fetched.
  const prepare = async () => {
    const { prepare: prepared } = await load();
    const failed = await prepared(say);
    if (failed && !isAsking) show(failed);
  };
  document.addEventListener("notesite:search", (event) => {
    if (dialog.open) return;
    const typed = /** @type {CustomEvent<string>} */ (event).detail;
    input.value = typed || (new URLSearchParams(location.search).get("q") ?? input.value);
    pauseFetching();
    dialog.showModal();
    input.focus();
    if (!typed) input.select();
    answer();
    if (isServed) prepare().catch(() => tell(say.failed));
  });
})();
