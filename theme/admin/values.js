// What a form shows of a file, and what it gives back: plain values by the model's shapes, every scalar a text.
//
// A shape is { kind, scalar, item, keys } as generator/shape.py has it; a map of words per language also has its languages. What the model does not know at its place, what does
// not fit there and what tools keep (stamps) is not shown, and so cannot be changed by a form.

import { isMap, isScalar, isSeq } from "./yaml/index.js";

const PLAIN = { kind: "scalar", scalar: "plain" };

export const isMapping = (shape) => ["object", "text", "words"].includes(shape.kind);

/** The keys of a mapping in the order of a file. */
export const keysOf = (shape, languages) => (shape.kind === "object" ? Object.keys(shape.keys) : shape.languages ?? languages);

/** The shape of a key's value; undefined where a form does not show it. */
export function below(shape, key, languages) {
  const found = shape.kind === "object" ? (Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined) : keysOf(shape, languages).includes(key) ? shape.item ?? PLAIN : undefined;
  return found && (isMapping(found) || found.kind === "list" || found.kind === "scalar") ? found : undefined;
}

/** Whether nothing is written there: `uk:` without a value. */
export const isBlank = (node) => isScalar(node) && node.type === "PLAIN" && node.value === "";

function canonical(text, shape) {
  const trimmed = text.replaceAll(/\r\n?/g, "\n").trim();
  if (shape.scalar !== "yes-no") return trimmed;
  const word = trimmed.toLowerCase();
  return { true: "yes", false: "no" }[word] ?? word;
}

/** A choice that is written twice is shown once: the CMS cannot show it twice. */
const distinct = (items, shape) => (["id", "choice", "language"].includes(shape.item.scalar) ? [...new Set(items)] : items);

/** What a form shows of a node; undefined where it does not fit the shape and must be left alone. */
export function shown(node, shape, languages) {
  if (shape.kind === "scalar") return isScalar(node) ? canonical(String(node.value ?? ""), shape) : undefined;
  if (shape.kind === "list") {
    if (isBlank(node)) return [];
    const items = isSeq(node) ? node.items.map((item) => shown(item, shape.item, languages)) : [undefined];
    return items.includes(undefined) ? undefined : distinct(items, shape);
  }
  if (isBlank(node)) return {};
  if (!isMap(node)) return undefined;
  const value = {};
  for (const pair of node.items) {
    const inner = below(shape, pair.key.value, languages);
    const part = inner && shown(pair.value, inner, languages);
    if (part !== undefined) value[pair.key.value] = part;
  }
  return value;
}

/** A form's value without what a form adds by itself (empty texts, lists, objects, keys of its own); undefined when nothing is left. */
export function clean(value, shape, languages) {
  if (value === null || value === undefined) return undefined;
  if (shape.kind === "scalar") {
    if (typeof value === "object") throw new Error("The form gave back a list or an object where there is one value.");
    return canonical(String(value), shape) || undefined;
  }
  if (shape.kind === "list") {
    if (value === "") return undefined;
    if (!Array.isArray(value)) throw new Error("The form gave back one value where there is a list.");
    const items = value.map((item) => clean(item, shape.item, languages)).filter((item) => item !== undefined);
    return items.length ? distinct(items, shape) : undefined;
  }
  if (value === "") return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw new Error("The form gave back one value where there is an object.");
  const kept = {};
  for (const key of keysOf(shape, languages)) {
    const inner = below(shape, key, languages);
    const part = inner && Object.hasOwn(value, key) ? clean(value[key], inner, languages) : undefined;
    if (part !== undefined) kept[key] = part;
  }
  return Object.keys(kept).length ? kept : undefined;
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function leaves(value, path = "") {
  if (value === undefined) return [];
  return typeof value === "object" ? Object.entries(value).flatMap(([key, part]) => leaves(part, `${path}.${key}`)) : [`${path}=${value}`];
}

/** Which old item each new one was (an index, or -1 for a new one): equal ones first, then those most alike, then by place. */
export function matched(old, wanted) {
  const found = wanted.map(() => -1);
  const free = new Set(old.keys());
  const take = (at, from) => {
    found[at] = from;
    free.delete(from);
  };
  wanted.forEach((item, at) => {
    const equal = [...free].filter((from) => same(old[from], item));
    if (equal.length) take(at, equal.includes(at) ? at : equal[0]);
  });
  const pairs = [];
  wanted.forEach((item, at) => {
    if (found[at] >= 0 || typeof item !== "object") return;
    const mine = new Set(leaves(item));
    for (const from of free) {
      const alike = leaves(old[from]).filter((leaf) => mine.has(leaf)).length;
      if (alike) pairs.push([alike, -Math.abs(at - from), at, from]);
    }
  });
  pairs.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  for (const [, , at, from] of pairs) if (found[at] < 0 && free.has(from)) take(at, from);
  // What is left is the same item rewritten where it stands in the same gap between neighbours that stayed.
  const before = (list, at) => list.slice(0, at).findLast((from) => from >= 0) ?? -1;
  wanted.forEach((_, at) => {
    if (found[at] >= 0) return;
    const [previous, next] = [before(found, at), found.slice(at).find((from) => from >= 0) ?? old.length];
    const from = [...free].sort((a, b) => a - b).find((index) => index > previous && index < next);
    if (from !== undefined) take(at, from);
  });
  return found;
}
