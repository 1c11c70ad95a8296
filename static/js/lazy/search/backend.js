// Pagefind's WebAssembly, called without Pagefind's script: that makes an object of each page found and
// of each place in it, which takes longer than finding them. Text and bytes go in and come out by where
// they are in its memory.

import { encoded } from "./cbor.js";

/** @typedef {{ w: number, s: number, l: number }} RawPlace Weight, balanced score, location. */

/** @typedef {{ p: string, s: number, l: RawPlace[] }} RawResult A page's id, its score, its places. */

/** @typedef {{ results: RawResult[], unfiltered_total: number, search_keywords?: string[] }} RawAnswer */

/** @typedef {{ term: string, written: string, isExact: boolean }} Term A query as Pagefind has it: `term` without accents. */

/** @typedef {Record<string, (...given: unknown[]) => any> & { memory: WebAssembly.Memory, __wbindgen_externrefs: WebAssembly.Table }} Exports */

/** How many numbers `search` takes in the releases that are known: another would be misunderstood. */
const ARGUMENTS = 11;

/** What is known of an index without pages: release, pages, pieces, filters, orders, fields. */
const EMPTY = encoded(["", [], [], [], [], ["title"]]);

const encoder = new TextEncoder(), decoder = new TextDecoder();

export class Backend {
  /** @type {Exports} */
  #wasm;

  /** Where the index is in memory, and an empty one that tells stems. */
  #index = 0;

  #stemming = 0;

  /** @param {Exports} exports */
  constructor(exports) {
    if (exports.search.length !== ARGUMENTS) throw new Error("This release of Pagefind is called otherwise");
    this.#wasm = exports;
  }

  /** @type {(content: Uint8Array<ArrayBuffer>) => Promise<Backend>} */
  static async from(content) {
    /** @type {Exports} */
    let wasm;
    // What wasm-bindgen wants to begin with, whatever the program.
    const prepare = () => {
      const table = wasm.__wbindgen_externrefs;
      const first = table.grow(4);
      table.set(0, undefined);
      [undefined, null, true, false].forEach((value, at) => table.set(first + at, value));
    };
    const imports = { "./pagefind_web_bg.js": { __wbindgen_init_externref_table: prepare } };
    const { instance } = await WebAssembly.instantiate(content, imports);
    wasm = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
    wasm.__wbindgen_start();
    return new Backend(wasm);
  }

  /** @type {(bytes: Uint8Array) => [number, number]} Put in memory: where, and how long. */
  #put(bytes) {
    const at = this.#wasm.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.#wasm.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  }

  /** @param {string} text */
  #say(text) {
    return this.#put(encoder.encode(text));
  }

  /** @type {(answer: [number, number]) => any} What it answers, which is JSON. */
  #read([at, length]) {
    const text = decoder.decode(new Uint8Array(this.#wasm.memory.buffer, at >>> 0, length >>> 0));
    this.#wasm.__wbindgen_free(at, length, 1);
    return JSON.parse(text);
  }

  /** @param {number} index */
  #keep(index) {
    if (!index) throw new Error("Pagefind cannot read its index");
    this.#index = index >>> 0;
  }

  /** @type {(meta: Uint8Array, ranking: Record<string, number>) => void} Begin with what is known of the index as a whole. */
  open(meta, ranking) {
    // Stems are told in a mode that tells much else of each page that is found, so that it has none.
    this.#stemming = this.#wasm.enter_playground_mode(this.#wasm.init_pagefind(...this.#put(EMPTY)));
    this.#keep(this.#wasm.init_pagefind(...this.#put(meta)));
    this.#keep(this.#wasm.set_ranking_weights(this.#index, ...this.#say(JSON.stringify(ranking))));
  }

  /** @type {(term: Term) => string[]} What is looked for in the index instead of the words of a term. */
  stems(term) {
    return this.#search(this.#stemming, term, {}).search_keywords ?? [];
  }

  /** @type {(term: string) => string[]} The names of the pieces of the index that a term needs. */
  pieces(term) {
    return this.#read(this.#wasm.request_indexes(this.#index, ...this.#say(term)));
  }

  /** @param {Uint8Array} piece */
  addPiece(piece) {
    this.#keep(this.#wasm.load_index_chunk(this.#index, ...this.#put(piece)));
  }

  /** @param {Uint8Array} filter Instead of the one before of the same name. */
  addFilter(filter) {
    this.#keep(this.#wasm.load_filter_chunk(this.#index, ...this.#put(filter)));
  }

  /** @type {(term: Term, filters: object) => RawAnswer} */
  search(term, filters) {
    return this.#search(this.#index, term, filters);
  }

  /** @type {(index: number, term: Term, filters: object) => RawAnswer} */
  #search(index, { term, written, isExact }, filters) {
    const [words, whole, kept, sort] = [term, written, JSON.stringify(filters), ""].map((text) => this.#say(text));
    return this.#read(this.#wasm.search(index, ...words, ...whole, ...kept, ...sort, isExact, false));
  }
}

/** @type {(query: string) => Term} */
export const readTerm = (query) => {
  const plain = query.replace(/[\p{Pd}\p{Pe}\p{Pf}\p{Pi}\p{Po}\p{Ps}]/gu, "").toLocaleLowerCase();
  const written = plain.replace(/\s{2,}/g, " ").trim();
  return { term: written.normalize("NFD").replace(/\p{M}/gu, ""), written, isExact: /^\s*".+"\s*$/.test(query) };
};
