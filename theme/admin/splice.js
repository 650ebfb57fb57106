// A file's text with other values in it: what did not change keeps its bytes, with comments, quotes, order and blank lines.
//
// A block mapping or list is cut into segments of whole lines, one for each child with the comments above it; a child that
// stays is put back as it was, a changed one is rewritten inside, a new one is laid out, one that is gone takes its comments
// along but for those that a blank line sets apart.

import { isMap, isScalar, isSeq } from "./yaml/index.js";
import { flowLines, flowScalar, itemLines, lines, pairLines } from "./layout.js";
import { scalar, styleOf, valueLines } from "./scalars.js";
import { below, clean, isBlank, isMapping, keysOf, matched, same, shown } from "./values.js";

const STYLES = { PLAIN: "", QUOTE_SINGLE: "'", QUOTE_DOUBLE: '"', BLOCK_LITERAL: "|", BLOCK_FOLDED: ">" };

export class Splicer {
  constructor(text, languages) {
    this.text = text;
    this.languages = languages;
  }

  /** The whole text with `wanted` (cleaned) as the value of its root. */
  document(root, shape, wanted) {
    const from = this.lineStart(this.starts(root)[0]);
    return this.text.slice(0, from) + this.value(root, shape, wanted, from, this.text.length, 0);
  }

  /** The text from `from` to `to`, in which a node stands whose parent is at column `indent`, with another value. */
  value(node, shape, wanted, from, to, indent) {
    if (same(this.known(node, shape), wanted)) return this.text.slice(from, to);
    if (isScalar(node)) return this.scalar(node, shape, wanted, from, to, indent);
    if (node.flow) return this.flow(node, shape, wanted, from, to, indent);
    return this.block(node, shape, wanted, from, to);
  }

  known(node, shape) {
    const value = shown(node, shape, this.languages);
    return value === undefined ? undefined : clean(value, shape, this.languages);
  }

  /** Whether a form can have another value for the node at all, rather than leave it alone. */
  isShown(node, shape) {
    return shape !== undefined && shown(node, shape, this.languages) !== undefined;
  }

  // One scalar

  scalar(node, shape, wanted, from, to, indent) {
    let [start, end] = node.range;
    const old = STYLES[node.type];
    const block = old === "|" || old === ">";
    const ends = block && node.value.endsWith("\n");
    const style = styleOf(wanted, old, shape.scalar, false, ends);
    let deep = indent + 2;
    let comment = "";
    if (block) {
      const [head, ...body] = this.text.slice(start, end).split("\n");
      comment = /(?<=\s)#.*/.exec(head)?.[0] ?? "";
      deep = body.find((line) => line.trim())?.search(/\S/) ?? deep;
      end -= this.text[end - 1] === "\n" ? 1 : 0;
      // Blank lines after a block are not its text.
      while (end > start && /\n[ \t]*$/.test(this.text.slice(start, end))) end = this.text.lastIndexOf("\n", end - 1);
    } else if (style === "|" || style === ">") {
      comment = /^[ \t]+(#.*)/.exec(this.text.slice(end, this.lineEnd(end)))?.[1] ?? "";
      if (comment) end = this.lineEnd(end) - 1;
    }
    const [first, ...rest] = valueLines(wanted, style, deep, block ? ends : undefined);
    const gap = /\s/.test(this.text[start - 1]) ? "" : " ";
    const after = this.text.slice(end, to);
    return this.text.slice(from, start) + gap + [first + (comment ? ` ${comment}` : ""), ...rest].join("\n") + (after.startsWith("#") ? " " : "") + after;
  }

  // Mappings and lists in brackets

  flow(node, shape, wanted, from, to, indent) {
    const [start, end] = node.range;
    if (holds(node.srcToken, ["comment"], end)) throw new Error("A list in brackets has a comment inside; change it in the file itself.");
    const line = this.text.slice(this.lineStart(start), start);
    const brackets = isMap(node) ? "{}" : "[]";
    const made = flowLines(line, this.flowParts(node, shape, wanted), brackets, indent).join("\n").slice(line.length);
    return this.text.slice(from, start) + made + this.text.slice(end, to);
  }

  flowParts(node, shape, wanted) {
    if (isSeq(node)) {
      const old = node.items.map((item) => this.known(item, shape.item));
      const from = matched(old, wanted);
      return wanted.map((item, at) => this.flowPart(from[at] < 0 ? undefined : node.items[from[at]], shape.item, item));
    }
    const kept = node.items.flatMap((pair) => {
      const inner = below(shape, pair.key.value, this.languages);
      const source = this.text.slice(...pair.key.range.slice(0, 2));
      if (!this.isShown(pair.value, inner)) return [[pair.key.value, `${source}: ${this.text.slice(...pair.value.range.slice(0, 2))}`]];
      const value = wanted?.[pair.key.value];
      return value === undefined ? [] : [[pair.key.value, `${source}: ${this.flowPart(pair.value, inner, value)}`]];
    });
    for (const [key, value] of Object.entries(wanted ?? {}).filter(([key]) => !node.items.some((pair) => pair.key.value === key))) {
      const at = this.place(kept.map(([known]) => known), key, shape);
      kept.splice(at, 0, [key, `${scalar(key, "", true)}: ${this.flowPart(undefined, below(shape, key, this.languages), value)}`]);
    }
    return kept.map(([, part]) => part);
  }

  flowPart(node, shape, wanted) {
    if (node && same(this.known(node, shape), wanted)) return this.text.slice(...node.range.slice(0, 2));
    if (shape.kind === "scalar") return flowScalar(wanted, shape, node ? STYLES[node.type] : "");
    if (node && !isScalar(node)) {
      const parts = this.flowParts(node, shape, wanted).join(", ");
      return isMap(node) ? `{${parts}}` : `[${parts}]`;
    }
    if (!isMapping(shape)) return `[${wanted.map((item) => this.flowPart(undefined, shape.item, item)).join(", ")}]`;
    const parts = Object.entries(wanted).map(([key, part]) => `${scalar(key, "", true)}: ${this.flowPart(undefined, below(shape, key, this.languages), part)}`);
    return `{${parts.join(", ")}}`;
  }

  // Mappings and lists of lines

  block(node, shape, wanted, from, to) {
    const { segments, tail } = this.segments(node, from, to);
    const starts = this.starts(node);
    const indent = starts[0] - this.lineStart(starts[0]);
    const beside = from !== this.lineStart(from); // `- key: value`: the first child has no line of its own
    const made = isMap(node) ? this.pairs(node, shape, wanted, segments, indent) : this.items(node, shape, wanted, segments, indent);
    const first = beside ? " ".repeat(indent) : "";
    const joined = made.map((part) => (typeof part === "string" ? part : (part.at === 0 ? first : "") + part.text)).join("");
    return (beside ? joined.replace(/^(?:[ \t]*\n)+/, "").slice(indent) : joined) + this.text.slice(tail, to);
  }

  pairs(node, shape, wanted, segments, indent) {
    const made = [];
    const left = new Set(Object.keys(wanted ?? {}));
    node.items.forEach((pair, at) => {
      const key = pair.key.value;
      const inner = below(shape, key, this.languages);
      const value = wanted?.[key];
      const [from, to] = segments[at];
      left.delete(key);
      if (!this.isShown(pair.value, inner)) {
        if (value !== undefined) throw new Error(`“${key}” is written in a way that a form cannot change; change it in the file itself.`);
        made.push({ key, at, text: this.text.slice(from, to) });
      } else if (value !== undefined || this.staysWithout(pair.value, inner)) {
        made.push({ key, at, text: this.pair(pair, inner, value, from, to, indent) });
      } else made.push({ key, at, text: this.setApart(from, this.lineStart(pair.key.range[0])), gone: true });
    });
    for (const key of left) {
      const at = this.place(made.map((part) => part.key), key, shape);
      made.splice(at, 0, { key, text: ended(pairLines(key, wanted[key], below(shape, key, this.languages), indent, this.languages)) });
    }
    return made.map((part) => (part.gone ? part.text : part));
  }

  /** Whether a key stays although its value is empty: it was empty before, or holds what the form does not show. */
  staysWithout(node, shape) {
    return this.known(node, shape) === undefined || this.hides(node, shape);
  }

  hides(node, shape) {
    if (!isMap(node)) return false; // whoever empties a list means its items
    return node.items.some((pair) => {
      const inner = below(shape, pair.key.value, this.languages);
      return !this.isShown(pair.value, inner) || this.hides(pair.value, inner);
    });
  }

  pair(pair, shape, wanted, from, to, indent) {
    const node = pair.value;
    const fits = shape.kind === "scalar" ? isScalar(node) : !isScalar(node);
    if (same(this.known(node, shape), wanted) || (wanted === undefined && isScalar(node))) return this.text.slice(from, to);
    if (!fits) {
      // `alert:` without a value gets one that needs lines of its own.
      const start = this.lineStart(pair.key.range[0]);
      const comment = /#.*/.exec(this.text.slice(node.range[0], this.lineEnd(node.range[0])))?.[0];
      const [first, ...rest] = pairLines(pair.key.value, wanted, shape, indent, this.languages);
      return (from > start ? first.trimStart() : this.text.slice(from, start) + first) + (comment ? ` ${comment}` : "") + "\n" + ended(rest) + this.text.slice(this.lineEnd(node.range[0]), to);
    }
    const inside = this.inside(node, pair.key.range[1]);
    return this.text.slice(from, inside) + this.value(node, shape, wanted, inside, to, indent);
  }

  items(node, shape, wanted, segments, indent) {
    const old = node.items.map((item) => this.known(item, shape.item));
    const from = matched(old, wanted);
    const dashes = this.starts(node);
    const made = [];
    const apart = old.map((_, at) => (from.includes(at) ? "" : this.setApart(segments[at][0], this.lineStart(dashes[at]))));
    const stay = old.map((_, at) => at).filter((at) => from.includes(at));
    wanted.forEach((item, at) => {
      if (from[at] < 0) {
        made.push(ended(itemLines(item, shape.item, indent, this.languages)));
        return;
      }
      const [start, end] = segments[from[at]];
      // Comments that are kept of items that are gone stand above the next one that stays.
      const previous = stay[stay.indexOf(from[at]) - 1] ?? -1;
      made.push(apart.slice(previous + 1, from[at]).join(""));
      made.push({ at: from[at], text: this.item(node.items[from[at]], shape.item, item, start, end, dashes[from[at]], indent) });
    });
    return [...made, apart.slice((stay.at(-1) ?? -1) + 1).join("")];
  }

  item(node, shape, wanted, from, to, dash, indent) {
    if (same(this.known(node, shape), wanted)) return this.text.slice(from, to);
    const fits = shape.kind === "scalar" ? isScalar(node) : !isScalar(node);
    if (!fits) return this.text.slice(from, this.lineStart(dash)) + ended(itemLines(wanted, shape, indent, this.languages)) + this.text.slice(this.lineEnd(dash), to);
    const inside = this.inside(node, dash + 1);
    return this.text.slice(from, inside) + this.value(node, shape, wanted, inside, to, indent);
  }

  // Where things stand

  /** Where a value's own text begins after its key or hyphen: on that line, or on the next with the comments above its first child. */
  inside(node, after) {
    if (isScalar(node) || node.flow) return node.range[0];
    const start = this.starts(node)[0];
    return this.lineStart(start) <= after ? start : this.lineEnd(after);
  }

  /** Where each child begins: its key, or its hyphen. */
  starts(node) {
    if (isMap(node)) return node.items.map((pair) => pair.key.range[0]);
    return node.srcToken.items.flatMap(({ start }) => start.filter(({ type }) => type === "seq-item-ind").map(({ offset }) => offset));
  }

  /** [from, to) of each child with the comments above it, and where the comments after the last one begin. */
  segments(node, from, to) {
    const starts = this.starts(node);
    const indent = starts[0] - this.lineStart(starts[0]);
    const ends = node.items.map((item, at) => {
      const value = isMap(node) ? item.value : item;
      const limit = at + 1 < starts.length ? this.lineStart(starts[at + 1]) : to;
      const end = this.contentEnd(value);
      return this.withDeeper(this.text[end - 1] === "\n" ? end : this.lineEnd(end), limit, indent);
    });
    return { segments: ends.map((end, at) => [at ? ends[at - 1] : from, end]), tail: ends.at(-1) };
  }

  /** Comments that are indented more than the children stay with the child above them. */
  withDeeper(from, to, indent) {
    let found = from;
    for (let at = from; at < to; at = this.lineEnd(at)) {
      const line = this.text.slice(at, this.lineEnd(at));
      if (line.trim() && line.search(/\S/) > indent) found = this.lineEnd(at);
    }
    return found;
  }

  contentEnd(node) {
    if (isScalar(node) || node.flow) return Math.max(node.range[0], node.range[1]);
    const last = node.items.at(-1);
    return this.contentEnd(isMap(node) ? last.value : last);
  }

  /** The comments above a child that is gone which a blank line sets apart from it: they are about something else. */
  setApart(from, start) {
    const above = this.text.slice(from, Math.max(from, start));
    const blank = above.match(/^(?:[^]*\n)?[ \t]*\n/)?.[0] ?? "";
    return blank.includes("#") ? blank : "";
  }

  /** Where a new key goes: after the last of those that stand before it in the model. */
  place(keys, key, shape) {
    const order = keysOf(shape, this.languages);
    const before = keys.findLastIndex((known) => order.includes(known) && order.indexOf(known) < order.indexOf(key));
    return before + 1;
  }

  lineStart(at) {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  /** Behind the line break that comes next. */
  lineEnd(at) {
    const found = this.text.indexOf("\n", at);
    return found < 0 ? this.text.length : found + 1;
  }
}

const ended = (made) => made.map((line) => `${line}\n`).join("");

/** Whether a token of the YAML reader, or one inside it that begins before `end`, is of one of the types. */
export function holds(token, types, end = Infinity) {
  if (!token || typeof token !== "object") return false;
  if (types.includes(token.type) && token.offset < end) return true;
  return Object.values(token).some((part) => (Array.isArray(part) ? part.some((inner) => holds(inner, types, end)) : holds(part, types, end)));
}

/** A new file's lines. */
export const wholeText = (wanted, shape, languages) => ended(lines(wanted, shape, 0, languages));
