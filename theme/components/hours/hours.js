// Open now? As generator/hours.py answers (the rules are there), at this moment in Helsinki, in the page's words.
(() => {
  "use strict";
  const DAY = 1440;
  const inside = (spans, minute) => spans.find(([opens, ends]) => opens <= minute && minute < ends);

  function answer({ rules, exceptions, holidays, first, last, times, words, weekdays, locale }, today, minute) {
    const date = (offset) => new Date(Date.parse(today) + offset * 864e5);
    const weekday = (offset) => (date(offset).getUTCDay() + 6) % 7;
    const say = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);
    const clock = (at) => times[at > DAY ? at - DAY : at];

    // Hours that are sure, hours to be checked, whether anything is unsure, why, and what it is when it is not open.
    const day = (offset, sure = [], usual = [], unsure, note, rest, open = "open") => {
      const iso = date(offset).toISOString().slice(0, 10);
      const covers = ([from, to]) => from <= iso && iso <= to;
      const other = exceptions.find(covers), all = rules.filter(covers);
      const here = all.filter((rule) => rule[5].includes(weekday(offset)));
      const spans = (kinds) => here.filter((rule) => kinds.includes(rule[4]) && rule[2] >= 0).map((rule) => rule.slice(2, 4));
      const always = here.some((rule) => rule[4] === "a");
      if (!covers([first, last])) return { sure, usual };
      if (other) [, , sure, note] = other, unsure = !sure, sure = sure || [], rest = "closed";
      else if (all[0]) {
        const [check, name] = holidays[iso] || [];
        rest = all.some((rule) => rule[4] === "p") ? "appointment" : "closed";
        if (check === 0) unsure = always, note = name, rest = "closed";
        else {
          sure = spans("wa"), usual = spans("u"), open = always ? "always" : open, unsure = here.some((rule) => rule[4] === "u");
          if (check && !always && (sure[0] || usual[0])) usual = sure.concat(usual), sure = [], unsure = 1, note = name;
        }
      }
      return { sure, usual, unsure, note, rest, open };
    };

    const state = (offset, at) => {
      const now = day(offset), before = day(offset - 1);
      if (inside(now.sure, at) || inside(before.sure, at + DAY)) return [now.open];
      if (!now.unsure && !inside(before.usual, at + DAY)) return [now.rest, now.note];
      const usual = now.usual[0] ? now.usual : before.usual;
      return [usual[0] && "check", (now.unsure ? now : before).note, usual];
    };

    const until = (kind) => {
      const spans = [-1, 0, 1].flatMap((offset) => day(offset).sure.map((span) => span.map((at) => at + DAY * offset)));
      let end = minute, span;
      while ((span = inside(spans, end))) end = span[1];
      const [then] = state(Math.floor(end / DAY), end % DAY);
      return say(end - minute < DAY && then && then !== "check" ? "until" : kind, { time: clock(end) });
    };

    const next = () => {
      for (let offset = 0; offset < 367; offset++) {
        const { sure, unsure, rest } = day(offset);
        if (offset && (unsure || !rest)) break;
        const opens = Math.min(...sure.map((span) => span[0]).filter((opens) => offset || opens > minute));
        if (opens > DAY) continue;
        const days = offset + Math.floor(opens / DAY);
        return say(["today", "tomorrow"][days] || (days < 7 ? "weekday" : "date"), {
          time: clock(opens % DAY),
          weekday: weekdays[weekday(days)],
          date: date(days).toLocaleDateString(locale, { day: "numeric", month: "long", timeZone: "UTC" }),
        });
      }
      return say("later");
    };

    const [kind, note, usual] = state(0, minute);
    if (!kind) return "";
    if (kind === "closed") return `${say(note ? "reason" : kind, { reason: note })} ${next()}`;
    if (usual) return say(note ? "holiday" : kind, { holiday: note, hours: usual.map((span) => span.map(clock).join("–")).join(", ") });
    return kind === "appointment" ? say(kind) : until(kind);
  }

  const show = () => {
    const now = new Date().toLocaleString("sv", { timeZone: "Europe/Helsinki" }); // Swedish writes as ISO does
    for (const line of document.querySelectorAll("[data-hours]")) {
      line.textContent = answer(JSON.parse(line.dataset.hours), now.slice(0, 10), now.slice(11, 13) * 60 + +now.slice(14, 16));
      line.hidden = !line.textContent;
    }
  };
  show();
  setInterval(show, 3e4);
})();
