// The file format of the forms: a file's own text is kept, and only what somebody changed in the form is changed in it.
//
// The CMS asks `fromFile` for a file's values and `toFile` for a file's text from values, and tells neither of them which
// file it is. So the values carry a mark of the text that they were read from, in a field that no form shows; a text is
// never written on the ground of another one. Whatever is written is read once more first: it must say what the form said.

import { Composer, Parser, isMap, isNode, isSeq, visit } from "./yaml/index.js";
import { Splicer, holds, wholeText } from "./splice.js";
import { clean, same, shown } from "./values.js";

export const MARK = "_text";

/**
 * The formats by kind of file. `kinds`: { name: { shape, modeline, like } }; `languages`: the site's. A file of a kind that
 * has `like` (kind → a key that only its files have) may also hold one of those kinds: their files lie in one folder.
 */
export function formats(kinds, languages) {
  const texts = new Map(); // by mark
  const latest = new Map(); // by kind: the mark of the text read last
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { fromFile: (text) => read(text, name), toFile: (value) => written(value, kind, name) }]));

  async function read(given, name) {
    const text = given.endsWith("\n") ? given : given + "\n";
    const root = parsed(text);
    const mark = await hash(text);
    texts.set(mark, text);
    latest.set(name, mark);
    const { shape } = kinds[kindOf(root, name)];
    const empty = shape.kind === "list" ? [] : {};
    const value = root === null ? empty : shown(root, shape, languages);
    if (value === undefined) throw new Error("The file does not hold what it should; mend it in the file itself.");
    return shape.kind === "list" ? value.map((item) => ({ ...item, [MARK]: mark })) : { ...value, [MARK]: mark };
  }

  /** The kind of a file whose folder holds several. */
  function kindOf(root, name) {
    const like = Object.entries(kinds[name].like ?? {});
    return like.find(([, key]) => isMap(root) && root.has(key))?.[0] ?? (like.length ? kinds[name].otherwise : name);
  }

  function written(value, { shape, modeline }, name) {
    const wanted = clean(value, shape, languages);
    const marks = [...new Set((Array.isArray(value) ? value : [value]).map((part) => part?.[MARK]).filter(Boolean))];
    if (marks.length > 1) throw new Error("The file was changed by somebody else meanwhile; open it anew.");
    // A vocabulary is one file; it may have no entry left, or none yet, that could carry the mark.
    if (!marks.length && shape.kind === "list" && latest.has(name)) marks.push(latest.get(name));
    const text = texts.get(marks[0]);
    if (marks.length && text === undefined) throw new Error("The file was changed since this draft was written; open it anew.");
    const made = text === undefined ? `${modeline}\n${wanted ? wholeText(wanted, shape, languages) : "[]\n"}` : changed(text, shape, wanted);
    const again = parsed(made);
    if (!same(again === null ? undefined : clean(shown(again, shape, languages), shape, languages), wanted)) {
      throw new Error("The change cannot be written safely from a form; make it in the file itself.");
    }
    return made;
  }

  function changed(text, shape, wanted) {
    const root = parsed(text);
    if (root === null) return wanted ? text + wholeText(wanted, shape, languages) : text;
    if (same(clean(shown(root, shape, languages), shape, languages), wanted)) return text;
    if (root.flow && !root.items.length) return text.slice(0, root.range[0]) + wholeText(wanted, shape, languages) + text.slice(root.range[1]).trimStart();
    if (root.flow) throw new Error("The whole file stands in brackets; change it in the file itself.");
    if (wanted === undefined) return text.slice(0, root.range[0]) + "[]\n";
    return new Splicer(text, languages).document(root, shape, wanted);
  }
}

/** The root node of a YAML text whose every scalar is a text; null for one without content. Throws what a form cannot keep whole. */
function parsed(text) {
  const tokens = [...new Parser().parse(text)];
  const documents = [...new Composer({ schema: "failsafe", keepSourceTokens: true, merge: false }).compose(tokens)];
  const [document] = documents;
  const problem = documents.flatMap(({ errors }) => errors)[0];
  if (problem) throw problem;
  if (documents.length > 1) throw new Error("The file holds several YAML documents; mend it in the file itself.");
  if (tokens.some((token) => holds(token, ["anchor", "alias", "tag", "explicit-key-ind"]))) {
    throw new Error("The file has a YAML anchor, alias, tag or question mark; mend it in the file itself.");
  }
  visit(document, {
    Pair(_, pair) {
      if (!isNode(pair.value) || typeof pair.key?.value !== "string") throw new Error("The file has a key without a colon, or a list as a key; mend it in the file itself.");
    },
  });
  const root = document?.contents ?? null;
  if (root === null || isMap(root) || isSeq(root)) return root;
  if (root.value === "" || root.value === null) return null;
  throw new Error("The file holds one text instead of keys; mend it in the file itself.");
}

async function hash(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
