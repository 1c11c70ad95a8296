// Pages at once: the browser is told that it may fetch what a link leads to when the pointer comes
// near, so that the page is there when it is asked for. No router, no page is ever put together here.
(() => {
  "use strict";

  const isServed = location.protocol.startsWith("http");
  if (!isServed || !HTMLScriptElement.supports?.("speculationrules")) return;
  const rules = document.createElement("script");
  rules.type = "speculationrules";
  const here = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  rules.textContent = JSON.stringify({
    prefetch: [{
      where: { href_matches: new URL("../..", here).pathname + "*" },
      eagerness: "moderate",
    }],
  });
  document.head.append(rules);
})();
