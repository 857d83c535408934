// Keys for the compare page: j next, k back, Enter keeps, e edits, others press what the row offers (data-dsg-press),
// x ticks, u undoes, ? shows the keys. Everything is also there to click. And the mark where a row is split.

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
  x: () => press("[data-dsg-tick]"),
  u: () => document.querySelector("[data-dsg-undo]")?.click(),
  ...Object.fromEntries(["m", "s", "d", "b"].map((key) => [key, () => press(`[data-dsg-press="${key}"]`)])),
  "?": () => {
    const help = document.querySelector("details[data-dsg-keys]");
    if (help) help.open = !help.open;
  },
};

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("[data-dsg-save]")?.click();
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
// From a doubt to the field that it is about.
if (asked?.matches("input, textarea, select")) {
  asked.focus();
  asked.setSelectionRange?.(0, 0);
}

// The bench speaks of ticked rows only while there are some.
const several = document.querySelector("[data-dsg-several]");
const ticks = () => Array.from(document.querySelectorAll("[data-dsg-tick]"));
function countTicks() {
  const number = ticks().filter((tick) => tick.checked).length;
  several.hidden = number === 0;
  several.querySelector("[data-dsg-ticked]").textContent = number === 1 ? "1 row ticked" : `${number} rows ticked`;
}
if (several) {
  document.addEventListener("change", (event) => event.target.matches("[data-dsg-tick]") && countTicks());
  addEventListener("pageshow", countTicks);
  countTicks();
}

// The mark goes where the cursor is; an earlier one in the same text goes away.
const MARK = "|||";
for (const cut of document.querySelectorAll("[data-dsg-cut]")) {
  const text = cut.querySelector("textarea");
  const button = cut.querySelector("[data-dsg-cut-here]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const before = text.value.slice(0, text.selectionStart).replaceAll(MARK, "");
    const after = text.value.slice(text.selectionStart).replaceAll(MARK, "");
    text.value = before + MARK + after;
    text.focus();
    text.setSelectionRange(before.length + MARK.length, before.length + MARK.length);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
