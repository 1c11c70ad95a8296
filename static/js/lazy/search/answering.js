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

/** @type {(say: Record<string, string>) => Promise<Shown | null>} Load what a query will need; what to show if that fails. */
export const prepare = async (say) => {
  const index = new URL(say.index, document.baseURI);
  try {
    await start(index);
  } catch (error) {
    return failed(error, say);
  }
  rehearse(index, (looked) => { shown(looked, looked.query.query, say, () => {}); }).catch(console.error);
  return null;
};
