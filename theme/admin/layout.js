// The lines of what is new in a file, as generator/layout.py and `apupolku format` write them.

import { WIDTH, scalar, size, styleOf, valueLines } from "./scalars.js";
import { below, isMapping } from "./values.js";

const IN_BRACKETS = ["id", "choice", "language"]; // lists of these are short words: [baby, safety]

/** `key: value` at an indentation. */
export function pairLines(key, value, shape, indent, languages) {
  const start = " ".repeat(indent) + scalar(key, styleOf(key, "", "", false), false) + ":";
  if (shape.kind === "scalar") return started(start + " ", value, shape, indent);
  if (isShort(shape)) return flowLines(start + " ", value.map((item) => flowScalar(item, shape.item)), "[]", indent);
  return [start, ...lines(value, shape, indent + 2, languages)];
}

/** The lines of a mapping's or list's children at an indentation. */
export function lines(value, shape, indent, languages) {
  if (isMapping(shape)) return Object.entries(value).flatMap(([key, part]) => pairLines(key, part, below(shape, key, languages), indent, languages));
  return value.flatMap((item) => itemLines(item, shape.item, indent, languages));
}

/** `- value`; a mapping begins beside the hyphen. */
export function itemLines(item, shape, indent, languages) {
  const dash = " ".repeat(indent) + "- ";
  if (shape.kind === "scalar") return started(dash, item, shape, indent);
  const [first, ...rest] = lines(item, shape, indent + 2, languages);
  return [dash + first.slice(indent + 2), ...rest];
}

function started(start, text, shape, indent) {
  const [first, ...rest] = valueLines(text, styleOf(text, "", shape.scalar, false), indent + 2);
  return [(start + first).trimEnd(), ...rest];
}

export const isShort = (shape) => shape.kind === "list" && shape.item.kind === "scalar" && IN_BRACKETS.includes(shape.item.scalar);

export const flowScalar = (text, shape, style = "") => scalar(text, styleOf(text, style, shape.scalar, true), true);

/** A list or mapping in brackets after `start`, broken where a line would grow too long. */
export function flowLines(start, parts, brackets, indent) {
  const made = [];
  let line = start + brackets[0];
  parts.forEach((part, at) => {
    const ended = part + (at < parts.length - 1 ? "," : brackets[1]);
    if (at && size(line) + 1 + size(ended) > WIDTH) {
      made.push(line);
      line = " ".repeat(indent + 2) + ended;
    } else line += (at ? " " : "") + ended;
  });
  return [...made, parts.length ? line : line + brackets[1]];
}
