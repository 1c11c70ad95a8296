// Reloading: listens to the preview server and brings the page up to date when its note changes.
(() => {
  "use strict";

  /** @typedef {{ problems: unknown, saved?: string, reload: boolean, changed: string[], build: string }} News */

  const { build = "", page } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  // What the two scripts before this one have left for it, and for nobody else.
  const left = /** @type {{ notesiteShowProblems?: (problems: unknown) => void,
    notesitePatch?: (old: Node, next: Node) => void }} */ (globalThis);
  const showProblems = left.notesiteShowProblems;
  const patch = left.notesitePatch;
  delete left.notesiteShowProblems;
  delete left.notesitePatch;

  // A page shown inside another page of the site leaves reloading to that one.
  if (window.frameElement) return;

  // New text is laid out at once, so that it stands where the old one stood.
  document.documentElement.style.setProperty("--far", "visible");

  let known = build;
  let source = /** @type {EventSource | null} */ (null);
  let asked = 0;

  // Makes the text that is shown the new one, which keeps the scroll position; where more than the
  // text may have changed, loads the page anew.
  const refresh = async () => {
    const turn = ++asked;
    const response = await fetch(location.href, { cache: "no-cache" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== asked) return;
    const [old, next] = [document, fresh].map((each) => each.querySelector("main"));
    const isAlike = response.ok && old && next && !next.querySelector("script")
      && fresh.body.className === document.body.className
      && fresh.documentElement.lang === document.documentElement.lang;
    if (!isAlike) {
      location.reload();
      return;
    }
    keepFoldsOpen(old, next);
    document.title = fresh.title;
    patch?.(old, next);
    // For scripts that add to the text, such as buttons that copy.
    document.dispatchEvent(new CustomEvent("notesite:refreshed"));
  };

  /** @type {(old: Element, next: Element) => void} */
  const keepFoldsOpen = (old, next) => {
    const name = (/** @type {Element} */ fold) => fold.querySelector("summary")?.textContent;
    const states = new Map([...old.querySelectorAll("details")].map((fold) => [name(fold), fold.open]));
    for (const fold of next.querySelectorAll("details")) {
      fold.open = states.get(name(fold)) ?? fold.open;
    }
  };

  // A page that was not there has no file; it may be there now.
  const reloadIfFound = async () => {
    const response = await fetch(location.href, { method: "HEAD", cache: "no-cache" });
    if (response.ok) location.reload();
  };

  const update = async (/** @type {News} */ news) => {
    showProblems?.(news.problems);
    if (news.saved && news.saved !== page) {
      location.assign("/" + news.saved.split("/").map(encodeURIComponent).join("/"));
      return;
    }
    if (page === undefined) {
      if (news.reload || news.changed.length > 0) await reloadIfFound();
    } else if (news.reload) {
      location.reload();
    } else if (news.changed.includes(page)) {
      await refresh();
    }
    known = news.build;
  };

  const listen = () => {
    if (source) return;
    source = new EventSource(`/_notesite/events?since=${encodeURIComponent(known)}`);
    source.addEventListener("message", (event) => {
      // A failed request means that the server has ended; the stream finds it again.
      update(JSON.parse(event.data)).catch(() => {});
    });
  };

  const rest = () => {
    source?.close();
    source = null;
  };

  // Browsers allow few connections to one server, so a page that nobody sees gives up its own and
  // hears what it missed when it is looked at again.
  const attend = () => (document.hidden ? rest() : listen());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", attend);
  attend();
})();
