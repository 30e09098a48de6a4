// The desk's page: take a call, frame the panel, count the seconds.
"use strict";

const byId = (id) => document.getElementById(id);
const FRAME = { title: "Live context", name: "live-context", allow: "clipboard-write", sandbox: "allow-scripts allow-forms allow-same-origin allow-popups" };
const AUDIT_MS = 3000;
const call = { number: 0, caller: null, visitorId: null, chatId: null, began: 0 };
let refusals = {};

async function post(address, wish) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function paintAvatar(element, name) {
  const words = name.replace(/[^\p{L}\s-]/gu, "").split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? words[0][0] + words.at(-1)[0] : (words[0] || "?").slice(0, 2);
  element.textContent = name === "Unknown caller" ? "?" : letters.toUpperCase();
  element.dataset.tint = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 5;
}

function addCaller(caller) {
  const button = make("button", "caller", "");
  const avatar = make("span", "avatar", "");
  paintAvatar(avatar, caller.name);
  avatar.setAttribute("aria-hidden", "true");
  button.type = "button";
  button.dataset.caller = caller.id;
  button.append(avatar, make("span", "name", caller.name), make("span", "about", caller.about));
  button.addEventListener("click", () => takeCall(caller));
  const item = document.createElement("li");
  item.append(button);
  byId(caller.troubled ? "troubled" : "waiting").append(item);
}

function fillRecord(caller) {
  const rows = [["Name", caller.name], ["Phone", caller.phone], ["E-mail", caller.email], ["Company", caller.company],
    ["Customer number", caller.customer_id], ["Customer since", caller.since], ["Place", caller.city]];
  byId("contact").replaceChildren(...rows.filter(([, value]) => value).map(([word, value]) => {
    const row = document.createElement("div");
    row.append(make("dt", "", word), make("dd", "", value));
    return row;
  }));
  byId("case-subject").textContent = caller.about;
  byId("history").textContent = caller.notes || "Nothing yet.";
  byId("notes").value = "";
}

function showCall(caller) {
  document.body.dataset.call = "live";
  for (const button of document.querySelectorAll(".caller")) {
    button.setAttribute("aria-current", String(button.dataset.caller === caller.id));
  }
  byId("call-name").textContent = caller.name;
  byId("call-phone").textContent = caller.phone;
  paintAvatar(byId("call-avatar"), caller.name);
  for (const id of ["call-live", "hang-up", "record", "context"]) byId(id).hidden = false;
  byId("failure").hidden = true;
  byId("frame").replaceChildren();
  byId("trouble").disabled = true;
  showTrouble("");
  fillRecord(caller);
}

function takeCall(caller) {
  call.began = Date.now();
  call.caller = caller;
  showCall(caller);
  showTimer();
  history.replaceState(null, "", `#${caller.id}`);
  return openPanel("");
}

// The server signs, or asks for a ticket; the frame here only loads what comes of it.
async function openPanel(refusal) {
  const number = ++call.number;
  call.visitorId = call.chatId = null;
  byId("failure").hidden = true;
  try {
    const wish = { caller: call.caller.id, openedBy: byId("opened-by").value, forged: refusal === "forged" };
    const answer = await post("call", wish);
    if (number !== call.number) return;
    call.visitorId = answer.visitorId;
    call.chatId = answer.chatId;
    byId("trouble").disabled = false;
    showTrouble(refusal || answer.fault || byId("trouble").value);
    if (answer.note) showFailure(answer.note);
    showFrame(answer);
    if (refusal === "used") byId("frame").firstChild.addEventListener("load", () => { if (number === call.number) showFrame(answer); }, { once: true });
  } catch (problem) {
    if (number === call.number) showFailure(problem.message);
  }
}

function showFrame({ url, fields }) {
  const frame = document.createElement("iframe");
  for (const [name, value] of Object.entries(FRAME)) frame.setAttribute(name, value);
  if (!fields) frame.src = url;
  byId("frame").replaceChildren(frame);
  if (fields) postInto(frame, url, fields);
}

// As Salesforce and Zendesk do: a form of this page's, whose target is the frame.
function postInto(frame, url, fields) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, target: frame.name, hidden: true });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

function showFailure(sentence) {
  byId("failure").textContent = sentence || "The desk could not open the panel.";
  byId("failure").hidden = false;
}

function hangUp() {
  call.number += 1;
  call.began = 0;
  document.body.dataset.call = "idle";
  byId("call-name").textContent = "No call";
  byId("call-phone").textContent = "Choose somebody from the queue to take the call.";
  for (const id of ["call-live", "hang-up", "record", "context"]) byId(id).hidden = true;
  for (const button of document.querySelectorAll(".caller")) button.removeAttribute("aria-current");
  byId("frame").replaceChildren();
  history.replaceState(null, "", location.pathname);
}

function showTimer() {
  const seconds = call.began ? Math.floor((Date.now() - call.began) / 1000) : 0;
  const pad = (part) => String(part).padStart(2, "0");
  byId("call-timer").textContent = `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}

function showTrouble(fault) {
  byId("trouble").value = fault;
  byId("trouble").dataset.on = String(fault !== "");
  byId("trouble").dataset.before = fault;
}

// A refusal is made by how the panel is opened, every other trouble by LivePerson.
async function makeTrouble() {
  const before = byId("trouble").dataset.before;
  const chosen = byId("trouble").value;
  const refusal = chosen in refusals ? chosen : "";
  showTrouble(chosen);
  if (refusal) await setFault("");
  if (refusal || before in refusals) await openPanel(refusal);
  if (!refusal) await setFault(chosen);
}

async function setFault(fault) {
  try {
    await post("trouble", { visitorId: call.visitorId, chatId: call.chatId, fault: fault || null });
  } catch (problem) {
    showFailure(problem.message);
  }
}

// The trouble stays, also for a chat that begins anew.
async function openOtherwise() {
  if (byId("trouble").value in refusals) showTrouble("");
  await openPanel("");
  await setFault(byId("trouble").value);
}

function makeRow(record) {
  const row = document.createElement("tr");
  const when = record.at.split(", ").at(-1);
  const more = [record.kinds, record.reason, record.failed_check].filter((text) => text && text !== "-").join(", ");
  row.dataset.action = record.action;
  row.append(...[when, record.action, record.agent, record.host, more].map((text) => make("td", "", text)));
  return row;
}

async function readAudit() {
  if (!byId("audit").open || document.hidden) return;
  try {
    const answer = await fetch("audit");
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error);
    byId("records").replaceChildren(...body.records.map(makeRow));
  } catch (problem) {
    const row = document.createElement("tr");
    row.append(Object.assign(make("td", "", problem.message), { colSpan: 5 }));
    byId("records").replaceChildren(row);
  }
}

async function begin() {
  const desk = await (await fetch("callers")).json();
  desk.callers.forEach(addCaller);
  byId("trouble").append(...Object.entries(desk.troubles).map(([name, words]) => new Option(words, name)));
  refusals = desk.refusals;
  const refused = document.createElement("optgroup");
  refused.label = "How it is opened";
  refused.append(...Object.entries(refusals).map(([name, words]) => new Option(words, name)));
  byId("trouble").append(refused);
  byId("trouble").addEventListener("change", makeTrouble);
  byId("opened-by").append(...Object.entries(desk.ways).map(([name, words]) => new Option(words, name)));
  byId("opened-by").addEventListener("change", openOtherwise);
  byId("audit").hidden = !desk.audit;
  if (desk.audit) byId("audit-link").href = desk.audit;
  byId("audit").addEventListener("toggle", readAudit);
  setInterval(readAudit, AUDIT_MS);
  byId("hang-up").addEventListener("click", hangUp);
  for (const width of document.getElementsByName("width")) {
    width.addEventListener("change", () => { byId("context").dataset.width = width.value; });
  }
  setInterval(showTimer, 1000);
  const wanted = desk.callers.find((caller) => caller.id === location.hash.slice(1));
  if (wanted) takeCall(wanted);
}

begin();
