// Times as people read them: the agent's own clock, and "4 s ago", once a second. The page itself holds absolute times only,
// so that an unchanged visit stays an unchanged page.

// --- the server's clock as this machine knows it, learnt from the Date of answers

let skewMs = 0;                           // how far it is ahead of ours

export const readNow = () => Date.now() + skewMs;
export const readSkewMs = () => skewMs;

// A Date has whole seconds: within two the clocks agree, and what was learnt from a clock since put right is over.
export const learnClock = (date) => {
  const served = Date.parse(date ?? "");
  if (!Number.isNaN(served)) skewMs = Math.abs(served - Date.now()) > 2000 ? served - Date.now() : 0;
};

// --- in words

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const year = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

const formatLength = (ms) => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
};

export const formatAgo = (ms) => `${formatLength(ms)} ago`;

export const formatClock = (at, now) => {
  const then = new Date(at), today = new Date(now);
  if (then.toDateString() === today.toDateString()) return clock.format(then);
  const date = then.getFullYear() === today.getFullYear() ? day : year;
  return `${date.format(then)}, ${clock.format(then)}`;
};

const formatDue = (ms) => (ms > 0 ? `in ${formatLength(ms)}` : "now");

const formatCountdown = (ms) => {
  const seconds = Math.ceil(ms / 1000);
  return seconds > 0 ? `in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "any moment";
};

const showTime = (node, now) => {
  const at = Date.parse(node.dateTime);
  if (Number.isNaN(at)) return;
  switch (node.dataset.as) {
    case "ago": return write(node, formatAgo(now - at));
    case "span": return write(node, `for ${formatLength(now - at)}`);
    case "due": return write(node, formatDue(at - now));
    case "countdown": return write(node, formatCountdown(at - now));
    default: return write(node, formatClock(at, now));
  }
};

// Into the text node that is there: a selection around it stays.
const write = (node, text) => {
  if (node.textContent === text) return;
  if (node.firstChild?.nodeType === Node.TEXT_NODE) node.firstChild.data = text;
  else node.textContent = text;
};

const showAll = () => {
  const now = readNow();
  for (const node of document.querySelectorAll("time")) {
    showTime(node, now);
    if (!node.title) node.title = full.format(Date.parse(node.dateTime));
  }
  showVisitorClocks(now);
};

// The time where the visitor is, where the country has one: nobody says which zone, and we do not guess between several.
const zonesOf = (country) => {
  try {
    const place = new Intl.Locale("und", { region: country });
    return place.getTimeZones?.() ?? place.timeZones ?? [];
  } catch {
    return [];
  }
};

const showVisitorClocks = (now) => {
  for (const node of document.querySelectorAll("[data-country]")) {
    const times = new Set(zonesOf(node.dataset.country).map((timeZone) =>
      new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", timeZone }).format(now)));
    write(node, times.size === 1 ? `${[...times][0]} in ` : "");
  }
};

let seconds = 0;

const showAges = () => {
  if (document.hidden) return;
  const now = readNow();
  for (const node of document.querySelectorAll("time[data-as]")) showTime(node, now);
  if (++seconds % 20 === 0) showAll();
};

export const startTimes = () => {
  setInterval(showAges, 1000);
  document.addEventListener("lpc:changed", showAll);
  document.addEventListener("visibilitychange", () => document.hidden || showAll());
  showAll();
};
