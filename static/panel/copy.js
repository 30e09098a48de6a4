// Copying an id: by the clipboard where the frame may use it, else by the old command, else the id is left selected.
(() => {
  "use strict";
  const lpc = (window.lpc ??= {});

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

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    const value = button?.parentElement.querySelector("[data-value]");
    if (!value) return;
    const copied = await copy(value);
    lpc.say?.(copied ? "Copied" : "Selected: press Ctrl+C to copy");
    if (!copied) return;
    const icon = button.querySelector("use");
    button.classList.add("done");
    icon.setAttribute("href", "#i-check");
    setTimeout(() => {
      button.classList.remove("done");
      icon.setAttribute("href", "#i-copy");
    }, 1600);
  });
})();
