// The visit's way: which events to show, how many pages, and where the call began. All of it lives in the page only.
import { formatClock, readNow } from "./times.js";

const pages = () => document.getElementById("part-pages");

const show = (kind) => {
  const buttons = pages().querySelectorAll("[data-filter]");
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.filter === kind));
  if (kind) pages().dataset.showing = kind;
  else delete pages().dataset.showing;
};

const find = () => {
  const wanted = document.getElementById("find").value.trim().toLocaleLowerCase();
  pages().toggleAttribute("data-finding", wanted !== "");
  for (const stop of pages().querySelectorAll(".stop")) {
    stop.toggleAttribute("data-out", wanted !== "" && !stop.textContent.toLocaleLowerCase().includes(wanted));
  }
};

const handleClick = (event) => {
  const button = event.target.closest?.("#part-pages button");
  if (button?.dataset.filter !== undefined) show(button.dataset.filter);
  else if (button?.id === "show-all") {
    button.setAttribute("aria-expanded", "true");
    const next = pages().querySelectorAll(".stop")[12];
    pages().dataset.all = "";
    next?.setAttribute("tabindex", "-1");
    next?.focus({ preventScroll: true });
  }
};

// "Since the call": the page is opened when the call comes in, so what is above happened while we speak.
const makeMarker = (opened) => {
  const marker = document.createElement("li");
  marker.id = "since-call";
  marker.className = "since-call";
  marker.dataset.client = "";
  marker.textContent = `↑ Since the call, ${formatClock(opened, readNow())}`;
  return marker;
};
const timeOf = (node) => Date.parse(node.querySelector("time")?.dateTime ?? "");
const isOlder = (node, opened) => !(timeOf(node) > opened);

const placeMarker = () => {
  const opened = Date.parse(document.getElementById("panel").dataset.opened ?? "");
  if (Number.isNaN(opened) || !pages()) return;
  const marker = document.getElementById("since-call") ?? makeMarker(opened);
  const stops = [...pages().querySelectorAll("ol > .stop")];
  const around = stops.find((stop) => isOlder(stop, opened));
  const rows = around ? [...around.querySelectorAll("ul > li[data-kind]")] : [];
  const splits = rows.some((row) => timeOf(row) > opened);
  const before = splits ? rows.find((row) => isOlder(row, opened)) : around;
  const list = splits ? around.querySelector("ul") : pages().querySelector("ol");
  if (marker.parentNode !== list || marker.nextElementSibling !== (before ?? null)) list.insertBefore(marker, before ?? null);
};

const settle = () => {
  if (!pages()) return;
  const showing = pages().dataset.showing;
  if (showing && !pages().querySelector(`[data-filter="${showing}"]`)) show("");
  else if (showing) show(showing);
  if (document.getElementById("find").value) find();
  placeMarker();
};

export const startPages = () => {
  document.addEventListener("click", handleClick);
  document.addEventListener("input", (event) => event.target.id === "find" && find());
  document.addEventListener("lpc:changed", settle);
  document.addEventListener("lpc:opened", settle);
};
