// The form that opens a panel, where a browser does not say by itself that somebody looks: an old one, or over plain http.
// In a CRM's frame it goes on without a click. By itself in a window it waits: mail and chat scanners open windows too.
const form = document.querySelector("form");
const button = form.querySelector("button");

// Sent twice, the second answer would be shown, which is that the address has been used.
form.addEventListener("submit", () => (button.disabled = true));

if (window.parent !== window) {
  button.click();
  document.getElementById("blocked").hidden = button.disabled; // where a frame may not send it, nothing happens
}
