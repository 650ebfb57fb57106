// One scalar as YAML text, by the same rules as generator/yamltext.py: what the form writes is what `apupolku format` would.

export const WIDTH = 100; // as in generator/layout.py
const LONG = 200; // as in generator/formatting.py: from here on, a text on one line is wrapped as a block
const FIRST = new Set("-?:,[]{}#&*!|>'\"%@`");
const FLOW = /[,?:[\]{}]/;
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]/u;
// What readers of YAML 1.1 (PyYAML's own rules) and of the core schema of 1.2 take for something other than text.
const SEEN = [
  ["bool", /^(?:yes|no|true|false|on|off|Yes|No|True|False|On|Off|YES|NO|TRUE|FALSE|ON|OFF|[yYnN])$/],
  ["float", /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  ["int", /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/],
  ["null", /^(?:~|null|Null|NULL|)$/],
  ["timestamp", /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/],
  ["other", /^(?:<<|=)$/],
  ["number", /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
];
const SAME = { "yes-no": "bool", age: "int", date: "timestamp" }; // where the model means what another reader would see

/** How many characters a text has; letters outside the basic plane count as one, as in Python. */
export const size = (text) => [...text].length;

export const seenAs = (text) => SEEN.find(([, pattern]) => pattern.test(text))?.[0] ?? "str";

function canBePlain(text, flow) {
  if (!text || text !== text.trim() || UNSEEN.test(text) || FIRST.has(text[0]) || text.startsWith("---") || text.startsWith("...")) return false;
  if (text.includes(": ") || text.includes(" #") || text.endsWith(":")) return false;
  return !flow || !FLOW.test(text);
}

function escaped(char) {
  if (char === '"' || char === "\\") return "\\" + char;
  if (!UNSEEN.test(char)) return char;
  const known = { "\n": "\\n", "\t": "\\t", "\r": "\\r" }[char];
  const number = char.codePointAt(0);
  const hex = (width) => number.toString(16).toUpperCase().padStart(width, "0");
  return known ?? (number < 0x100 ? "\\x" + hex(2) : number < 0x10000 ? "\\u" + hex(4) : "\\U" + hex(8));
}

/** The text on one line: plain where it can be and `style` ("'" or '"') asks for no quotes. */
export function scalar(text, style, flow) {
  if (!text && !style && !flow) return "";
  if (style !== "'" && style !== '"' && canBePlain(text, flow)) return text;
  const single = style === "'" || (style !== '"' && /["\\]/.test(text) && !text.includes("'"));
  if (single && !UNSEEN.test(text)) return "'" + text.replaceAll("'", "''") + "'";
  return '"' + [...text].map(escaped).join("") + '"';
}

const steady = (line) => !UNSEEN.test(line) && line === line.trimEnd();

function canBeLiteral(body) {
  const lines = body.split("\n");
  return lines[0] !== "" && lines.at(-1) !== "" && lines.every(steady) && lines[0] === lines[0].trimStart();
}

const canBeFolded = (body) => body !== "" && steady(body) && !body.includes("  ") && body === body.trimStart();

/** The style of a text that had `style` before ("" for a new one): "", "'", '"', "|" or ">". `ends`: it ended with a line break. */
export function styleOf(text, style, type, flow, ends = false) {
  const quoted = style === "'" || style === '"' ? style : "";
  if (!flow) {
    if (text.includes("\n") && canBeLiteral(text)) return "|";
    if (size(text) > (style === ">" ? WIDTH : LONG) && canBeFolded(text)) return ">";
    if (ends && canBeLiteral(text)) return "|";
  }
  if (quoted || !text) return quoted;
  const seen = seenAs(text);
  return seen === "str" || SAME[type] === seen ? "" : '"';
}

function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last && size(last) + 1 + size(word) > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/** The lines of a value that begins after `key: ` or `- `; those after the first are indented by `indent` spaces. */
export function valueLines(text, style, indent, ends = style === "|") {
  if (style !== "|" && style !== ">") return [scalar(text, style, false)];
  const body = style === "|" ? text.split("\n") : wrapped(text, WIDTH - indent);
  return [ends ? style : `${style}-`, ...body.map((line) => (line ? " ".repeat(indent) + line : ""))];
}
