// The transcript: follows its end unless the reader has scrolled up, and reads new lines to whoever listens instead of looks.
import { announce } from "./strip.js";

const lines = () => document.getElementById("chat-lines");
const rows = () => document.querySelectorAll("#chat-log > li");

const NEAR_END_PX = 32;
const READ_AFTER_MS = 500;   // what newly needs attention is said first
const READ_EVERY_MS = 4000;
const LONGEST_READ = 200;

// --- following the end

let follows = true;
let region = null;           // the element whose scrolling we hear
let missed = 0;              // lines that came in below while the reader was further up

const isAtEnd = () => region.scrollHeight - region.scrollTop - region.clientHeight < NEAR_END_PX;

const showMissed = () => {
  const shown = document.getElementById("to-latest");
  if (!missed) return shown?.remove();
  const button = shown ?? makeButton();
  const text = missed === 1 ? "1 new line" : `${missed} new lines`;
  if (button.textContent !== text) button.textContent = text;
  if (button.previousElementSibling !== region) region.after(button);
};

const makeButton = () => {
  const button = document.createElement("button");
  button.id = "to-latest";
  button.type = "button";
  button.className = "to-latest";
  button.dataset.client = "";
  return button;
};

const toEnd = () => {
  region.scrollTop = region.scrollHeight;
  follows = true;
  missed = 0;
  showMissed();
};

const goToLatest = (event) => {
  if (event.target.id !== "to-latest") return;
  region.focus({ preventScroll: true });
  toEnd();
};

const followScroll = () => {
  follows = isAtEnd();
  if (!follows || !missed) return;
  missed = 0;
  showMissed();
};

// --- reading aloud

let known = null;            // ids of the rows already there; null before the first look
let unread = [];
let timer = null;
let readAt = -Infinity;

const formatRow = (row) => {
  const [by, ...said] = [...row.querySelectorAll("p > b, .only, .words, .quote")].map((node) => node.textContent.trim());
  return said.length ? `${by}: ${said.join(", ")}` : by;
};

const readAloud = () => {
  timer = null;
  unread = unread.filter((row) => row.isConnected); // what the page may show no more, it may not say either
  if (!unread.length) return;
  readAt = performance.now();
  const text = formatRow(unread.at(-1)).slice(0, LONGEST_READ);
  announce(unread.length > 1 ? `${text} (and ${unread.length - 1} more)` : text);
  unread = [];
};

const scheduleReading = () => {
  timer ??= setTimeout(readAloud, Math.max(READ_AFTER_MS, readAt + READ_EVERY_MS - performance.now()));
};

const findNew = () => {
  const there = [...rows()];
  const fresh = known ? there.filter((row) => !known.has(row.id)) : [];
  known = new Set(there.map((row) => row.id));
  return fresh;
};

// --- after every refresh

const settle = () => {
  const fresh = findNew();
  unread.push(...fresh);
  if (fresh.length) scheduleReading();
  if (!lines()) {
    document.getElementById("to-latest")?.remove();
    region = null;
    return;
  }
  if (region !== lines()) {
    region = lines();
    region.addEventListener("scroll", followScroll, { passive: true });
    follows = true;
  }
  if (follows) return toEnd();
  missed += fresh.length;
  showMissed();
};

export const startChat = () => {
  document.addEventListener("click", goToLatest);
  document.addEventListener("lpc:changed", settle);
  document.addEventListener("lpc:opened", settle);
  window.addEventListener("resize", () => region && follows && toEnd());
};
