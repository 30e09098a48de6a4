// The visit's way: which events to show, how many pages, and where the call began. All of it lives in the page only.
(() => {
  "use strict";
  const lpc = (window.lpc ??= {});
  const timeline = () => document.getElementById("part-pages");

  const show = (kind) => {
    const buttons = timeline().querySelectorAll("[data-filter]");
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.filter === kind));
    if (kind) timeline().dataset.showing = kind;
    else delete timeline().dataset.showing;
  };

  const find = () => {
    const wanted = document.getElementById("find").value.trim().toLocaleLowerCase();
    timeline().toggleAttribute("data-finding", wanted !== "");
    for (const stop of timeline().querySelectorAll(".stop")) {
      stop.toggleAttribute("data-out", wanted !== "" && !stop.textContent.toLocaleLowerCase().includes(wanted));
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#part-pages button");
    if (button?.dataset.filter !== undefined) show(button.dataset.filter);
    else if (button?.id === "show-all") {
      button.setAttribute("aria-expanded", "true");
      const next = timeline().querySelectorAll(".stop")[12];
      timeline().dataset.all = "";
      next?.setAttribute("tabindex", "-1");
      next?.focus({ preventScroll: true });
    }
  });
  document.addEventListener("input", (event) => event.target.id === "find" && find());

  // "Since the call": the page is opened when the call comes in, so what is above happened while we speak.
  const makeMarker = (opened) => {
    const marker = document.createElement("li");
    marker.id = "since-call";
    marker.className = "since-call";
    marker.dataset.client = "";
    marker.textContent = `↑ Since the call, ${lpc.tellClock(opened)}`;
    return marker;
  };
  const timeOf = (node) => Date.parse(node.querySelector("time")?.dateTime ?? "");
  const isOlder = (node, opened) => !(timeOf(node) > opened);

  const placeMarker = () => {
    const opened = Date.parse(document.getElementById("panel").dataset.opened ?? "");
    if (Number.isNaN(opened) || !timeline()) return;
    const marker = document.getElementById("since-call") ?? makeMarker(opened);
    const stops = [...timeline().querySelectorAll("ol > .stop")];
    const around = stops.find((stop) => isOlder(stop, opened));
    const rows = around ? [...around.querySelectorAll("ul > li[data-kind]")] : [];
    const splits = rows.some((row) => timeOf(row) > opened);
    const before = splits ? rows.find((row) => isOlder(row, opened)) : around;
    const list = splits ? around.querySelector("ul") : timeline().querySelector("ol");
    if (marker.parentNode !== list || marker.nextElementSibling !== (before ?? null)) list.insertBefore(marker, before ?? null);
  };

  const settle = () => {
    if (!timeline()) return;
    const showing = timeline().dataset.showing;
    if (showing && !timeline().querySelector(`[data-filter="${showing}"]`)) show("");
    else if (showing) show(showing);
    if (document.getElementById("find").value) find();
    placeMarker();
  };
  document.addEventListener("lpc:changed", settle);
  document.addEventListener("lpc:opened", settle);
})();
