// The look-up form where it is sent by htmx, and beside it the agent's own clock.

import { startTimes } from "./panel/times.js";

// As a page that loads anew would begin at the top: whoever listens instead of looks hears the first field that is wrong.
const focusOnError = () => document.querySelector('form [aria-invalid="true"]')?.focus();

// What htmx cannot deliver the browser sends itself, and says in its own words what has failed.
const sendWithoutHtmx = ({ detail }) => detail.elt.closest("form").submit();

document.addEventListener("htmx:afterSettle", focusOnError);
document.addEventListener("htmx:sendError", sendWithoutHtmx);
document.addEventListener("htmx:timeout", sendWithoutHtmx);
focusOnError(); // of an answer that was there before this script
startTimes();
