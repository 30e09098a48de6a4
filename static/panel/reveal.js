// What is hidden, shown for a minute to whoever may and says why. The server decides, records it, and hides it again: this only
// asks, sends the ticks of that minute with what it was given, and counts down.
import { announce, findById, isOfNoOrigin, panel, status } from "./strip.js";
import { hideRevealed, showRevealed, token } from "./tick.js";

const ERRORS = {
  400: "Give a reason of at least three letters.",
  403: "You may no longer show this.",
  410: "This panel's time is over. Open it again.",
  429: "Too often. Wait a minute.",
};
const UNREACHABLE = "It could not be recorded, so nothing was shown. Try again.";

const ask = (method, body) =>
  fetch("/panel/reveal", { method, body, headers: { "X-LPContext-Panel": token }, credentials: "omit", cache: "no-store" });

// --- the form

const openForm = (isOpen) => {
  findById("reveal-form").hidden = !isOpen;
  findById("reveal").setAttribute("aria-expanded", String(isOpen));
  findById("reveal-error").hidden = true;
  if (isOpen) findById("reveal-reason").focus({ preventScroll: true });
};

const showError = (text) => {
  findById("reveal-error").textContent = text;
  findById("reveal-error").hidden = false;
};

const send = async (event) => {
  event.preventDefault();
  try {
    const answer = await ask("POST", new URLSearchParams({ reason: findById("reveal-reason").value }));
    if (!answer.ok) return showError(ERRORS[answer.status] ?? UNREACHABLE);
    const { token: revealing, seconds } = await answer.json();
    if (status.over) return showError(ERRORS[410]);
    openForm(false);
    findById("reveal-reason").value = "";
    begin(revealing, seconds);
  } catch {
    showError(UNREACHABLE);
  }
};

// --- the minute

let endsAt = null;
let timer;

const begin = (revealing, seconds) => {
  endsAt = performance.now() + seconds * 1000;
  findById("reveal").hidden = true;
  findById("revealed").hidden = false;
  announce("Shown. It hides itself again.");
  showRevealed(revealing);
  count();
  findById("hide-again").focus({ preventScroll: true });
};

const end = () => {
  stopCounting();
  hideRevealed();
};

const stopCounting = () => {
  if (endsAt === null) return;
  const hadFocus = document.activeElement === findById("hide-again");
  endsAt = null;
  clearTimeout(timer);
  findById("revealed").hidden = true;
  findById("reveal").hidden = status.over;
  if (hadFocus) findById("reveal").focus({ preventScroll: true });
};

const sayHidden = () => {
  stopCounting();
  announce("Hidden again.");
};

const count = () => {
  const left = Math.ceil((endsAt - performance.now()) / 1000);
  if (left <= 0) return end();
  findById("revealed-left").textContent = `Shown for ${left} s`;
  timer = setTimeout(count, 250);
};

// --- beginning

const offer = (kinds) => {
  findById("reveal").hidden = !kinds;
  findById("reveal-what").textContent = `Shows ${kinds} for a minute.`;
};

const findRevealable = async () => {
  if (panel.dataset.revealable !== undefined) return panel.dataset.revealable;
  try {
    const answer = await ask("GET");
    return answer.ok ? (await answer.json()).kinds : "";
  } catch {
    return "";
  }
};

export const startRevealing = async () => {
  if (!token || isOfNoOrigin) return;
  findById("reveal").addEventListener("click", () => openForm(findById("reveal-form").hidden));
  findById("reveal-form").addEventListener("submit", send);
  findById("reveal-form").addEventListener("keydown", (event) => event.key === "Escape" && openForm(false));
  findById("hide-again").addEventListener("click", end);
  document.addEventListener("lpc:hidden", sayHidden);
  offer(await findRevealable());
};
