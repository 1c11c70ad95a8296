// As much of CBOR (RFC 8949) as Pagefind's files are written in: whole numbers, text and lists.

/** @typedef {number | string | any[]} Value A list is of such values. */

const NUMBER = 0, NEGATIVE = 1, TEXT = 3, LIST = 4;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** @type {(kind: number, argument: number) => number[]} */
const head = (kind, argument) => {
  const first = kind << 5;
  if (argument < 24) return [first | argument];
  const length = [1, 2, 4].find((bytes) => argument < 256 ** bytes) ?? 4;
  const bytes = Array.from({ length }, (_, at) => Math.floor(argument / 256 ** (length - 1 - at)) % 256);
  return [first | 24 + Math.log2(length), ...bytes];
};

/** @type {(value: Value) => number[]} */
const bytesOf = (value) => {
  if (typeof value === "number") return value < 0 ? head(NEGATIVE, -1 - value) : head(NUMBER, value);
  if (typeof value === "string") {
    const text = encoder.encode(value);
    return [...head(TEXT, text.length), ...text];
  }
  return [...head(LIST, value.length), ...value.flatMap(bytesOf)];
};

/** @type {(value: Value) => Uint8Array} */
export const encoded = (value) => Uint8Array.from(bytesOf(value));

/** Reads one value behind the other. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** A number, or how long what follows is: of a text in bytes, of a list in values. */
  number() {
    const first = this.bytes[this.at];
    this.at += 1;
    let argument = first & 31;
    if (argument >= 24) {
      const end = this.at + 2 ** (argument - 24);
      for (argument = 0; this.at < end; this.at += 1) argument = argument * 256 + this.bytes[this.at];
    }
    return first >> 5 === NEGATIVE ? -1 - argument : argument;
  }

  text() {
    const length = this.number();
    this.at += length;
    return decoder.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** @type {<T>(read: () => T) => T[]} */
  list(read) {
    return Array.from({ length: this.number() }, read);
  }

  skip() {
    for (let left = 1; left > 0; left -= 1) {
      const kind = this.bytes[this.at] >> 5;
      const argument = this.number();
      if (kind === TEXT) this.at += argument;
      if (kind === LIST) left += argument;
    }
  }
}
