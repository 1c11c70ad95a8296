// Search, as far as every page has it: a button, two keys, and an address that asks. What searches is
// fetched when it is first opened; what is typed meanwhile is not lost.
(() => {
  "use strict";

  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".search-button"));
  if (!button) return;
  const { label, script } = /** @type {Record<string, string>} */ ({ ...button.dataset });
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  button.title = `${label} (${isMac ? "⌘" : "Ctrl-"}K)`;

  /** @type {Promise<unknown> | null} */
  let loading = null;
  const load = () => new Promise((resolve, reject) => {
    const dialog = document.createElement("script");
    dialog.src = script;
    dialog.addEventListener("load", resolve);
    dialog.addEventListener("error", reject);
    document.head.append(dialog);
  });

  const isAlone = (/** @type {KeyboardEvent} */ event) => !event.ctrlKey && !event.metaKey && !event.altKey;
  let typed = "";
  const keep = (/** @type {KeyboardEvent} */ event) => {
    if (!isAlone(event) || [...event.key].length > 1) return;
    event.preventDefault();
    typed += event.key;
  };
  const open = async () => {
    document.addEventListener("keydown", keep);
    try {
      await (loading ??= load());
      document.dispatchEvent(new CustomEvent("notesite:search", { detail: typed }));
    } catch {
      loading = null;
    }
    document.removeEventListener("keydown", keep);
    typed = "";
  };

  // A key by itself must be one that a reader can turn off (WCAG 2.2, 2.1.4); the dialog has the switch.
  const isSlashOff = () => {
    try { return localStorage.getItem("search-slash") === "off"; } catch { return false; }
  };
  // What has just been closed has the focus until the next frame.
  const isTyping = (/** @type {EventTarget | null} */ target) => target instanceof Element
    && target.closest("input, textarea, select, [contenteditable]") && !target.closest("dialog:not([open])");
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && isAlone(event) && !isTyping(event.target) && !isSlashOff();
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || !(isSlash || isK)) return;
    event.preventDefault();
    open();
  });
  // Also when a reader comes back to a page that the browser has kept.
  window.addEventListener("pageshow", () => {
    if (new URLSearchParams(location.search).get("q")) open();
  });
})();
