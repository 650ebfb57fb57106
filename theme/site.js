// The whole script of an ordinary page: leaving quickly, the front page's search field, and pages opened from a folder.
// It stores nothing and asks nothing. Words come from the page (data attributes), so that this file has no language.
(() => {
  "use strict";
  const go = document.querySelector("[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  const MARK = "-"; // kept in window.name, which dies with the tab and is given back only when one goes Back
  const STEP = 5000; // ms between presses
  const HELD = 800; // ms after which a Shift is held, not pressed

  // What is left of the page: a neutral sheet, title and icon. The way back in is a plain link.
  function curtain(loading) {
    const words = go.dataset;
    document.title = words.title;
    const icon = document.querySelector("link[rel=icon]");
    if (icon) icon.href = words.icon;
    const sheet = document.createElement("div");
    sheet.className = "curtain";
    sheet.setAttribute("role", "alert");
    sheet.textContent = loading ? words.loading : words.title;
    for (const field of document.querySelectorAll("input")) field.value = "";
    for (const meta of document.querySelectorAll("meta[name=description],link[rel=canonical],link[rel=alternate]")) meta.remove();
    document.body.replaceChildren(sheet);
    if (!loading) {
      const again = document.createElement("a");
      again.href = words.home;
      again.textContent = words.again;
      sheet.append(again);
    }
  }

  function leave(event) {
    if (event) event.preventDefault();
    window.name = MARK;
    if (others) others.postMessage(0);
    curtain(true);
    window.open(go.href, "_blank", "noopener,noreferrer");
    location.replace(go.href);
  }

  // A page in the back-forward cache has a window.name of its own, from before. Hearing that one has left, the browser drops
  // it from that cache, so that Back loads it anew and the mark is there. A page that is open elsewhere does nothing.
  const others = go && window.BroadcastChannel && new BroadcastChannel("left");
  if (others) others.onmessage = () => {};

  if (go) {
    go.addEventListener("click", leave);

    let presses = 0, down = 0, since = 0, spoiled = false, timer = 0;
    const say = (text) => {
      status.textContent = text;
      status.dataset.lights = presses;
    };
    const forget = (text) => {
      clearTimeout(timer);
      if (presses) { presses = 0; say(text || ""); }
    };
    const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

    addEventListener("keydown", (event) => {
      if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey || typing(document.activeElement)) {
        spoiled = true;
        if (event.key !== "Shift" || !event.repeat) forget();
        return;
      }
      if (event.repeat) { spoiled = true; return; }
      down += 1;
      since = event.timeStamp;
      spoiled = down > 1;
    });
    addEventListener("keyup", (event) => {
      if (event.key !== "Shift") return;
      const alone = down === 1 && !spoiled && event.timeStamp - since < HELD && !typing(document.activeElement);
      down = Math.max(0, down - 1);
      if (!alone) return;
      presses += 1;
      clearTimeout(timer);
      if (presses === 3) { say(go.dataset.loading); leave(); return; }
      say(presses === 1 ? go.dataset.two : go.dataset.one);
      timer = setTimeout(() => forget(go.dataset.expired), STEP);
    });
    addEventListener("blur", () => { down = 0; });
    addEventListener("pointerdown", () => { spoiled = true; forget(); });

    // Coming back after leaving shows the neutral sheet, from the back-forward cache as well as loaded anew.
    addEventListener("pageshow", (event) => {
      const [entry] = performance.getEntriesByType("navigation");
      const back = event.persisted || (entry && entry.type === "back_forward");
      if (window.name !== MARK) return;
      if (back) curtain(false);
      else window.name = "";
    });
  }

  // The front page's field leads to the finder with the words after #, which no server is sent. Without this script the
  // field has no name, so that nothing typed is sent either.
  const ask = document.querySelector("[data-ask]");
  if (ask) {
    ask.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = ask.querySelector("input").value.trim();
      location.href = ask.action + (words ? "#q=" + encodeURIComponent(words) : "");
    });
  }

  // What only a script can do is shown only with one.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // While someone makes a list for a client, it goes along with every link, in the fragment and nowhere else.
  const parts = new URLSearchParams(location.hash.slice(1)), list = parts.get("list"), make = document.querySelector("[data-make]");
  if (list && make && !parts.has("lang")) {
    const offer = () => {
      for (const card of document.querySelectorAll(".card[data-service]:not(:has([data-add]))")) {
        const link = document.createElement("a");
        link.className = "card-add";
        link.href = make.href;
        link.dataset.add = card.dataset.service;
        link.textContent = make.dataset.make;
        card.append(link);
      }
    };
    const carry = ({ target }) => {
      const link = target.closest("a[href]"), id = link && link.dataset.add;
      if (id) link.hash = "list=" + [...new Set([...list.split(","), id])].join();
      else if (link && link.host === location.host && link.protocol === location.protocol && !link.hash) link.hash = "list=" + list;
    };
    for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, carry, true);
    const results = document.querySelector("[data-results]");
    if (results) new MutationObserver(offer).observe(results, { childList: true });
    offer();
  }

  // Opened from a folder there is no server to find index.html.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }
})();
