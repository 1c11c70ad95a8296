// Draws Mermaid diagrams in place of their sources, in the colours of the page, and again when
// these change. What cannot be drawn stays as it is, its source on view.
(() => {
  "use strict";

  const mermaid = globalThis.mermaid;
  if (!mermaid) return;

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : systemIsDark.matches;
  };

  // What a label may hold. Mermaid forbids scripts in it, but neither forms nor styles nor names,
  // with which a stranger's label could stand over the page or pass for a part of it.
  const LABELS = {
    ALLOWED_TAGS: ["b", "br", "code", "em", "i", "img", "p", "s", "small", "span", "strong", "sub", "sup", "u"],
    ALLOWED_ATTR: ["alt", "class", "height", "src", "width"],
  };
  // Mermaid's own list of what no diagram may set, and what would undo the above.
  const SETTLED = [
    "secure", "securityLevel", "startOnLoad", "maxTextSize", "suppressErrorRendering", "maxEdges",
    "dompurifyConfig", "themeCSS",
  ];

  let turn = 0;
  const draw = async () => {
    const mine = ++turn;
    mermaid.initialize({
      startOnLoad: false, securityLevel: "strict", theme: isDark() ? "dark" : "neutral",
      fontFamily: getComputedStyle(document.body).fontFamily, suppressErrorRendering: true,
      dompurifyConfig: LABELS, secure: SETTLED,
    });
    const figures = [...document.querySelectorAll("figure.diagram")];
    for (const [index, figure] of figures.entries()) {
      const source = figure.querySelector("pre").textContent;
      try {
        const { svg } = await mermaid.render(`diagram-${index + 1}-${mine}`, source);
        if (mine !== turn) return;
        show(figure, svg);
      } catch (error) {
        if (mine === turn) explain(figure, error);
      }
    }
  };

  const show = (figure, svg) => {
    figure.querySelector(".diagram-drawing")?.remove();
    const drawing = document.createElement("div");
    drawing.className = "diagram-drawing";
    drawing.tabIndex = 0;
    drawing.innerHTML = svg;
    figure.prepend(drawing);
    figure.querySelector("details").open = false;
  };

  const explain = (figure, error) => {
    if (figure.querySelector(".diagram-problem")) return;
    const problem = document.createElement("p");
    problem.className = "diagram-problem";
    problem.textContent = `This diagram cannot be drawn. ${String(error.message).split("\n")[0].replace(/:$/, ".")}`;
    figure.prepend(problem);
  };

  draw();
  const colours = new MutationObserver(draw);
  colours.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  systemIsDark.addEventListener("change", draw);
  document.addEventListener("notesite:refreshed", draw);
})();
