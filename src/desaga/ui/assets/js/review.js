// Keys for the compare page: j next, k back, Enter keeps, e edits, ? shows the keys. Everything is also there to click.

const items = () => Array.from(document.querySelectorAll("[data-dsg-review-item]:not([hidden])"));
const isTyping = (element) =>
  element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;

function current() {
  return document.querySelector("[data-dsg-review-item][data-dsg-current]");
}

function goTo(item) {
  if (!item) return;
  current()?.removeAttribute("data-dsg-current");
  item.setAttribute("data-dsg-current", "");
  item.setAttribute("tabindex", "-1");
  item.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function step(by) {
  const all = items();
  const at = all.indexOf(current());
  goTo(all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

const press = (selector) => current()?.querySelector(selector)?.click();

const keys = {
  j: () => step(1),
  k: () => step(-1),
  e: () => press("[data-dsg-edit]"),
  Enter: () => press("[data-dsg-accept]"),
  "?": () => {
    const help = document.querySelector("details[data-dsg-keys]");
    if (help) help.open = !help.open;
  },
};

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
  // Enter on a link or button is that link's or button's own.
  if (event.key === "Enter" && target.closest("a, button, summary, label")) return;
  const act = keys[event.key];
  if (!act || !document.querySelector("[data-dsg-review]")) return;
  event.preventDefault();
  act();
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.("[data-dsg-review-item]");
  if (!item || item === current()) return;
  current()?.removeAttribute("data-dsg-current");
  item.setAttribute("data-dsg-current", "");
});
document.body.classList.add("dsg-has-keys");

// Back from keeping or correcting a row, the keys go on where the address says.
const asked = document.getElementById(location.hash.slice(1));
if (asked?.matches("[data-dsg-review-item]")) goTo(asked);
