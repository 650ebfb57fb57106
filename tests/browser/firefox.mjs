// Opens the site in Firefox over WebDriver BiDi and says what it saw, as JSON: `node firefox.mjs ADDRESS FIREFOX PATH…`.
// What leaves this machine goes to a proxy that is not there. Ends by itself within two minutes.
import puppeteer from "puppeteer-core";

const [address, executablePath, ...paths] = process.argv.slice(2);
const WEATHER = "https://www.ilmatieteenlaitos.fi/";
const nowhere = { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "network.proxy.no_proxies_on": "127.0.0.1" };

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 30000, extraPrefsFirefox: nowhere });
const late = setTimeout(() => {
  console.error("Firefox took too long");
  browser.process()?.kill("SIGKILL");
  process.exit(3);
}, 100000);
const seen = { version: await browser.version(), pages: [], found: 0, left: null, back: null };
try {
  for (const path of paths) {
    const page = await browser.newPage();
    page.setDefaultTimeout(15000);
    const errors = [];
    page.on("console", (message) => ["error", "warn"].includes(message.type()) && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(address + path, { waitUntil: "load" });
    const facts = await page.evaluate(() => {
      const exit = document.querySelector("a[data-exit]");
      const box = exit.getBoundingClientRect();
      return {
        language: document.documentElement.lang,
        title: document.title,
        heading: document.querySelector("h1").textContent.trim(),
        styled: getComputedStyle(document.querySelector("main")).display !== "" && document.styleSheets.length > 0,
        wide: document.documentElement.scrollWidth > innerWidth,
        exit: exit.href,
        exitOnTop: document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("a[data-exit]") === exit,
        stored: [localStorage.length, sessionStorage.length, document.cookie.length],
      };
    });
    seen.pages.push({ path, errors, ...facts });
    await page.close();
  }
  // The finder finds.
  const finder = await browser.newPage();
  finder.setDefaultTimeout(20000);
  await finder.goto(`${address}fi/haku/#q=turvakoti`, { waitUntil: "load" });
  await finder.waitForSelector("[data-results][data-query='turvakoti'] [data-service]");
  seen.found = await finder.evaluate(() => document.querySelectorAll("[data-results] [data-service]").length);
  await finder.close();
  // The exit leaves: this tab and a new one show the weather, or would.
  const page = await browser.newPage();
  await page.goto(address + paths[1], { waitUntil: "load" });
  await page.goto(address + paths.at(-1), { waitUntil: "load" });
  await page.evaluate(() => document.querySelector("a[data-exit]").click()).catch(() => {});
  for (let turn = 0; turn < 60 && !decodeURIComponent(page.url()).includes(WEATHER); turn += 1) await new Promise((done) => setTimeout(done, 100));
  seen.left = decodeURIComponent(page.url()); // the error page of a proxy that is not there names the address in its own
  // Back shows the neutral sheet, though Firefox keeps pages as they were in its back-forward cache.
  page.goBack().catch(() => {}); // from that cache nothing is loaded that it could wait for
  const looked = () => page.evaluate(() => [document.title, document.querySelectorAll(".curtain").length, document.querySelectorAll("main").length]);
  for (let turn = 0; turn < 60 && seen.back?.[0] !== "Sää"; turn += 1) {
    await new Promise((done) => setTimeout(done, 100));
    seen.back = await looked().catch(() => null);
  }
} finally {
  clearTimeout(late);
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 5000))]);
  if (browser.process()?.exitCode === null) browser.process().kill("SIGKILL");
}
console.log(JSON.stringify(seen));
process.exit(0);
