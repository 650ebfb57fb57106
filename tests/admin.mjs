// Runs theme/admin/format.js as the CMS does: node tests/admin.mjs FOLDER < jobs > answers
//
// A job is { kind, text, value }: the file is read as `kind`; without `value` its own value is written back, else this one,
// in which "_text" is the mark of the text that was read. An answer is { value, text } or { error }.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { formats } = await import(pathToFileURL(`${process.argv[2]}/format.js`).href);
const { kinds, languages, jobs } = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const { kind, text, value } of jobs) {
  try {
    const { fromFile, toFile } = formats(kinds, languages)[kind];
    const read = text === null ? undefined : await fromFile(text.trim());
    const given = value === undefined ? read : marked(value, read);
    answers.push({ value: read, text: `${(await toFile(given)).trim()}\n` });
  } catch (error) {
    answers.push({ error: error.message });
  }
}
process.stdout.write(JSON.stringify(answers));

/** The mark goes where the CMS keeps it: in the object, or in each entry that was there before. */
function marked(value, read) {
  if (Array.isArray(value)) return value.map((item) => ("_text" in item && read[0] ? { ...item, _text: read[0]._text } : item));
  return read ? { ...value, _text: read._text } : value;
}
