// What the dialog (../search.js) has of the search: an answer to what is written, whatever happens.

import { forget, MissingError, start } from "./engine.js";
import { lookFor, rehearse } from "./looking.js";
import { shown } from "./showing.js";

/** @typedef {import("./showing.js").Shown} Shown */

/** @type {(error: unknown, say: Record<string, string>) => Shown} */
const failed = (error, say) => {
  forget();
  if (!(error instanceof MissingError)) console.error(error);
  return { lines: [], chips: [], message: error instanceof MissingError ? say.missing : say.failed, isEmpty: false };
};

/** @type {(written: string, say: Record<string, string>, choose: import("./showing.js").Choose) => Promise<Shown>} */
export const answer = (written, say, choose) => lookFor(written, say).then((looked) => shown(looked, written, say, choose)).catch((error) => failed(error, say));

// With each font that comes the page is laid out anew, a long one for as long as a query takes. The signs
// of one page that was found, such as Greek letters, are likely those of others.
/** @type {(looked: import("./looking.js").Looked) => void} */
const loadFonts = ({ found }) => {
  const dialog = document.querySelector(".search-dialog");
  if (!dialog || !found.length) return;
  const [family] = getComputedStyle(dialog).fontFamily.split(",");
  document.fonts.load(`1em ${family}`, found[0].page.content).catch(console.error);
};

/** @type {(say: Record<string, string>) => Promise<Shown | null>} Load what a query will need; what to show if that fails. */
export const prepare = async (say) => {
  const index = new URL(say.index, document.baseURI);
  try {
    await start(index);
  } catch (error) {
    return failed(error, say);
  }
  rehearse(index, (looked) => {
    shown(looked, looked.query.query, say, () => {});
    loadFonts(looked);
  }).catch(console.error);
  return null;
};
