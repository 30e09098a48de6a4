// The tick: asks for a newer body while somebody can see it, and keeps the strip honest about how old it is.
(() => {
  "use strict";
  const lpc = (window.lpc ??= {});
  const panel = document.getElementById("panel");
  const by = (id) => document.getElementById(id);
  const body = () => by("panel-body");
  const words = JSON.parse(panel.dataset.words);

  const JITTER_MS = 250;
  const LONGEST_WAIT_MS = 30_000;
  const OVER = new Set([401, 403, 410]);

  let token = JSON.parse(panel.getAttribute("hx-headers"))["X-LPContext-Panel"] || location.hash.slice(1);
  let state = panel.dataset.state;        // as the server last told it
  let asOf = Date.parse(panel.dataset.asOf);
  let next = panel.dataset.next === "" ? null : Number(panel.dataset.next); // ms; null once there is nothing more to come
  let interval = next || 5000;
  let answeredAt = performance.now();
  let toldAt = performance.now();         // when asOf came in: its age is never less than that
  let failures = 0;
  let paused = panel.hasAttribute("data-paused");
  let over = false;
  let onScreen = true;
  let asking = false;
  let hurry = false;
  let timer;

  // --- when to ask

  const mayTick = () => token && !over && !paused && !document.hidden && onScreen;

  const schedule = (ms) => {
    clearTimeout(timer);
    // Spread out, but by little where an answer is expected at once.
    const jitter = Math.random() * Math.min(JITTER_MS, ms / 4);
    if (ms !== null) timer = setTimeout(() => mayTick() && tick(), ms + jitter);
  };

  const tick = () => {
    if (asking || over || !token) return;
    clearTimeout(timer);
    htmx.trigger(by("tick"), "lpc:tick");
    if (!asking) schedule(1000); // htmx was not ready
  };

  const comeBack = () => {
    if (!mayTick() || next === null) return;
    if (performance.now() - answeredAt > 1000) tick();
    else schedule(next);
  };

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    asking = true;
    detail.headers["X-LPContext-Panel"] = token;
    delete detail.headers["HX-Current-URL"]; // the address holds the token
    detail.parameters.set("seen", body().dataset.version);
    if (hurry) detail.parameters.set("now", "1");
    hurry = false;
  });

  document.addEventListener("htmx:beforeSwap", () => (concernsBefore = readConcerns()));

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    asking = false;
    by("refresh").removeAttribute("aria-busy");
    const { xhr } = detail;
    if (xhr.status === 200 || xhr.status === 204) hear(xhr);
    else if (OVER.has(xhr.status)) close(xhr.getResponseHeader("X-LPContext-Right") === "ended");
    else lose();
    showState();
  });

  const hear = (xhr) => {
    failures = 0;
    answeredAt = performance.now();
    state = xhr.getResponseHeader("X-LPContext-State") ?? state;
    const served = Date.parse(xhr.getResponseHeader("Date") ?? "");
    // Date has whole seconds: within two the clocks agree, and what was learnt from a clock since put right is over.
    if (!Number.isNaN(served)) lpc.skew = Math.abs(served - Date.now()) > 2000 ? served - Date.now() : 0;
    const told = Date.parse(xhr.getResponseHeader("X-LPContext-As-Of") ?? "");
    if (told !== asOf) toldAt = answeredAt;
    asOf = told;
    const wait = xhr.getResponseHeader("X-LPContext-Next");
    next = wait === null ? null : Number(wait);
    if (next) interval = next;
    schedule(next);
  };

  const lose = () => {
    failures += 1;
    schedule(Math.min(LONGEST_WAIT_MS, Math.max(interval, 1000) * 2 ** (failures - 1)));
  };

  // What was seen stays readable when time is over, but not when the right to see it has ended.
  const close = (mustForget = false) => {
    over = true;
    clearTimeout(timer);
    if (mustForget || !body().querySelector("[data-section]")) body().replaceChildren();
  };

  // --- the strip

  const isAged = () => next !== null && !paused && performance.now() - answeredAt > 2 * interval + 1000;

  const shown = () => {
    if (over) return "refused";
    if (failures) return "lost";
    if (paused) return "paused";
    return isAged() ? "aged" : state;
  };

  let last = null;
  const showState = () => {
    const now = shown();
    const [word, sentence, tone] = words[now] ?? [now, "", "warn"];
    const stale = (failures || isAged()) && state === "live";
    panel.dataset.state = over ? "refused" : stale ? "delayed" : state;
    if (now !== last) {
      by("state").textContent = word;
      by("state").dataset.tone = tone;
      by("note").dataset.tone = tone;
      if (last !== null || over) lpc.say(sentence ? `${word}. ${sentence}` : word);
      last = now;
    }
    const told = now === "waiting" || now === "live" || body().querySelector(`[data-notice="${CSS.escape(now)}"]`);
    by("note").hidden = Boolean(told) || !sentence;
    by("note").textContent = sentence;
    showAge();
  };

  const showAge = () => {
    const age = Math.max(lpc.now() - asOf, performance.now() - toldAt);
    const text = Number.isNaN(asOf) ? "" : `as of ${lpc.tellAgo(age)}`;
    if (by("as-of").textContent !== text) by("as-of").textContent = text;
  };

  // --- one polite line for screen readers: states, and what newly needs attention

  lpc.say = (text) => (by("said").textContent = text);
  const readConcerns = () => new Set([...document.querySelectorAll("#part-attention li b")].map((node) => node.textContent));
  let concernsBefore = readConcerns();
  document.addEventListener("lpc:changed", () => {
    const fresh = [...readConcerns()].filter((concern) => !concernsBefore.has(concern));
    if (fresh.length) lpc.say(`New: ${fresh.join(", ")}`);
  });

  // --- what the agent may do

  const showPause = () => {
    by("pause").setAttribute("aria-label", paused ? "Resume refreshing" : "Pause refreshing");
    by("pause").title = paused ? "Resume refreshing" : "Pause refreshing";
    by("pause").classList.toggle("on", paused);
    by("pause").querySelector("use").setAttribute("href", paused ? "#i-play" : "#i-pause");
  };
  by("pause").addEventListener("click", () => {
    paused = !paused;
    showPause();
    showState();
    if (paused) clearTimeout(timer);
    else comeBack();
  });
  by("refresh").addEventListener("click", () => {
    hurry = true;
    by("refresh").setAttribute("aria-busy", "true");
    tick();
  });

  // --- beginning

  // The token goes behind the #, which browsers never send: a reload finds it there. When the call began stays with it.
  const keepForReload = () => {
    const path = panel.dataset.reload;
    if (!panel.dataset.opened) panel.dataset.opened = history.state?.opened ?? "";
    if (!path) return;
    by("alone").href = `${path}#${token}`;
    by("alone").hidden = window.parent === window;
    try {
      history.replaceState({ opened: panel.dataset.opened }, "", `${path}#${token}`);
    } catch {
      // a sandboxed frame may not: then a reload needs the CRM
    }
  };

  const begin = () => {
    if (!token && next !== null) close();
    if (token) {
      keepForReload();
      by("pause").hidden = by("refresh").hidden = false;
      showPause();
    }
    new IntersectionObserver((entries) => {
      onScreen = entries.at(-1).isIntersecting;
      if (onScreen) comeBack();
    }).observe(panel);
    document.addEventListener("visibilitychange", comeBack);
    window.addEventListener("pageshow", (event) => event.persisted && comeBack());
    setInterval(() => document.hidden || showState(), 1000);
    document.dispatchEvent(new CustomEvent("lpc:opened"));
    showState();
    if (next === 0) tick();
    else schedule(next);
  };
  document.addEventListener("DOMContentLoaded", begin); // after htmx, which listens for the same
})();
