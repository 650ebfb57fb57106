// The list for a client. It lives in this page's fragment (#list=ID,ID&lang=uk) and nowhere else: nothing is stored, no
// server is told. With lang the client reads it: another language's page opens, and there is nothing to change.
(() => {
  "use strict";
  const root = document.querySelector("[data-list]");
  const one = (name) => root.querySelector(`[data-${name}]`);
  const chosen = one("chosen"), all = one("all"), client = one("client"), share = one("share"), language = document.documentElement.lang;
  const entries = new Map([...all.children].map((entry) => [entry.dataset.service, entry]));
  const ids = () => [...chosen.children].map((entry) => entry.dataset.service);
  // Opened from a folder there is no server to find index.html.
  const at = (option) => new URL(option.dataset.path + (location.protocol === "file:" ? "index.html" : ""), location);
  const fragment = () => (chosen.children.length ? "#list=" + ids().join() : "");

  for (const entry of entries.values()) {
    entry.append(one("buttons").content.cloneNode(true));
    const name = entry.querySelector(".entry-name").textContent;
    for (const button of entry.querySelectorAll("button")) button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  }

  function read() {
    const parts = new URLSearchParams(location.hash.slice(1)), asked = parts.get("lang");
    const option = [...client.options].find(({ value }) => value === asked);
    if (option && asked !== language) return location.replace(at(option) + location.hash);
    root.classList.toggle("client", asked === language);
    const wanted = (parts.get("list") || "").split(",");
    for (const entry of chosen.querySelectorAll("li")) all.append(entry);
    for (const id of wanted) if (entries.has(id)) chosen.append(entries.get(id));
    if (asked) client.value = asked;
    show();
  }

  function show() {
    const count = chosen.children.length;
    one("status").textContent = root.dataset.count.replace("{count}", count);
    one("tools").hidden = share.hidden = !count;
    one("change").href = fragment();
    // Links to services take the list along, so that more can be added there; so does the switch of languages.
    for (const link of document.querySelectorAll(".entry-name,.languages a")) link.hash = fragment();
    const target = at(client.selectedOptions[0]);
    target.hash = `${fragment()}&lang=${client.value}`;
    one("link").href = target;
    one("address").textContent = target;
    const modules = qr(String(target)), picture = one("picture");
    if (!modules) return picture.replaceChildren(root.dataset.long);
    const size = modules.length + 8, svg = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(svg, "svg");
    image.setAttribute("class", "qr");
    image.setAttribute("viewBox", `0 0 ${size} ${size}`);
    image.setAttribute("shape-rendering", "crispEdges");
    const dark = modules.flatMap((row, y) => row.map((on, x) => (on ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
    for (const [color, path] of [["#fff", `M0 0h${size}v${size}H0z`], ["#000", dark]]) {
      const shape = document.createElementNS(svg, "path");
      shape.setAttribute("fill", color);
      shape.setAttribute("stroke", "none");
      shape.setAttribute("d", path);
      image.append(shape);
    }
    picture.replaceChildren(image);
  }

  root.addEventListener("click", ({ target }) => {
    const act = target.dataset.act, entry = target.closest("li");
    if (!act) return;
    const next = entry.nextElementSibling || entry.previousElementSibling;
    if (act === "add") chosen.append(entry);
    if (act === "remove") all.prepend(entry);
    if (act === "up") entry.previousElementSibling.before(entry);
    if (act === "down") entry.nextElementSibling.after(entry);
    history.replaceState(null, "", fragment() || location.pathname);
    show();
    // What is left in place gets the focus, so that the keyboard stays where it was.
    const visible = (item) => item && [...item.querySelectorAll("button")].find((button) => button.dataset.act === act && button.offsetParent);
    (visible(act === "up" || act === "down" ? entry : next) || [...entry.querySelectorAll("button")].find((button) => button.offsetParent)).focus();
  });
  client.addEventListener("change", show);
  one("filter").addEventListener("input", ({ target }) => {
    const words = target.value.toLowerCase().trim();
    for (const entry of all.children) entry.hidden = !entry.textContent.toLowerCase().includes(words);
  });
  one("filter").hidden = false;
  root.classList.add("ready");
  client.value = language;
  addEventListener("hashchange", read);
  read();
})();
