// What a person typed is kept in this tab until it has been saved: through an error, a time-out, a lost link.
// Passwords, files and hidden fields are never kept. A form asks for it with data-dsg-draft.

const PREFIX = "desaga-draft";
const LEFT_OUT = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
const owner = document.body.dataset.dsgPerson ?? "";

const keyOf = (form) => [PREFIX, owner, location.pathname, form.id || form.getAttribute("action") || ""].join("|");

function fieldsOf(form) {
  return Array.from(form.elements).filter(
    (field) =>
      field.name &&
      !LEFT_OUT.has(field.type) &&
      !/password|one-time-code/.test(field.autocomplete ?? "") &&
      field.dataset.dsgDraft !== "off",
  );
}

const valueOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.type === "select-multiple") return Array.from(field.selectedOptions, (option) => option.value);
  return field.value;
};

// What the page gave, whatever was typed before this script listened. Colours and ranges have a value without being given one.
const givenOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
  if (field.type === "color" || field.type === "range") return field.value;
  if (!field.options) return field.defaultValue;
  const given = Array.from(field.options).filter((option) => option.defaultSelected);
  if (field.type === "select-multiple") return given.map((option) => option.value);
  return (given.at(-1) ?? field.options[0])?.value ?? "";
};

function setValue(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.type === "select-multiple") {
    for (const option of field.options) option.selected = value.includes(option.value);
  } else field.value = value;
}

const slotOf = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
const valuesOf = (form, valueOf) => Object.fromEntries(fieldsOf(form).map((field) => [slotOf(field), valueOf(field)]));
const typedIn = (form) => valuesOf(form, valueOf);
const givenIn = (form) => valuesOf(form, givenOf);
const asText = (values) => JSON.stringify(values);

function restore(form, values) {
  const fields = fieldsOf(form);
  // What was typed just now is newer than what was kept.
  const newer = new Set(fields.filter((field) => asText(valueOf(field)) !== asText(givenOf(field))).map((field) => field.name));
  for (const field of fields) {
    const value = values[slotOf(field)];
    if (value !== undefined && !newer.has(field.name)) setValue(field, value);
  }
}

function offer(form, key) {
  const line = document.createElement("p");
  line.className = "dsg-draft";
  line.setAttribute("role", "status");
  line.append("What you typed here before has been put back. ");
  const forget = document.createElement("button");
  forget.type = "button";
  forget.className = "dsg-link-button";
  forget.textContent = "Start afresh";
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.dataset.dsgLeaving = "";
    location.reload();
  });
  line.append(forget);
  form.prepend(line);
}

function keep(form) {
  const key = keyOf(form);
  let asGiven = asText(givenIn(form));
  const kept = sessionStorage.getItem(key);
  const hasErrors = document.querySelector(".govuk-error-summary") !== null;

  // A page that came back with errors already carries what was sent; only a page without them may be older than the draft.
  if (kept && !hasErrors && kept !== asGiven) {
    restore(form, JSON.parse(kept));
    offer(form, key);
  }

  const isDirty = () => asText(typedIn(form)) !== asGiven;
  const keepDraft = () => {
    if (isDirty()) sessionStorage.setItem(key, asText(typedIn(form)));
    else sessionStorage.removeItem(key);
  };
  form.addEventListener("input", keepDraft);
  if (isDirty()) keepDraft();
  // What has been saved meanwhile (saving.js) is as good as given.
  form.addEventListener("dsg:saved", () => {
    asGiven = asText(typedIn(form));
    sessionStorage.removeItem(key);
  });
  form.addEventListener("submit", () => {
    form.dataset.dsgLeaving = "";
    sessionStorage.setItem(`${PREFIX}-sent`, JSON.stringify({ key, path: location.pathname }));
  });
  addEventListener("beforeunload", (event) => {
    if (isDirty() && form.dataset.dsgLeaving === undefined) event.preventDefault();
  });
}

// A form that was sent was saved, unless what came back asks to sign in, shows errors, or is the form's own page reached
// by Back or Reload, as after a lost link.
function forgetWhatWasSaved() {
  const sent = JSON.parse(sessionStorage.getItem(`${PREFIX}-sent`) ?? "null");
  if (!sent) return;
  sessionStorage.removeItem(`${PREFIX}-sent`);
  const [arrival] = performance.getEntriesByType("navigation");
  const cameBack = sent.path === location.pathname && arrival?.type !== "navigate";
  const isPlain = document.body.classList.contains("dsg-plain");
  const hasErrors = document.querySelector(".govuk-error-summary") !== null;
  if (!cameBack && !isPlain && !hasErrors) sessionStorage.removeItem(sent.key);
}

let looked = false;

export function keepDrafts(root) {
  if (!looked) forgetWhatWasSaved();
  looked = true;
  for (const form of root.querySelectorAll("form[data-dsg-draft]:not([data-dsg-draft-on])")) {
    form.setAttribute("data-dsg-draft-on", "");
    keep(form);
  }
}
