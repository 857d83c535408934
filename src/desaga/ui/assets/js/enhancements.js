// Small things: the menu on a phone, a place to drop a file, a button that copies.

function once(root, selector, mark, act) {
  for (const element of root.querySelectorAll(`${selector}:not([data-${mark}])`)) {
    element.setAttribute(`data-${mark}`, "");
    act(element);
  }
}

function menu(masthead) {
  const button = masthead.querySelector("button[aria-expanded]");
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    masthead.classList.toggle("dsg-masthead--closed", !open);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  show(false);
}

function megabytes(bytes) {
  return bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function drop(zone) {
  const input = zone.querySelector("input[type=file]");
  const name = zone.querySelector(".dsg-drop__name");
  const say = () => {
    name.textContent = Array.from(input.files, (file) => `${file.name}, ${megabytes(file.size)}`).join("; ");
    zone.classList.toggle("dsg-drop--filled", input.files.length > 0);
  };
  zone.classList.add("dsg-drop--ready");
  zone.querySelector(".dsg-drop__say").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("dsg-drop--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("dsg-drop--over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 0) return;
    const files = new DataTransfer();
    for (const file of input.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]]) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", say);
  say();
}

function copy(button) {
  const words = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.dsgCopy);
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = words), 2000);
  });
}

// Tabs that do not fit a phone can be pushed aside; the current one starts in sight.
function showCurrent(bar) {
  const current = bar.querySelector("[aria-current]");
  if (current) bar.scrollLeft = current.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
}

// Tells once that somebody is at a page which a link opened: at the first key or touch, never at the opening, which programs do too.
function tellWhenTouched(form) {
  const told = new AbortController();
  const tell = (event) => {
    if (!event.isTrusted) return;
    told.abort();
    const words = new URLSearchParams({ key: form.elements.key.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    fetch(form.dataset.dsgTouched, { method: "POST", body: words, keepalive: true }).catch(() => {});
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, tell, { signal: told.signal });
}

export function enhance(root) {
  once(root, "[data-dsg-menu]", "dsg-menu-on", menu);
  once(root, "[data-dsg-drop]", "dsg-drop-on", drop);
  once(root, ".dsg-subnav", "dsg-subnav-on", showCurrent);
  once(root, "[data-dsg-copy]", "dsg-copy-on", copy);
  once(root, "form[data-dsg-touched]", "dsg-touched-on", tellWhenTouched);
}
