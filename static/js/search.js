// Search, as far as every page has it: a button and two keys. What searches is fetched when it is
// first opened.
(() => {
  "use strict";

  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector(".search-button");
  if (!button) return;
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  button.title = `${button.dataset.label} (${isMac ? "⌘" : "Ctrl-"}K)`;

  let loading = null;
  const load = () => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = button.dataset.script;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  const open = async () => {
    try {
      await (loading ??= load());
      document.dispatchEvent(new CustomEvent("notesite:search"));
    } catch {
      loading = null;
    }
  };

  // A key by itself must be one that a reader can turn off (WCAG 2.2, 2.1.4); the dialog has the switch.
  const isSlashOff = () => {
    try { return localStorage.getItem("search-slash") === "off"; } catch { return false; }
  };
  const isTyping = (element) => element?.closest("input, textarea, select, [contenteditable]");
  const isAlone = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && isAlone(event) && !isTyping(event.target) && !isSlashOff();
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || !(isSlash || isK)) return;
    event.preventDefault();
    open();
  });
})();
