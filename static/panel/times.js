// Times as people read them: the agent's own clock, and "4 s ago", once a second. The page itself holds absolute times only,
// so that an unchanged visit stays an unchanged page.
(() => {
  "use strict";
  const lpc = (window.lpc ??= {});
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
  const year = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

  // How far the server's clock is ahead of this machine's, in ms; panel.js learns it from the answers.
  lpc.skew = 0;
  lpc.now = () => Date.now() + lpc.skew;

  const tellLength = (ms) => {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds < 60) return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} min`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
  };
  lpc.tellAgo = (ms) => `${tellLength(ms)} ago`;

  const tellClock = (at, now) => {
    const then = new Date(at), today = new Date(now);
    if (then.toDateString() === today.toDateString()) return clock.format(then);
    const date = then.getFullYear() === today.getFullYear() ? day : year;
    return `${date.format(then)}, ${clock.format(then)}`;
  };
  lpc.tellClock = (at) => tellClock(at, lpc.now());

  const tellDue = (ms) => (ms > 0 ? `in ${tellLength(ms)}` : "now");

  const tellCountdown = (ms) => {
    const seconds = Math.ceil(ms / 1000);
    return seconds > 0 ? `in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "any moment";
  };

  const tell = (node, now) => {
    const at = Date.parse(node.dateTime);
    if (Number.isNaN(at)) return;
    switch (node.dataset.as) {
      case "ago": return write(node, lpc.tellAgo(now - at));
      case "span": return write(node, `for ${tellLength(now - at)}`);
      case "due": return write(node, tellDue(at - now));
      case "countdown": return write(node, tellCountdown(at - now));
      default: return write(node, tellClock(at, now));
    }
  };

  // Into the text node that is there: a selection around it stays.
  const write = (node, text) => {
    if (node.textContent === text) return;
    if (node.firstChild?.nodeType === Node.TEXT_NODE) node.firstChild.data = text;
    else node.textContent = text;
  };

  const tellAll = () => {
    const now = lpc.now();
    for (const node of document.querySelectorAll("time")) {
      tell(node, now);
      if (!node.title) node.title = full.format(Date.parse(node.dateTime));
    }
    tellVisitorClocks(now);
  };

  // The time where the visitor is, where the country has one: nobody tells us the zone, and we do not guess between several.
  const zonesOf = (country) => {
    try {
      const place = new Intl.Locale("und", { region: country });
      return place.getTimeZones?.() ?? place.timeZones ?? [];
    } catch {
      return [];
    }
  };
  const tellVisitorClocks = (now) => {
    for (const node of document.querySelectorAll("[data-country]")) {
      const times = new Set(zonesOf(node.dataset.country).map((timeZone) =>
        new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", timeZone }).format(now)));
      write(node, times.size === 1 ? `${[...times][0]} in ` : "");
    }
  };

  let seconds = 0;
  setInterval(() => {
    if (document.hidden) return;
    const now = lpc.now();
    for (const node of document.querySelectorAll("time[data-as]")) tell(node, now);
    if (++seconds % 20 === 0) tellAll();
  }, 1000);
  document.addEventListener("lpc:changed", tellAll);
  document.addEventListener("visibilitychange", () => document.hidden || tellAll());
  tellAll();
})();
