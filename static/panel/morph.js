// What a refresh leaves alone, and what it marks. Idiomorph changes only what differs; here it learns which differences are
// ours: opened parts, pressed filters, typed text, shown times, our own marker.
const KEPT = new Set(["open", "aria-pressed", "aria-expanded", "data-all", "data-showing", "data-finding", "value"]);
const UNITS = "li, dd, p, h2, .chip, .copied, section";
let touched = new Set();

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const sameTime = (node, next) =>
  node.localName === "time" && node.dateTime === next.dateTime && node.dataset.as === next.dataset?.as && node.hidden === next.hidden;
const samePlace = (node, next) => node.dataset?.country && node.dataset.country === next.dataset?.country;

const callbacks = {
  beforeNodeMorphed(node, next) {
    if (isElement(node)) return !(sameTime(node, next) || samePlace(node, next));
    if (node.nodeValue !== next.nodeValue && node.parentElement?.localName !== "time") touched.add(node.parentElement);
    return true;
  },
  beforeAttributeUpdated(name) {
    return !KEPT.has(name);
  },
  beforeNodeRemoved(node) {
    return !(isElement(node) && node.hasAttribute("data-client"));
  },
  afterNodeAdded(node) {
    if (isElement(node) && node.localName !== "time") touched.add(node);
    else if (node.nodeType === Node.TEXT_NODE && node.nodeValue.trim()) touched.add(node.parentElement);
  },
};

let first = true;

const beginSwap = () => {
  touched = new Set();
  first = !document.querySelector("#panel-body [data-section]"); // a skeleton that fills is no change to point at
};

const markTouched = () => {
  for (const node of touched) {
    const unit = node?.closest(UNITS);
    if (unit?.closest("#panel-body") && !node.closest(".notice, .filters, [data-quiet]")) unit.classList.add("fresh");
  }
};

export const startMorphing = () => {
  Object.assign(Idiomorph.defaults, { ignoreActiveValue: true });
  Object.assign(Idiomorph.defaults.callbacks, callbacks);
  document.addEventListener("htmx:beforeSwap", beginSwap);
  document.addEventListener("htmx:afterSwap", () => {
    if (!first) markTouched();
    document.dispatchEvent(new CustomEvent("lpc:changed"));
  });
  document.addEventListener("animationend", (event) => {
    if (event.animationName === "fresh") event.target.classList.remove("fresh");
  });
};
