// The site's own commands in a query, written out: the index has formulas as they are set.

/** @typedef {Record<string, [number, string]>} Macros By name how many arguments a macro takes, and its body. */

const MOST_STEPS = 100;

/** @type {(text: string, at: number) => [string, number]} What stands at a place as an argument, and where it ends. */
const argumentAt = (text, at) => {
  let start = at;
  while (text[start] === " ") start += 1;
  if (text[start] !== "{") {
    const [token = ""] = /^(?:\\[A-Za-z]+|\\?.)/u.exec(text.slice(start)) ?? [];
    return [token, start + token.length];
  }
  let end = start, depth = 0;
  do {
    if (text[end] === "{") depth += 1;
    if (text[end] === "}") depth -= 1;
    end += 1;
  } while (depth > 0 && end < text.length);
  return [text.slice(start + 1, depth > 0 ? end : end - 1), end];
};

/** @type {(query: string, macros: Macros) => string} */
export const expanded = (query, macros) => {
  const command = /\\([A-Za-z]+)/g;
  let text = query;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const found = command.exec(text);
    if (!found) break;
    if (!Object.hasOwn(macros, found[1])) continue;
    const [count, body] = macros[found[1]];
    let end = command.lastIndex;
    const given = Array.from({ length: count }, () => {
      const [argument, behind] = argumentAt(text, end);
      end = behind;
      return argument;
    });
    const written = body.replace(/#(\d)/g, (_, number) => given[number - 1] ?? "");
    text = `${text.slice(0, found.index)}${written} ${text.slice(end)}`;
    command.lastIndex = found.index;
  }
  return text;
};

/** @type {(address: URL) => Promise<Macros>} */
export const loadMacros = async (address) => {
  const answered = await fetch(address);
  if (!answered.ok) throw new Error(`${answered.status} ${address}`);
  return answered.json();
};
