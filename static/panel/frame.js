// What the frame around the panel forbids, said where the agent meets it: whoever embeds the panel can add it.
import { showStrip, status } from "./strip.js";

const SAID_MS = 10_000;

const sayForbidden = (state) => {
  status.forbidden = state;
  showStrip();
  setTimeout(() => {
    status.forbidden = "";
    showStrip();
  }, SAID_MS);
};

// A browser that may not send a form says so in its console alone: no submit event follows the click.
const watchForm = (event) => {
  const form = event.target.closest?.("form button:not([type=button])")?.form;
  if (!form?.checkValidity()) return;
  let isSent = false;
  const note = () => (isSent = true);
  form.addEventListener("submit", note);
  setTimeout(() => {
    form.removeEventListener("submit", note);
    if (!isSent && !event.defaultPrevented) sayForbidden("no-forms");
  });
};

// Neither is there another way to learn that a window was not opened.
const openAlone = (event) => {
  const link = event.target.closest?.("#alone");
  if (!link) return;
  event.preventDefault();
  const opened = window.open(link.href, "_blank");
  if (opened) opened.opener = null;
  else sayForbidden("no-popups");
};

export const startFrame = () => {
  document.addEventListener("click", watchForm);
  document.addEventListener("click", openAlone);
};
