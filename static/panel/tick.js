// The tick: asks for a newer body while somebody can see it.
import { findBody, findById, isOfNoOrigin, panel, showStrip, status } from "./strip.js";
import { learnClock } from "./times.js";

const JITTER_MS = 250;
const LONGEST_WAIT_MS = 30_000;
const HIDING_MS = 1000;
const OVER = new Set([401, 403, 410]);

export const token =
  JSON.parse(panel.getAttribute("hx-headers"))["X-LPContext-Panel"] || location.hash.slice(1);
// What ticks are sent with: for a minute one that reveals what is hidden, which the server forgets by itself.
let shownToken = token;
let askedWith = token;
let isRevealed = false; // whether the body may hold what is hidden

const isHiding = () => isRevealed && shownToken === token;

let onScreen = true;
let asking = false;
let hurry = false;
let timer;

// --- when to ask

const mayTick = () => token && !isOfNoOrigin && !status.over && !status.paused && !document.hidden && onScreen;

const schedule = (ms) => {
  clearTimeout(timer);
  // Spread out, but by little where an answer is expected at once.
  const jitter = Math.random() * Math.min(JITTER_MS, ms / 4);
  if (ms !== null) timer = setTimeout(() => mayTick() && tick(), ms + jitter);
};

const tick = () => {
  if (asking || status.over || isOfNoOrigin || !token) return;
  clearTimeout(timer);
  htmx.trigger(findById("tick"), "lpc:tick");
  if (!asking) schedule(1000); // htmx was not ready
};

export const tickInAHurry = () => {
  hurry = true;
  tick();
};

export const showRevealed = (revealing) => {
  shownToken = revealing;
  isRevealed = true;
  tickInAHurry();
};

// A masked body takes the place of what was revealed; where none comes in time, an empty one does.
export const hideRevealed = () => {
  shownToken = token;
  tickInAHurry();
  setTimeout(() => isHiding() && forgetRevealed(), HIDING_MS);
};

export const stopTicking = () => clearTimeout(timer);

export const comeBack = () => {
  if (!mayTick() || status.next === null) return;
  if (performance.now() - status.answeredAt > 1000) tick();
  else schedule(status.next);
};

// --- what is asked and answered

const prepareRequest = ({ detail }) => {
  asking = true;
  askedWith = shownToken;
  detail.headers["X-LPContext-Panel"] = askedWith;
  delete detail.headers["HX-Current-URL"]; // the address holds the token
  // Once it is to be hidden, what is there is as good as nothing: "no change" would leave it.
  detail.parameters.set("seen", isHiding() ? "" : findBody().dataset.version);
  if (hurry) detail.parameters.set("now", "1");
  hurry = false;
};

const readResponse = ({ detail: { xhr } }) => {
  asking = false;
  findById("refresh").removeAttribute("aria-busy");
  if (xhr.status === 200 || xhr.status === 204) readStatus(xhr);
  else if (OVER.has(xhr.status)) close(xhr.getResponseHeader("X-LPContext-Right") === "ended");
  else retry();
  if (askedWith !== shownToken) setTimeout(tickInAHurry); // it was on its way when that changed
  showStrip();
};

const readStatus = (xhr) => {
  status.failures = 0;
  status.answeredAt = performance.now();
  status.state = xhr.getResponseHeader("X-LPContext-State") ?? status.state;
  learnClock(xhr.getResponseHeader("Date"));
  const asOf = Date.parse(xhr.getResponseHeader("X-LPContext-As-Of") ?? "");
  if (asOf !== status.asOf) status.asOfHeardAt = status.answeredAt;
  status.asOf = asOf;
  const wait = xhr.getResponseHeader("X-LPContext-Next");
  status.next = wait === null ? null : Number(wait);
  if (status.next) status.interval = status.next;
  schedule(status.next);
  if (xhr.status === 200 && askedWith === token && isHiding()) endReveal();
};

const dropOutdated = ({ detail }) => {
  if (askedWith !== shownToken) detail.shouldSwap = false;
};

const retry = () => {
  status.failures += 1;
  schedule(Math.min(LONGEST_WAIT_MS, Math.max(status.interval, 1000) * 2 ** (status.failures - 1)));
};

// What was seen stays readable when time is over, but not what was revealed, nor when the right to see it has ended.
const close = (mustForget = false) => {
  status.over = true;
  clearTimeout(timer);
  if (mustForget || !findBody().querySelector("[data-section]")) emptyBody();
  forgetRevealed();
};

const emptyBody = () => {
  findBody().replaceChildren();
  findBody().dataset.version = "";
};

const endReveal = () => {
  if (!isRevealed) return;
  isRevealed = false;
  document.dispatchEvent(new CustomEvent("lpc:hidden"));
};

const forgetRevealed = () => {
  if (isRevealed) emptyBody();
  endReveal();
};

// --- beginning

const watchVisibility = () => {
  new IntersectionObserver((entries) => {
    onScreen = entries.at(-1).isIntersecting;
    if (onScreen) comeBack();
  }).observe(panel);
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("pageshow", (event) => event.persisted && comeBack());
};

export const startTicking = () => {
  if (!token && status.next !== null) close();
  document.addEventListener("htmx:configRequest", prepareRequest);
  document.addEventListener("htmx:beforeSwap", dropOutdated);
  document.addEventListener("htmx:afterRequest", readResponse);
  watchVisibility();
  setInterval(() => document.hidden || showStrip(), 1000);
  document.dispatchEvent(new CustomEvent("lpc:opened"));
  showStrip();
  if (status.next === 0) tick();
  else schedule(status.next);
};
