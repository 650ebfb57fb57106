// Lighthouse's own default for a page: a slow phone on a slow network (“mobile”), all four categories, no audit left out.
// Reads {"addresses": […], "runs": 5, "reports": ""} from its input and prints one line of JSON for each address.
// Asked by run.py, which builds and serves the site.
import { text } from "node:stream/consumers";
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = {
  lcp: "largest-contentful-paint", // ms
  fcp: "first-contentful-paint", // ms
  tbt: "total-blocking-time", // ms
  cls: "cumulative-layout-shift",
  bytes: "total-byte-weight",
};
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

// Another program on the same cores would be measured as well: wait for half a second in which they are half idle, five seconds at most.
async function lull() {
  const times = () => os.cpus().reduce(([idle, all], { times }) => [idle + times.idle, all + Object.values(times).reduce((a, b) => a + b)], [0, 0]);
  for (let turn = 0; turn < 10; turn += 1) {
    const [idle, all] = times();
    await rest(500);
    const [later, whole] = times();
    if ((later - idle) / (whole - all) > 0.5) return;
  }
}

const points = ({ categories }, name) => Math.round(categories[name].score * 100);

// Every audit that counts and is not whole, or could not be asked, with the first thing that it found.
function lost({ categories, audits }) {
  const counted = CATEGORIES.flatMap((name) => categories[name].auditRefs.filter(({ weight }) => weight).map(({ id }) => audits[id]));
  return [...new Set(counted)].filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "error" || (score !== null && score < 1))
    .map(({ id, score, displayValue, errorMessage, details }) => ({ id, score, said: errorMessage || displayValue || "", first: details?.items?.[0]?.node?.snippet || "" }));
}

const { addresses, runs, reports } = JSON.parse(await text(process.stdin));
const chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: FLAGS, ignoreDefaultFlags: false });
try {
  for (const [index, address] of addresses.entries()) {
    let spoiled = 0;
    const results = [], most = Math.floor(runs / 2) + 1;
    const whole = () => results.filter(({ lhr }) => points(lhr, "performance") === 100).length;
    // Once more than half of the runs are at 100, the others cannot move the middle.
    while (results.length < runs && whole() < most) {
      await lull();
      const { lhr, report } = await lighthouse(address, { port: chrome.port, output: "html", logLevel: "error" });
      if (lhr.runtimeError) { // a trace that Chromium could not record: seen on a busy machine
        console.error(`${address}: ${lhr.runtimeError.message}`);
        spoiled += 1;
        if (spoiled > 3) throw new Error(`${address} cannot be measured`);
        continue;
      }
      results.push({ lhr, report });
    }
    // The run in the middle by performance, whole: its figures belong together.
    results.sort((a, b) => a.lhr.categories.performance.score - b.lhr.categories.performance.score);
    const { lhr, report } = results[results.length - most];
    if (reports) await writeFile(path.join(reports, `${index}.html`), report);
    console.log(JSON.stringify({
      address,
      lighthouse: lhr.lighthouseVersion,
      browser: /Chrome\/(\d+)/.exec(lhr.environment.hostUserAgent)[1],
      speed: Math.round(lhr.environment.benchmarkIndex),
      scores: Object.fromEntries(CATEGORIES.map((name) => [name, points(lhr, name)])),
      runs: results.map((result) => points(result.lhr, "performance")),
      metrics: Object.fromEntries(Object.entries(METRICS).map(([name, id]) => [name, lhr.audits[id].numericValue])),
      lost: lost(lhr),
    }));
  }
} finally {
  chrome.kill();
}
