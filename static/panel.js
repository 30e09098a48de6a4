// The panel's script: starts its modules, and does what the agent asks of the panel: pause, refresh now, open it alone, reload
// it, copy an id. htmx and idiomorph stand before it as globals.
import { startChat } from "./panel/chat.js";
import { startFrame } from "./panel/frame.js";
import { startMorphing } from "./panel/morph.js";
import { startPages } from "./panel/pages.js";
import { startRevealing } from "./panel/reveal.js";
import { announce, findById, isOfNoOrigin, panel, showStrip, startAnnouncing, status } from "./panel/strip.js";
import { comeBack, startTicking, stopTicking, tickInAHurry, token } from "./panel/tick.js";
import { startTimes } from "./panel/times.js";

const showPause = () => {
  const button = findById("pause");
  const label = status.paused ? "Resume refreshing" : "Pause refreshing";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.classList.toggle("on", status.paused);
  button.querySelector("use").setAttribute("href", status.paused ? "#i-play" : "#i-pause");
};

const togglePause = () => {
  status.paused = !status.paused;
  showPause();
  showStrip();
  if (status.paused) stopTicking();
  else comeBack();
};

const refresh = () => {
  findById("refresh").setAttribute("aria-busy", "true");
  tickInAHurry();
};

// The token goes behind the #, which browsers never send: a reload finds it there. When the call began stays with it.
const keepForReload = () => {
  const path = panel.dataset.reload;
  if (!panel.dataset.opened) panel.dataset.opened = history.state?.opened ?? "";
  if (!path) return;
  findById("alone").href = `${path}#${token}`;
  findById("alone").hidden = window.parent === window;
  try {
    history.replaceState({ opened: panel.dataset.opened }, "", `${path}#${token}`);
  } catch {
    // a sandboxed frame may not: then a reload needs the CRM
  }
};

// --- copying: by the clipboard where the frame may use it, else by the old command, else the id is left selected

const select = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
};

const copy = async (node) => {
  try {
    await navigator.clipboard.writeText(node.textContent);
    return true;
  } catch {
    select(node);
    return document.execCommand("copy");
  }
};

// Which part something was copied out of is recorded, never what; the copy does not wait for it.
const reportCopy = (button) => {
  const section = button.closest("[data-section]")?.dataset.section ?? "";
  const headers = { "X-LPContext-Panel": token };
  fetch("/panel/copied", { method: "POST", body: new URLSearchParams({ section }), headers, keepalive: true, credentials: "omit" })
    .catch(() => {});
};

const copyOnClick = async (event) => {
  const button = event.target.closest?.("button.copy");
  const value = button?.parentElement.querySelector("[data-value]");
  if (!value) return;
  const copied = await copy(value);
  announce(copied ? "Copied" : "Selected: press Ctrl+C to copy");
  reportCopy(button);
  if (!copied) return;
  const icon = button.querySelector("use");
  button.classList.add("done");
  icon.setAttribute("href", "#i-check");
  setTimeout(() => {
    button.classList.remove("done");
    icon.setAttribute("href", "#i-copy");
  }, 1600);
};

const startControls = () => {
  document.addEventListener("click", copyOnClick);
  findById("pause").addEventListener("click", togglePause);
  findById("refresh").addEventListener("click", refresh);
  if (!token || isOfNoOrigin) return;
  keepForReload();
  findById("pause").hidden = findById("refresh").hidden = false;
  showPause();
};

// --- beginning

startTimes();
startMorphing();
startPages();
startChat();
startFrame();
startAnnouncing();

document.addEventListener("DOMContentLoaded", () => { // after htmx, which listens for the same
  startControls();
  startTicking();
  startRevealing();
});
