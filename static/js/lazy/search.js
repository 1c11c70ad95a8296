// Search: a dialog over Pagefind's index. A query is read as the formulas of the index were read
// (src/notesite/math/findable.py): by the names of its symbols, in order.
(() => {
  "use strict";

  /** @type {HTMLButtonElement} */
  const button = document.querySelector(".search-button");
  const say = button.dataset;

  // ------------------------------------------------------------ a query and its names

  const BEGIN = "\u2063", END = "\u2064", SEPARATOR = "\u200b";
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
  const isTex = (query) => /[\\^_{}|‖ᵀℓℏ²³¹\u2070-\u209c]|\p{L}[([]|[^\p{L}\p{N}\p{M}\p{P}\p{Z}]/u.test(query) || /(?<!\p{L})[\u0391-\u03c9](?!\p{L})/u.test(query);

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

  // Two that follow each other, as one word, by CRC-32: searching/words.py has the same.
  const pairOf = (first, second) => {
    let number = -1;
    for (const byte of new TextEncoder().encode(`${first} ${second}`)) {
      number ^= byte;
      for (let bit = 0; bit < 8; bit += 1) number = (number >>> 1) ^ (number & 1 ? 0xedb88320 : 0);
    }
    number = ~number;
    return [0, 9, 18].map((bits) => String.fromCharCode(0x1401 + ((number >>> bits) & 511))).join("");
  };

  // Scripts without blanks: there words are pairs of characters, as in searching/words.py.
  const BLANKLESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;
  const grams = (run) => {
    const signs = [...run];
    return signs.length === 1 ? [pairOf(run, "")] : signs.slice(1).map((sign, at) => pairOf(signs[at], sign));
  };

  // Of a letter alone Pagefind would take all words that begin with it; what it belongs to is told by
  // the pairs.
  const withoutFillers = (query) => {
    if (query.includes('"')) return query;
    const all = query.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    const kept = all.filter((word) => word.length > 1 && !/^(?:of|the|von|der|des)$/i.test(word));
    return (kept.length ? kept : all).join(" ");
  };

  // A filter is `tag:x`, `#x`, `section:x` or `kind:x`; the page's language has names of its own.
  const FILTERS = ["section", "kind", "tag"];
  const filterNames = () => new Map(FILTERS.flatMap((name) => [[name, name], [say[name].toLowerCase(), name]]));
  const readFilters = (written) => {
    const names = filterNames();
    const filters = [];
    const query = written.replace(/(^|\s)(?:#|([\p{L}]+):)(\S*)/gu, (all, before, named, value) => {
      const name = named ? names.get(named.toLowerCase()) : "tag";
      if (!name) return all;
      if (value) filters.push({ name, value: value.toLowerCase(), written: all.trim() });
      return before;
    });
    return { query: query.trim(), filters };
  };

  // What to look for: pairs of names that follow each other in a formula, characters that follow each
  // other, and words.
  const readQuery = (written) => {
    const { query, filters } = readFilters(written);
    const formula = isTex(query);
    const runs = query.match(BLANKLESS) ?? [];
    const spaced = query.replace(BLANKLESS, " ");
    const names = formula ? texNames(spaced) : spokenNames(spaced);
    const pairs = names.slice(1).map((name, at) => pairOf(names[at], name));
    return { query, filters, formula, names, pairs, runs, words: formula ? names.join(" ") : withoutFillers(spaced) };
  };

  // Pagefind takes the beginning of a word that it does not know for the word; less than so much of it
  // is none. What is left of a word without its ending may still be found.
  const isGerman = /^de\b/i.test(document.documentElement.lang);
  const bare = (text) => {
    const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
    return isGerman ? plain.replace(/([aou])e/g, "$1") : plain;
  };
  const stem = (word) => word.slice(0, Math.max(2, Math.ceil(word.length * 0.6)));
  const stems = (query) => (bare(query).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
  // Whether a title has all of the words, and how little else: up to 1.5.
  const named = (title, beginnings) => {
    const own = bare(title).match(/[\p{L}\p{N}]+/gu) ?? [];
    const asked = beginnings.filter((beginning) => !FILLERS.has(beginning));
    const has = asked.length > 0 && asked.every((beginning) => own.some((word) => word.startsWith(beginning)));
    return has ? 1 + 0.5 * Math.min(1, asked.length / own.length) : 0;
  };
  const FILLERS = new Set(words("a an and are as at be by for from in is it of on or that the this to with"));

  // ------------------------------------------------------------ passages

  // The words of a page, each as a reader sees it; `end` is the last one of the formula that begins in it.
  const readPassage = (data) => {
    const raw = data.raw_content ?? data.content;
    const isCut = raw.includes(SEPARATOR);
    const parts = isCut ? raw.split(SEPARATOR) : raw.split(/[\r\n\s]+/);
    let begin = -1;
    const all = parts.map((part) => ({
      seen: visible(part), end: -1, gap: isCut && !part.endsWith(" ") ? "" : " ",
    }));
    parts.forEach((part, at) => {
      if (part.includes(BEGIN) && begin < 0) begin = at;
      if (part.includes(END) && begin >= 0) { all[begin].end = at; begin = part.lastIndexOf(BEGIN) > part.lastIndexOf(END) ? at : -1; }
    });
    return all;
  };
  const visible = (text) => text.replaceAll(BEGIN, "").replaceAll(END, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").trim();

  // The passage around the words at the part's locations, which are marked.
  const passage = (all, part, from, to, wanted) => {
    const marked = new Set();
    const isWanted = (text) => {
      const [word = ""] = bare(text).match(/[\p{L}\p{N}]+/u) ?? [];
      return !FILLERS.has(word) && wanted.stems.some((beginning) => word.startsWith(beginning));
    };
    for (const at of part.locations) {
      if (!all[at]) continue;
      if (all[at].end >= 0) for (let each = at; each <= all[at].end; each += 1) marked.add(each);
      else if (isWanted(all[at].seen)) marked.add(at);
      else for (const each of [at, at + 1]) if (all[each]?.gap === "" && wanted.signs.includes(all[each].seen)) marked.add(each);
    }
    const best = marked.size ? Math.min(...marked) : from;
    let start = Math.max(from, best), seen = 0;
    while (start > from && seen < 8) { start -= 1; seen += 1; }
    const line = document.createElement("span");
    line.className = "search-passage";
    if (start > from) line.append("… ");
    const end = Math.min(to, start + (all[start]?.gap === "" ? 64 : 32));
    for (let at = start; at < end; at += 1) {
      if (marked.has(at) && all[at].seen) {
        const mark = document.createElement("mark");
        mark.textContent = all[at].seen;
        line.append(mark);
      } else line.append(all[at].seen);
      if (at < end - 1) line.append(all[at].gap);
    }
    return line;
  };

  // ------------------------------------------------------------ searching

  let engine = null, attempt = 0;
  class MissingError extends Error {}
  const address = (name) => new URL(say.index + name, document.baseURI);
  const start = () => (engine ??= (async () => {
    // A script that could not be loaded is not asked for again under the same name.
    const again = attempt ? `?again=${attempt}` : "";
    attempt += 1;
    try {
      const pagefind = await import(address(`pagefind.js${again}`).href);
      // In a worker each answer would have to be copied, which takes longer than finding it.
      await pagefind.options({ ranking: { termSimilarity: 6 }, noWorker: true });
      await pagefind.init();
      return pagefind;
    } catch (error) {
      const { status } = await fetch(address("pagefind-entry.json"), { cache: "no-store" });
      throw status === 404 ? new MissingError() : error;
    }
  })());
  let values = null;
  const filterValues = async () => (values ??= (await start()).filters());

  const PAGE = "page:main", RESULT = "h6";
  const MOST = 8, MOST_PARTS = 3, MOST_PAIRS = 4;
  const score = (part) => part.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0) * (part.anchor?.element === RESULT ? 3 : 1);

  // As Pagefind has them: of one filter any value, of several filters each. The beginning of a word of
  // a value stands for it, as it may still be being typed.
  const readChosen = (filters, known) => {
    const chosen = {};
    for (const { name, value } of filters) {
      const all = Object.keys(known[name] ?? {});
      const fitting = all.includes(value) ? [value] : all.filter((each) => `-${each}`.includes(`-${value}`));
      (chosen[name] ??= { any: [] }).any.push(...(fitting.length ? fitting : [value]));
    }
    return chosen;
  };

  const look = async (written) => {
    const pagefind = await start();
    const known = await filterValues();
    const { query, filters, formula, names, pairs, runs, words } = readQuery(written);
    const chosen = readChosen(filters, known);
    let counts = null;
    const run = async (text) => {
      const answered = await pagefind.search(text, { filters: chosen });
      counts = answered.filters;
      return answered.results;
    };
    // Pages that have each of these words, which no page has by chance: asked for in quotation marks
    // they are not taken for others, but only without are they weighed.
    const runExact = async (all) => {
      const step = Math.max(1, all.length / MOST_PAIRS);
      const telling = [...new Set(all)].filter((_, at) => at % step < 1);
      const [weighed, ...answers] = await Promise.all([run(telling.join(" ")), ...telling.map((each) => run(`"${each}"`))]);
      const exact = answers.map((results) => new Set(results.map(({ id }) => id)));
      return weighed.filter(({ id }) => exact.every((ids) => ids.has(id)));
    };
    const pages = new Map();
    const add = (results, worth) => results.forEach((result, at) => {
      const page = pages.get(result.id) ?? { worth: 0, results: [] };
      page.worth += worth * result.score / results[0].score + (result.bonus ?? 0) - at * 1e-6;
      page.results.push(...partsIn(result));
      pages.set(result.id, page);
    });
    // Pagefind falls back on the beginning of a word that it does not know. As many as will be shown
    // are looked at, and no more are fetched for it.
    const held = async (results) => {
      const beginnings = stems(words);
      const kept = [];
      for (let at = 0; at < results.length && kept.length < MOST && at < MOST * 3; at += MOST) {
        const checked = await Promise.all(results.slice(at, at + MOST).map(async (result) => {
          const { content, meta, anchors } = await partsIn(result)[0].data();
          const text = bare(`${meta.title} ${content} ${meta.hidden}`);
          if (!beginnings.every((beginning) => text.includes(beginning))) return [];
          const parts = Math.max(0, ...anchors.map((anchor) => named(anchor.text, beginnings)));
          result.bonus = Math.max(named(meta.title, beginnings), 0.7 * parts);
          return [result];
        }));
        kept.push(...checked.flat());
      }
      return kept;
    };
    // What is named so comes first; in a page's first place stand the words of its title.
    const inTitle = (results) => results.map((result) => Object.assign(result, { bonus: partsIn(result).every((each) => each.words.includes(0)) ? 1 : 0 }));
    const foreign = runs.length ? await runExact(runs.flatMap(grams)) : null;
    const exact = pairs.length ? await runExact(pairs) : [];
    add(inTitle(foreign ? inAll([exact, foreign]) : exact), 1);
    if (!formula || exact.length === 0) {
      if (words || !foreign) {
        const byWords = words || filters.length ? await run(words || null) : [];
        add(await held(foreign ? inAll([byWords, foreign]) : byWords), 1);
      } else add(inTitle(foreign), 1);
    }
    if (formula && names.length > 2) await preferWhole(pages, names.join(" "));
    const wanted = { stems: stems(words), signs: runs.join("") };
    const best = [...pages.values()].sort((a, b) => b.worth - a.worth);
    const found = [];
    let count = best.length;
    for (let at = 0; at < best.length && found.length < MOST && at < MOST * 3; at += MOST) {
      const all = await Promise.all(best.slice(at, at + MOST).map(({ results }) => partsOf(results, wanted.stems, chosen.kind?.any)));
      const fitting = all.filter(({ parts, isWhole }) => isWhole || parts.length);
      count -= all.length - fitting.length;
      found.push(...fitting);
    }
    return { query, words, filters, formula, count, found: found.slice(0, MOST), wanted, counts };
  };

  // What a misspelt query may have meant: each word that no title has becomes the nearest one.
  let spelling = null;
  const corrected = async (query) => {
    spelling ??= fetch(address("spelling.json")).then((answered) => answered.json());
    const languages = await spelling;
    const own = document.documentElement.lang.toLowerCase();
    const known = languages[own] ?? languages[own.split("-")[0]] ?? Object.values(languages).sort((a, b) => b.length - a.length)[0] ?? [];
    const all = new Set(known);
    return query.replace(/[\p{L}\p{M}]{4,}/gu, (written) => {
      const word = written.toLowerCase();
      if (all.has(word)) return written;
      const most = word.length > 7 ? 2 : 1;
      const near = known.map((each) => [distance(word, each, most) + (each.at(-1) === word.at(-1) ? 0 : 0.5), each]);
      const [far, nearest] = near.reduce((best, each) => (each[0] < best[0] ? each : best), [Infinity, written]);
      return far < most + 1 ? nearest : written;
    });
  };
  // How many letters are to be changed, added, left out or swapped; more than `most` is all the same.
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const isSame = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  };
  const lookAgain = async (written) => {
    const answered = await look(written);
    if (answered.count || answered.formula || !answered.query) return answered;
    const other = await corrected(answered.query);
    if (other === answered.query) return answered;
    const again = await look([other, ...answered.filters.map((filter) => filter.written)].join(" "));
    return { ...again, instead: again.count ? other : null };
  };

  const partsIn = (result) => result.all ?? [result];

  // The results of several searches that all of them have.
  const inAll = ([first, ...others]) => {
    const known = others.map((results) => new Map(results.map((result) => [result.id, result])));
    return first.filter(({ id }) => known.every((results) => results.has(id))).map((result) => {
      const all = [result, ...known.map((results) => results.get(result.id))];
      return { id: result.id, score: all.reduce((sum, each) => sum + each.score, 0), all };
    });
  };

  // A page with its parts, the best first; with `kinds` only results of these kinds.
  const partsOf = async (results, beginnings, kinds) => {
    const parts = new Map();
    let page = null;
    for (const result of results) {
      page = structuredClone(await result.data());
      page.sub_results.forEach((part) => {
        // What stands in no section is the page's.
        const { anchor } = part;
        const at = anchor?.id === PAGE ? page.url : part.url;
        const known = parts.get(at);
        // Several searches may have found it at one place.
        const same = known?.places.find((place) => place.anchor?.location === anchor?.location);
        for (const each of [known, same].filter(Boolean)) {
          each.locations.push(...part.locations);
          each.weighted_locations.push(...part.weighted_locations);
        }
        if (known && !same) known.places.push(part);
        if (!known) {
          const own = at === page.url ? { url: at } : part;
          parts.set(at, { ...own, places: [part], locations: [...part.locations], weighted_locations: [...part.weighted_locations] });
        }
      });
    }
    const worth = (part) => score(part) * (1 + 3 * (part.anchor ? named(part.title, beginnings) : 0));
    let sorted = [...parts.values()].sort((a, b) => worth(b) - worth(a));
    if (kinds) {
      // Without words all of the page's results of that kind are meant.
      if (sorted.length === 0) sorted = page.anchors.map((anchor) => ({ anchor, url: `${page.url}#${anchor.id}`, title: anchor.text, places: [{ anchor, locations: [], weighted_locations: [] }], locations: [], weighted_locations: [] }));
      sorted = sorted.filter((part) => kinds.includes(part.anchor?.kind));
    }
    return { page, parts: sorted, isWhole: !kinds };
  };

  // A formula that stands somewhere as a whole counts for more than one whose pairs are scattered.
  const preferWhole = (pages, line) => Promise.all([...pages.values()].slice(0, MOST * 2).map(async (page) => {
    const { content } = await page.results[0].data();
    const formulas = content.matchAll(/\u2063([^\u2064]*)/g);
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
  const chips = make("div", "search-filters", { role: "group", "aria-label": say.narrow });
  dialog.append(bar, status, chips, list, foot);
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
    const from = place.anchor ? place.anchor.location + place.anchor.size : 1;
    const to = anchors.find((at) => at > (place.anchor?.location ?? -1)) ?? all.length;
    const locations = place.locations.filter((at) => at >= from);
    return passage(all, { locations: locations.length ? locations : [from] }, Math.min(from, all.length), to, wanted);
  };

  const optionsOf = ({ page, parts }, wanted) => {
    const all = readPassage(page);
    const anchors = page.anchors.map((anchor) => anchor.location).sort((a, b) => a - b);
    const whole = parts.find((part) => !part.anchor || part.url === page.url);
    const head = option(page.url, page.meta.title, "search-page");
    if (whole && whole === parts[0]) head.append(passageOf(all, anchors, whole, wanted));
    const lines = parts.filter((part) => part !== whole).slice(0, MOST_PARTS).map((part) => {
      const line = option(part.url, part.title, `search-part${part.anchor.element === RESULT ? " search-result" : ""}`);
      line.append(passageOf(all, anchors, part, wanted));
      return line;
    });
    return [head, ...lines];
  };

  // Filters as buttons: those that are chosen, and what else the pages found have.
  const MOST_CHIPS = 2;
  const chip = ({ name, value, written, isChosen }) => {
    const button = make("button", "search-filter", { type: "button", "aria-pressed": String(isChosen) });
    button.textContent = `${say[name]}: ${value}`;
    button.addEventListener("click", () => {
      const others = words(input.value).filter((word) => word !== written);
      input.value = (isChosen ? others : [...others, `${name}:${value}`]).filter(Boolean).join(" ");
      input.focus();
      answer();
    });
    return button;
  };
  const showChips = ({ count, counts, filters }) => {
    const chosen = filters.map((filter) => ({ ...filter, isChosen: true }));
    const offered = FILTERS.filter((name) => !filters.some((filter) => filter.name === name)).flatMap((name) => {
      const fitting = Object.entries(counts?.[name] ?? {}).filter(([, number]) => number > 0 && number < count);
      return fitting.sort(([, one], [, other]) => other - one).slice(0, MOST_CHIPS).map(([value]) => ({ name, value, isChosen: false }));
    });
    chips.replaceChildren(...[...chosen, ...offered].map(chip));
  };

  const show = (answered) => {
    const { count, found, wanted, instead } = answered;
    list.setAttribute("aria-busy", "false");
    const lines = found.flatMap((each) => optionsOf(each, wanted));
    lines.forEach((line, at) => { line.id = `search:option-${at}`; });
    list.replaceChildren(...lines);
    activate(lines[0]);
    input.setAttribute("aria-expanded", String(lines.length > 0));
    const number = say.found.replace("{count}", count);
    status.textContent = instead ? `${say.instead.replace("{query}", instead)} ${number}` : count ? number : say.none;
    showChips(answered);
    dialog.classList.toggle("search-is-empty", count === 0);
  };
  const clear = (message = say.help) => {
    list.setAttribute("aria-busy", "false");
    list.replaceChildren();
    chips.replaceChildren();
    activate(null);
    input.setAttribute("aria-expanded", "false");
    status.textContent = message;
  };

  const fail = (error) => {
    engine = values = null;
    if (!(error instanceof MissingError)) console.error(error);
    clear(error instanceof MissingError ? say.missing : say.failed);
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
          const answered = await lookAgain(written);
          if (written === input.value) show(answered);
        }
      } catch (error) {
        fail(error);
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
    // The filters' values are wanted soon, and are few.
    if (isServed) filterValues().catch(fail);
  });
})();
