// Modules load in a frame without allow-same-origin only where their server lets any origin read them: what is missing is
// said without them. Where they do load they say the same, and go on saying it.
const main = document.getElementById("panel");

if (self.origin === "null") {
  const [word, sentence, tone] = JSON.parse(main.dataset.words)["no-same-origin"];
  const note = document.getElementById("note");
  const state = document.getElementById("state");
  state.textContent = word;
  note.textContent = sentence;
  state.dataset.tone = note.dataset.tone = tone;
  note.hidden = false;
  if (main.dataset.state === "waiting") document.getElementById("panel-body").replaceChildren();
}
