// Figures: a picture opens as large as the window allows, and closes on a click or on Escape.
(() => {
  "use strict";

  const { enlarge = "Open the picture large", close = "Close" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

  const show = (/** @type {HTMLImageElement} */ picture) => {
    const dialog = document.createElement("dialog");
    dialog.className = "enlarged";
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "enlarged-close";
    shut.setAttribute("aria-label", close);
    const large = /** @type {HTMLImageElement} */ (picture.cloneNode());
    for (const name of ["loading", "width", "height", "id"]) large.removeAttribute(name);
    dialog.append(large, shut);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const prepare = () => {
    const pictures = document.querySelectorAll(".content figure img:not(a img, button img)");
    for (const picture of /** @type {NodeListOf<HTMLImageElement>} */ (pictures)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "enlarge";
      button.title = enlarge;
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", () => show(picture));
      picture.replaceWith(button);
      button.append(picture);
    }
  };
  if (typeof HTMLDialogElement === "function") {
    prepare();
    document.addEventListener("notesite:refreshed", prepare);
  }
})();
