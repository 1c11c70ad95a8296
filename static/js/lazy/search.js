// Search: a dialog over Pagefind's index. A query is read as the formulas of the index were read
// (src/notesite/math/findable.py): by the names of its symbols, in order.
(() => {
  "use strict";

  // ------------------------------------------------------------ a query and its names

  const BEGIN = "\u2063", OPEN = "⟦", CLOSE = "⟧";
  const words = (text) => text.trim().split(/\s+/);
  const paired = (text) => {
    const list = words(text);
    return new Map(list.flatMap((word, at) => (at % 2 ? [] : [[word, list[at + 1]]])));
  };
  const GREEK = words("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega");
  const SYMBOLS = paired(`∇ nabla ∂ partial ∑ sum ∏ prod ∫ int ∞ infty √ sqrt ∈ in ∉ notin ⊂ subset ⊆ subseteq
    ∪ cup ∩ cap ∖ setminus ∅ emptyset ∀ forall ∃ exists ∧ wedge ∨ vee → to ← gets ↦ mapsto ⇒ implies ⟹ implies ⇔ iff
    ⟺ iff ≤ leq ≥ geq ≠ neq ≈ approx ≡ equiv ∼ sim ≅ cong ∝ propto ≪ ll ≫ gg ⊥ perp × times ⊗ otimes ⊕ oplus ⊙ odot
    ∘ circ ± pm ÷ div ⊤ top ᵀ top † dagger ℓ ell ℏ hbar ∗ ast ⋆ star ⊢ vdash ⊨ models ¬ neg`);
  const ALIASES = paired(`le leq ge geq ne neq leqslant leq geqslant geq land wedge lor vee lnot neg rightarrow to
    longrightarrow to leftarrow gets longmapsto mapsto Rightarrow implies Longrightarrow implies Leftarrow impliedby
    Leftrightarrow iff Longleftrightarrow iff intercal top transpose top varnothing emptyset varepsilon epsilon
    vartheta theta varphi phi varrho rho varpi pi varsigma sigma varkappa kappa bigcup cup bigcap cap bigotimes otimes
    bigoplus oplus bigwedge wedge bigvee vee lVert norm Vert norm smallsetminus setminus
    owns ni preccurlyeq preceq succcurlyeq succeq imath i jmath j lfloor floor lceil ceil iff iff`);
  const SILENT = new Set(words(`left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr rVert mathbb
    mathcal mathscr mathfrak mathbf mathrm mathit mathsf mathtt boldsymbol bm text textrm textbf textit operatorname frac
    dfrac tfrac cfrac binom quad qquad displaystyle textstyle limits nolimits hat widehat tilde widetilde bar overline
    vec dot ddot check breve prime underline lvert rvert vert langle rangle lbrace rbrace rfloor rceil cdot cdots ldots
    dots vdots ddots mid colon nonumber notag begin end rm bf it cal mathop ensuremath substack overset underset`));
  const TOGETHER = new Set(words("max min sup inf lim log ln exp det dim ker tr cov var kl gcd arg relu id op sin cos tan sgn diag rank span vec prox softmax"));
  const SPOKEN = [
    [/\binner products?\b/g, "innerproduct"], [/\bpartial derivatives?\b/g, "derivative"], [/\bsquare roots?\b/g, "root"],
    [/\bexpected values?\b/g, "expectation"], [/\btensor products?\b/g, "tensor"], [/\breal numbers?\b/g, "reals"],
    [/\btransposed?\b/g, "transpose"], [/\bargm(in|ax)\b/g, "arg m$1"], [/\b(of|the|and|with|respect|for|von|der|des|die|und)\b/g, " "],
  ];

  const greekName = (letter) => {
    const code = letter.toLowerCase().codePointAt(0) - 0x3b1;
    return GREEK[code];
  };
  const isTex = (query) => /[\\^_{}|‖]|\p{L}[([]|[^\p{L}\p{N}\p{M}\p{P}\p{Z}]/u.test(query) || /(?<!\p{L})[\u0391-\u03c9](?!\p{L})/u.test(query);

  const texNames = (query) => {
    const found = [];
    let isInNorm = false;
    const norm = () => { isInNorm = !isInNorm; return isInNorm ? ["norm"] : []; };
    const command = (name) => {
      if (/^arg(min|max)$/.test(name)) return ["arg", name.slice(3)];
      if (name === "lVert") isInNorm = false;
      if (name === "Vert") return norm();
      return SILENT.has(name) ? [] : [(ALIASES.get(name) ?? name).toLowerCase()];
    };
    const letters = (run) => (TOGETHER.has(run.toLowerCase()) || run.length > 2 ? [run] : [...run]).map((each) => each.toLowerCase());
    const text = query
      // Before they become letters like any other.
      .replace(/[ᵀℓℏ]/g, (each) => ` \\${SYMBOLS.get(each)} `)
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      // Words set as such stand for themselves.
      .replace(/\\(?:text\w*|operatorname\*?|math(?:rm|sf|tt|bf|it))\s*\{([^{}]*)\}/g, (_, inside) => ` ${inside.replace(/\\./g, " ").replace(/[A-Za-z]+/g, "\\$& ")} `)
      .replace(/\^\s*(?:\{\s*T\s*\}|T(?![a-z]))/g, "^\\top ")
      // In the index what is below comes before what is above.
      .replace(/\^(\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{}])\s*_(\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{}])/g, "_$2^$1");
    for (const [piece, name, escaped, run, number] of text.matchAll(/\\([A-Za-z]+)|\\(.)|([A-Za-z]+)|(\p{N}+)|[^\s]/gu)) {
      if (name) found.push(...command(name));
      else if (escaped === "|" || piece === "‖" || piece === "∥") found.push(...norm());
      else if (run) found.push(...letters(run));
      else if (number) found.push(number);
      else if (!escaped) found.push(greekName(piece) ?? SYMBOLS.get(piece) ?? (/\p{L}/u.test(piece) ? piece.toLowerCase() : ""));
    }
    return found.filter(Boolean);
  };

  const spokenNames = (query) => {
    const plain = SPOKEN.reduce((text, [pattern, name]) => text.replace(pattern, name), query.toLowerCase());
    return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length === 1 && greekName(word)) || word);
  };

  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const asPair = (text) => [...text].map((each) => (letters.includes(each) ? String.fromCharCode(0x1401 + letters.indexOf(each)) : each)).join("");

  // Of a letter alone Pagefind would take all words that begin with it; what it belongs to is told by
  // the pairs.
  const withoutFillers = (query) => {
    const kept = query.includes('"') ? [] : words(query).filter((word) => word.length > 1 && !/^(?:of|the|von|der|des)$/i.test(word));
    return kept.length ? kept.join(" ") : query;
  };

  const END = String.fromCharCode(0x1401 + letters.length);

  // What to look for: pairs of names that follow each other in a formula, and words.
  const readQuery = (written) => {
    const tags = [...written.matchAll(/(?:^|\s)#(\S+)/g)].map(([, tag]) => tag.toLowerCase());
    const query = written.replace(/(?:^|\s)#\S*/g, " ").trim();
    const formula = isTex(query);
    const names = formula ? texNames(query) : spokenNames(query);
    // The last may still be being typed.
    const pairs = names.slice(1).map((name, at) => asPair(names[at] + name) + (at < names.length - 2 ? END : ""));
    return { query, tags, formula, names, pairs, words: formula ? names.join(" ") : withoutFillers(query) };
  };

  // Pagefind takes the beginning of a word that it does not know for the word; less than so much of it
  // is none. What is left of a word without its ending may still be found.
  const bare = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const stem = (word) => word.slice(0, Math.max(2, Math.ceil(word.length * 0.6)));
  const stems = (query) => (bare(query).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
  const FILLERS = new Set(words("a an and are as at be by for from in is it of on or that the this to with"));

  // ------------------------------------------------------------ passages

  // The words of a page, each with what a reader sees of it, and where the formula around it begins.
  const readPassage = (data) => {
    const raw = data.raw_content ?? data.content;
    const parts = raw.includes("\u200b") ? raw.split("\u200b") : raw.split(/[\r\n\s]+/);
    let isHidden = false, isFormula = false, begin = Infinity;
    return parts.map((part, at) => {
      let seen = "", isText = !isFormula;
      for (const each of part) {
        if (each === BEGIN) { begin = at; isFormula = true; isText = false; }
        else if (each === OPEN) isHidden = true;
        else if (each === CLOSE) { isHidden = false; isFormula = false; }
        else if (!isHidden) seen += each;
      }
      return { seen: seen.replaceAll("&lt;", "<").replaceAll("&gt;", ">"), isText, begin };
    });
  };
  const visible = (text) => text.replace(/⟦[^⟧]*⟧?/g, "").replaceAll(BEGIN, "").replace(/\s+/g, " ").replace(/ ([,.;:!?)])/g, "$1").trim();

  // The passage around the words at the part's locations, which are marked.
  const passage = (all, part, from, to, wanted) => {
    const marked = new Set();
    const isWanted = (text) => {
      const [word = ""] = bare(text).match(/[\p{L}\p{N}]+/u) ?? [];
      return !FILLERS.has(word) && wanted.some((beginning) => word.startsWith(beginning));
    };
    for (const at of part.locations) {
      if (all[at]?.seen && all[at].isText) { if (isWanted(all[at].seen)) marked.add(at); continue; }
      for (let each = all[at]?.begin ?? at; each >= 0 && each <= at; each += 1) if (all[each].seen) marked.add(each);
    }
    const best = Math.min(...marked, to);
    let start = Math.max(from, best), seen = 0;
    while (start > from && seen < 8) { start -= 1; seen += all[start].seen ? 1 : 0; }
    const shown = [];
    for (let at = start; at < to && shown.length < 32; at += 1) if (shown.length ? all[at].seen : /[\p{L}\p{N}\p{S}]/u.test(all[at].seen)) shown.push([all[at].seen, marked.has(at)]);
    const line = document.createElement("span");
    line.className = "search-passage";
    if (start > from) line.append("… ");
    shown.forEach(([text, isMarked], at) => {
      const isClosing = /^[,.;:!?)]/.test(text);
      if (at && !isClosing) line.append(" ");
      const mark = isMarked ? document.createElement("mark") : null;
      if (mark) { mark.textContent = text; line.append(mark); } else line.append(text);
    });
    return line;
  };

  // ------------------------------------------------------------ searching

  /** @type {HTMLButtonElement} */
  const button = document.querySelector(".search-button");
  const say = button.dataset;
  let engine = null;
  const start = () => (engine ??= (async () => {
    const address = (name) => new URL(say.index + name, document.baseURI);
    const [pagefind, parts] = await Promise.all([
      import(address("pagefind.js").href),
      fetch(address("parts.json")).then((answered) => answered.json()),
    ]);
    const ranking = { termSimilarity: 6 };
    // In a worker each answer would have to be copied, which takes longer than finding it.
    await pagefind.options({ ranking, noWorker: true });
    await pagefind.init();
    // The language that Pagefind takes in the first part of the index, and the other parts that have it.
    const own = document.documentElement.lang.toLowerCase();
    const named = (name) => parts.find(([language]) => language === name);
    const [language, count] = named(own) ?? named(own.split("-")[0]) ?? parts[0];
    const others = Array.from({ length: count - 1 }, (_, at) => address(`${at + 1}/`).pathname);
    await Promise.all(others.map((path) => pagefind.mergeIndex(path, { language, ranking })));
    return pagefind;
  })());

  const PAGE = "page:main", HEADING = /^h\d$/;
  const MOST = 8, MOST_PARTS = 3, MOST_PAIRS = 3;
  const score = (part) => part.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0) * (part.anchor?.element === "h6" ? 3 : 1);

  const look = async (written) => {
    const pagefind = await start();
    const { query, tags, formula, names, pairs, words } = readQuery(written);
    const filters = tags.length ? { tag: { any: tags } } : {};
    const run = async (text) => (await pagefind.search(text, { filters })).results.slice(0, 40);
    // Long pairs are rare ones; a few of them tell the pages, which are then looked at for all.
    const telling = [...pairs].sort((one, other) => other.length - one.length).slice(0, MOST_PAIRS);
    const byPairs = telling.length ? await run(telling.join(" ")) : [];
    const pages = new Map();
    const add = (results, worth) => results.forEach((result, at) => {
      const page = pages.get(result.id) ?? { worth: 0, results: [] };
      page.worth += worth * result.score / results[0].score - at * 1e-6;
      page.results.push(result);
      pages.set(result.id, page);
    });
    // Pagefind falls back on the beginning of a word that it does not know: no pair is that.
    // As many as will be shown are looked at, and no more are fetched for it.
    const held = async (results, isHeld) => {
      const kept = [];
      for (let at = 0; at < results.length && kept.length < MOST && at < MOST * 3; at += MOST) {
        const checked = await Promise.all(results.slice(at, at + MOST).map(async (result) => {
          const { content, meta } = await result.data();
          return isHeld(content, meta) ? [result] : [];
        }));
        kept.push(...checked.flat());
      }
      return kept;
    };
    const exact = await held(byPairs, (content) => pairs.every((pair) => content.includes(pair)));
    add(exact, 1);
    const wanted = stems(words);
    if (!formula || exact.length === 0) {
      const byWords = query || tags.length ? await run(words || null) : [];
      add(await held(byWords, (content, { title }) => {
        const text = bare(`${title} ${content}`);
        return wanted.every((beginning) => text.includes(beginning));
      }), 1);
    }
    if (formula && names.length > 2) await preferWhole(pages, names.join(" "));
    const best = [...pages.values()].sort((a, b) => b.worth - a.worth).slice(0, MOST);
    const found = await Promise.all(best.map(async ({ results }) => {
      const parts = new Map();
      let page = null;
      for (const result of results) {
        page = structuredClone(await result.data());
        page.sub_results.forEach((part) => {
          // What stands in no section is the page's.
          const { anchor } = part;
          const address = anchor?.id === PAGE ? page.url : part.url;
          const known = parts.get(address);
          known?.places.push(part);
          known?.locations.push(...part.locations);
          known?.weighted_locations.push(...part.weighted_locations);
          if (!known) {
            const own = address === page.url ? { url: address } : part;
            parts.set(address, { ...own, places: [part], locations: [...part.locations], weighted_locations: [...part.weighted_locations] });
          }
        });
      }
      return { page, parts: [...parts.values()].sort((a, b) => score(b) - score(a)) };
    }));
    return { count: pages.size, found, wanted };
  };

  // A formula that stands somewhere as a whole counts for more than one whose pairs are scattered.
  const preferWhole = (pages, line) => Promise.all([...pages.values()].slice(0, MOST * 2).map(async (page) => {
    const { content } = await page.results[0].data();
    const formulas = content.matchAll(/\u2063([^⟦]*)⟦/g);
    if ([...formulas].some(([, text]) => ` ${texNames(text).join(" ")} `.includes(` ${line} `))) page.worth += 1;
  }));

  // ------------------------------------------------------------ the dialog

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
  const bar = make("div", "search-bar");
  bar.append(input, close);
  const foot = make("p", "search-foot");
  const slash = make("input", "search-slash", { type: "checkbox", id: "search:slash" });
  const slashLabel = make("label", "", { for: slash.id });
  slashLabel.textContent = say.slash;
  foot.append(slash, slashLabel);
  try { slash.checked = localStorage.getItem("search-slash") !== "off"; } catch { foot.hidden = true; }
  slash.addEventListener("change", () => {
    if (slash.checked) localStorage.removeItem("search-slash");
    else localStorage.setItem("search-slash", "off");
  });
  dialog.append(bar, status, list, foot);
  document.body.append(dialog);

  const options = () => [...list.querySelectorAll("[role=option]")];
  let active = null;
  const activate = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const option = (address, title, className) => {
    const line = make("a", `search-option ${className}`, { role: "option", tabindex: "-1", "aria-selected": "false" });
    line.href = address;
    const name = make("span", "search-title");
    name.textContent = visible(title);
    line.append(name);
    return line;
  };

  // A part is found at one place or more: its section goes on behind each result in it.
  const passageOf = (all, anchors, part, wanted) => {
    const weight = (place) => place.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0);
    const [place] = [...part.places].sort((a, b) => weight(b) - weight(a));
    const from = place.anchor ? place.anchor.location + words(place.anchor.text).length : 0;
    const to = anchors.find((at) => at > (place.anchor?.location ?? -1)) ?? all.length;
    const locations = place.locations.filter((at) => at >= from);
    return passage(all, { locations: locations.length ? locations : [from] }, Math.min(from, all.length), to, wanted);
  };
  const titleOf = (part) => visible(part.title) || part.title.replace(/[⟦⟧]/g, "").trim();

  const optionsOf = ({ page, parts }, wanted) => {
    const all = readPassage(page);
    const anchors = page.anchors.filter((anchor) => HEADING.test(anchor.element)).map((anchor) => anchor.location).sort((a, b) => a - b);
    const whole = parts.find((part) => !part.anchor);
    const head = option(page.url, page.meta.title, "search-page");
    if (whole && !parts[0].anchor) head.append(passageOf(all, anchors, whole, wanted));
    const lines = parts.filter((part) => part.anchor).slice(0, MOST_PARTS).map((part) => {
      const line = option(part.url, titleOf(part), `search-part${part.anchor.element === "h6" ? " search-result" : ""}`);
      line.append(passageOf(all, anchors, part, wanted));
      return line;
    });
    return [head, ...lines];
  };

  const show = ({ count, found, wanted }) => {
    list.setAttribute("aria-busy", "false");
    const lines = found.flatMap((each) => optionsOf(each, wanted));
    lines.forEach((line, at) => { line.id = `search:option-${at}`; });
    list.replaceChildren(...lines);
    activate(lines[0]);
    input.setAttribute("aria-expanded", String(lines.length > 0));
    status.textContent = count ? say.found.replace("{count}", count) : say.none;
    dialog.classList.toggle("search-is-empty", count === 0);
  };
  const clear = (message = say.help) => {
    list.setAttribute("aria-busy", "false");
    list.replaceChildren();
    activate(null);
    input.setAttribute("aria-expanded", "false");
    status.textContent = message;
  };

  const isServed = location.protocol.startsWith("http");
  // One query at a time; of those that come meanwhile the last is answered.
  let isAsking = false;
  const answer = async () => {
    list.setAttribute("aria-busy", "true");
    if (isAsking) return;
    isAsking = true;
    for (let written = null; written !== input.value;) {
      written = input.value;
      try {
        if (!isServed) clear(say.needs);
        else if (!written.trim()) clear();
        else {
          const answered = await look(written);
          if (written === input.value) show(answered);
        }
      } catch (error) {
        console.error(error);
        engine = null;
        clear(say.failed);
      }
    }
    isAsking = false;
  };

  const move = (event) => {
    const lines = options();
    if (lines.length === 0) return;
    const at = lines.indexOf(active);
    const last = lines.length - 1;
    const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, PageDown: Math.min(at + 5, last), PageUp: Math.max(at - 5, 0) }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    activate(lines[next]);
  };
  input.addEventListener("input", answer);
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
    if (isPlain && event.target.closest("[role=option]")) dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  document.addEventListener("notesite:search", () => {
    if (dialog.open) return;
    dialog.showModal();
    input.focus();
    input.select();
    clear(input.value.trim() ? "" : say.help);
    answer();
    if (isServed) start().catch(() => { engine = null; clear(say.failed); });
  });
})();
