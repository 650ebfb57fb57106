// The page of the forms: our file format and the forms that were made from the model, given to Sveltia CMS.

import CMS from "./sveltia-cms/npm/index.js";
import { formats } from "./format.js";

const answer = await fetch("config.json");
const { configuration, kinds, languages } = await answer.json();
for (const [kind, format] of Object.entries(formats(kinds, languages))) CMS.registerCustomFormat(`apupolku-${kind}`, "yaml", format);
CMS.init({ config: configuration });
