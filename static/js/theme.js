// What must happen before the page is painted: the fonts are sent for and waited for a little, and the
// theme is set: the system's, unless the reader chose one, which is remembered; whether far text may
// wait is decided. The button comes when the page is there.
(() => {
  "use strict";

  // A <link> in the page would do, were it not an error to browsers in a page opened from disk.
  const script = /** @type {HTMLScriptElement & { fonts?: string[] }} */ (document.currentScript);
  const { light = "Light theme", dark = "Dark theme" } = script.dataset;
  const fonts = location.protocol.startsWith("http") ? script.fonts ?? [] : [];
  for (const path of fonts) {
    const href = new URL(path, script.src);
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }

  const root = document.documentElement;

  // A page that is shown in other letters first is set anew when its own arrive, and lines move under
  // the reader's eyes. So the first page of a visit is shown with its fonts, if they arrive within these
  // milliseconds; not to readers who have waited longer already. Later pages have the fonts at hand.
  const PATIENCE = 800;
  const isWorthWaiting = () => {
    if (!fonts.length || performance.now() > PATIENCE) return false;
    try {
      const isFirst = !sessionStorage.getItem("fonts");
      sessionStorage.setItem("fonts", "asked");
      return isFirst;
    } catch { return false; }
  };
  if (isWorthWaiting()) {
    const reveal = () => root.classList.remove("awaits-fonts");
    root.classList.add("awaits-fonts");
    setTimeout(reveal, PATIENCE);
    addEventListener("load", reveal); // waits for fonts that were asked for, too
    requestAnimationFrame(() => {
      document.body?.getBoundingClientRect(); // laid out, it asks for the fonts that it needs
      document.fonts.ready.then(reveal);
    });
  }

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const remember = (/** @type {string | null} */ theme) => {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch { /* Without a memory the choice holds for this page. */ }
  };
  const show = (/** @type {string | null} */ theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  // What the style sheets say, be it chosen by the reader, the site or the system.
  const isDark = () => {
    const scheme = getComputedStyle(root).colorScheme;
    return scheme === "dark" || (scheme !== "light" && systemIsDark.matches);
  };

  show(remembered());

  // Whoever comes back to a page is shown the place where they left it, and whoever follows a link into
  // it what the link means: all that stands before must have its full height.
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (location.hash || (visit && visit.type !== "navigate")) root.style.setProperty("--far", "visible");

  addEventListener("DOMContentLoaded", () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "theme-switch";
    const name = () => { button.title = isDark() ? light : dark; };
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      show(null);
      const isUsual = (wanted === "dark") === isDark();
      remember(isUsual ? null : wanted);
      show(isUsual ? null : wanted);
      name();
    });
    systemIsDark.addEventListener("change", name);
    // What the style sheets say is asked for when the page is about to be laid out for the eye: before,
    // it would be styled once more for this alone.
    requestAnimationFrame(name);
    document.querySelector(".site-tools")?.append(button);
  });
  addEventListener("storage", (event) => { if (event.key === "theme") show(event.newValue); });
})();
