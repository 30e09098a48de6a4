// The strip: in which state the subject is, said in words, and how old it is, honestly.
import { formatAgo, readNow } from "./times.js";

export const panel = document.getElementById("panel");
export const findById = (id) => document.getElementById(id);
export const findBody = () => findById("panel-body");

const next = panel.dataset.next === "" ? null : Number(panel.dataset.next);

// What the server said last of the subject, and what has become of the panel since. The tick writes it.
export const status = {
  state: panel.dataset.state,
  asOf: Date.parse(panel.dataset.asOf),
  asOfHeardAt: performance.now(),         // its age is never less than the time since
  next,                                   // ms; null once there is nothing more to come
  interval: next || 5000,
  answeredAt: performance.now(),
  failures: 0,
  paused: panel.hasAttribute("data-paused"),
  over: false,
  forbidden: "",                          // what the frame has just forbidden
};

// Without allow-same-origin a frame's page is of no origin, and our own server a stranger to it.
export const isOfNoOrigin = self.origin === "null";

const isAged = () =>
  status.next !== null && !status.paused && performance.now() - status.answeredAt > 2 * status.interval + 1000;

// --- one polite line for screen readers: states, and what newly needs attention

export const announce = (text) => (document.getElementById("said").textContent = text);

const readConcerns = () =>
  new Set([...document.querySelectorAll("#part-attention li b")].map((node) => node.textContent));

export const startAnnouncing = () => {
  let before = readConcerns();
  document.addEventListener("htmx:beforeSwap", () => (before = readConcerns()));
  document.addEventListener("lpc:changed", () => {
    const fresh = [...readConcerns()].filter((concern) => !before.has(concern));
    if (fresh.length) announce(`New: ${fresh.join(", ")}`);
  });
};

// --- state and age

const words = JSON.parse(panel.dataset.words);

const findShownState = () => {
  if (isOfNoOrigin) return "no-same-origin";
  if (status.forbidden) return status.forbidden;
  if (status.over) return "refused";
  if (status.failures) return "lost";
  if (status.paused) return "paused";
  return isAged() ? "aged" : status.state;
};

let last = null;

export const showStrip = () => {
  const shown = findShownState();
  const [word, sentence, tone] = words[shown] ?? [shown, "", "warn"];
  const stale = (status.failures || isAged()) && status.state === "live";
  panel.dataset.state = status.over ? "refused" : stale ? "delayed" : status.state;
  if (shown !== last) {
    findById("state").textContent = word;
    findById("state").dataset.tone = tone;
    findById("note").dataset.tone = tone;
    if (last !== null || status.over) announce(sentence ? `${word}. ${sentence}` : word);
    last = shown;
  }
  const isSaid =
    shown === "waiting" || shown === "live" || findBody().querySelector(`[data-notice="${CSS.escape(shown)}"]`);
  findById("note").hidden = Boolean(isSaid) || !sentence;
  findById("note").textContent = sentence;
  showAge();
};

const showAge = () => {
  const age = Math.max(readNow() - status.asOf, performance.now() - status.asOfHeardAt);
  const text = Number.isNaN(status.asOf) ? "" : `as of ${formatAgo(age)}`;
  if (findById("as-of").textContent !== text) findById("as-of").textContent = text;
};
