// Patching: makes an element of the page like a new one and leaves alone what is alike in both. A
// long note has thousands of formulas, which a browser takes long to lay out anew.
(() => {
  "use strict";

  // What the page's scripts and its reader give to elements that are alike otherwise, and take.
  const PASSING = new Set(["aria-current", "data-far", "open", "tabindex"]);
  // What is never changed inside.
  const WHOLE = "math, svg, script, style, iframe, object, audio, video, canvas";

  // How far ahead something alike is looked for.
  const REACH = 20;

  /** @type {(old: Element, next: Element) => boolean} */
  const haveSameAttributes = (old, next) => {
    const isGiven = (/** @type {Attr} */ { name, value }) => old.getAttribute(name) === value || PASSING.has(name);
    const isKept = (/** @type {Attr} */ { name }) => next.hasAttribute(name) || PASSING.has(name);
    return [...next.attributes].every(isGiven) && [...old.attributes].every(isKept);
  };

  /** @type {(old: Node, next: Node) => boolean} */
  const canBecome = (old, next) => old instanceof Element && next.nodeType === Node.ELEMENT_NODE
    && old.nodeName === next.nodeName && haveSameAttributes(old, /** @type {Element} */ (next));

  /** @type {(old: Node, next: Node) => boolean} */
  const isAlike = (old, next) => {
    if (old.isEqualNode(next)) return true;
    if (!canBecome(old, next) || old.childNodes.length !== next.childNodes.length) return false;
    return [...old.childNodes].every((child, place) => isAlike(child, next.childNodes[place]));
  };

  /** @type {(old: ChildNode, next: ChildNode) => void} */
  const change = (old, next) => {
    if (found.get(next) === old || isAlike(old, next)) return;
    if (canBecome(old, next) && !(/** @type {Element} */ (old).matches(WHOLE))) patch(old, next);
    else old.replaceWith(document.adoptNode(next));
  };

  // The space between two blocks is like any other.
  const isSpace = (/** @type {Node} */ node) => node instanceof Text && node.data.trim() === "";

  const text = (/** @type {Node} */ node) => node.textContent ?? "";

  // Whether one may be kept for the other; what scripts have added to it is taken away then.
  /** @type {(old: Node, next: Node) => boolean} */
  const isMeant = (old, next) => {
    if (isAlike(old, next)) {
      found.set(next, old);
      return true;
    }
    return canBecome(old, next) && text(next).trim() !== "" && text(old).startsWith(text(next));
  };

  // What was found to be alike, which takes long in a long note and need not be asked again.
  /** @type {WeakMap<Node, Node>} */
  const found = new WeakMap();

  /** @type {(next: Node, olds: ChildNode[], from: number, to: number) => number} */
  const placeOf = (next, olds, from, to) => {
    const end = Math.min(to, isSpace(next) ? from + 1 : from + REACH);
    for (let place = from; place < end; place += 1) {
      if (isMeant(olds[place], next)) return place;
    }
    return -1;
  };

  // Puts one stretch of nodes in the place of another, which ends where `after` is.
  /** @type {(parent: Node, going: ChildNode[], coming: ChildNode[], after: Node | null) => void} */
  const exchange = (parent, going, coming, after) => {
    if (going.length === coming.length) {
      going.forEach((each, place) => change(each, coming[place]));
      return;
    }
    going.forEach((each) => each.remove());
    coming.forEach((each) => parent.insertBefore(document.adoptNode(each), after));
  };

  /** @type {(old: Node, next: Node) => void} */
  const patch = (old, next) => {
    const [olds, nexts] = [[...old.childNodes], [...next.childNodes]];
    const most = Math.min(olds.length, nexts.length);
    let same = 0;
    while (same < most && isAlike(olds[olds.length - 1 - same], nexts[nexts.length - 1 - same])) same += 1;
    const [oldEnd, nextEnd] = [olds.length - same, nexts.length - same];
    let [from, start] = [0, 0];
    for (let number = 0; number < nextEnd; number += 1) {
      const place = placeOf(nexts[number], olds, from, oldEnd);
      if (place >= 0) {
        exchange(old, olds.slice(from, place), nexts.slice(start, number), olds[place]);
        change(olds[place], nexts[number]);
        [from, start] = [place + 1, number + 1];
      }
    }
    exchange(old, olds.slice(from, oldEnd), nexts.slice(start, nextEnd), olds[oldEnd] ?? null);
  };

  Object.assign(globalThis, { notesitePatch: patch });
})();
