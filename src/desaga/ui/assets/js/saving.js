// A long form saves itself while somebody types: only what was changed here, never twice, again and again while there is no link.
// The form names where to with data-dsg-save-to; each question stands in a group with data-dsg-asked and a hidden mark of what the page was
// given, so that the server can tell what another window changed meanwhile. Without script the form's button saves the same.

const PAUSE = 1500;
const LONGEST_WAIT = 30_000;

const fieldsIn = (group) => Array.from(group.querySelectorAll("input, select, textarea")).filter((field) => field.name && field.type !== "file");
const isMark = (field) => field.name.startsWith("mark_");
const isTick = (field) => field.type === "checkbox" || field.type === "radio";

// What a group would send, or would have sent as the page was given.
function stateOf(group, asGiven) {
  return fieldsIn(group)
    .filter((field) => !isMark(field))
    .map((field) => {
      if (isTick(field)) return `${field.name}=${(asGiven ? field.defaultChecked : field.checked) ? field.value : ""}`;
      if (field.tagName === "SELECT" && asGiven) {
        const given = Array.from(field.options).find((option) => option.defaultSelected) ?? field.options[0];
        return `${field.name}=${given?.value ?? ""}`;
      }
      return `${field.name}=${asGiven ? field.defaultValue : field.value}`;
    })
    .join("\n");
}

class Saving {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-dsg-saved]");
    this.groups = Array.from(form.querySelectorAll("[data-dsg-asked]"));
    this.kept = new Map(this.groups.map((group) => [group, stateOf(group, true)]));
    this.wait = PAUSE;
    form.addEventListener("input", () => this.soon(PAUSE));
    form.addEventListener("change", () => this.soon(PAUSE));
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.isLeaving = true;
      form.elements.at.value = new Date().toISOString();
    });
    // A page that comes back by the browser's own Back goes on.
    addEventListener("pageshow", () => {
      this.isLeaving = false;
      this.soon(PAUSE);
    });
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  soon(milliseconds) {
    clearTimeout(this.timer);
    if (!this.isLeaving) this.timer = setTimeout(() => this.save(), milliseconds);
  }

  later() {
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.soon(this.wait);
  }

  changed() {
    return this.groups.filter((group) => stateOf(group, false) !== this.kept.get(group));
  }

  async save() {
    const changed = this.changed();
    if (this.isBusy || this.isLeaving || changed.length === 0) return;
    this.isBusy = true;
    const sent = new Map(changed.map((group) => [group, stateOf(group, false)]));
    try {
      const answer = await fetch(this.form.dataset.dsgSaveTo, { method: "POST", body: this.words(changed), redirect: "manual" });
      await this.heard(answer, sent);
    } catch {
      this.say("There is no connection. What you typed is kept in this window, and saved when there is one.");
      this.later();
    } finally {
      this.isBusy = false;
    }
  }

  words(changed) {
    const words = new URLSearchParams({ at: new Date().toISOString() });
    for (const name of ["csrfmiddlewaretoken", "page"]) words.set(name, this.form.elements[name].value);
    for (const group of changed) {
      words.append("changed", group.dataset.dsgAsked);
      for (const field of fieldsIn(group)) if (!isTick(field) || field.checked) words.append(field.name, field.value);
    }
    return words;
  }

  async heard(answer, sent) {
    if (answer.type === "opaqueredirect") return this.signedOut();
    if (answer.status === 403) return this.newToken();
    if (answer.status === 409) return this.say((await answer.json()).refused);
    if (!answer.ok) {
      this.say("It could not be saved just now. What you typed is kept in this window; it is tried again.");
      return this.later();
    }
    this.wait = PAUSE;
    this.note(await answer.json(), sent);
  }

  note(told, sent) {
    for (const [group, state] of sent) {
      const key = group.dataset.dsgAsked;
      this.kept.set(group, state);
      group.querySelector(`[name="mark_${key}"]`).value = told.marks[key];
      if (told.elsewhere[key]) this.showElsewhere(group, told.elsewhere[key]);
    }
    const isAll = Object.keys(told.elsewhere).length === 0;
    this.say(isAll ? `Saved ${told.saved}` : "One answer was changed in another window. Look above it.");
    if (this.changed().length > 0) this.soon(PAUSE);
    else if (isAll) this.form.dispatchEvent(new Event("dsg:saved"));
  }

  showElsewhere(group, words) {
    const block = group.querySelector(".dsg-elsewhere");
    block.querySelector("blockquote").replaceChildren(
      ...words.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
    );
    block.hidden = false;
  }

  signedOut() {
    const link = Object.assign(document.createElement("a"), {
      href: this.form.dataset.dsgSignIn, target: "_blank", rel: "noopener", textContent: "Sign in in another window",
    });
    this.line.replaceChildren("You are signed out. What you typed is kept in this window. ", link, ", and it is saved.");
    this.later();
  }

  // After signing in anew the page's own proof that it is ours is an old one.
  async newToken() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return this.signedOut();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
    if (token) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    this.later();
  }

  say(words) {
    this.line.textContent = words;
  }
}

// A question that is asked only where another was answered so, shows itself then.
function conditions(form) {
  const look = () => {
    for (const group of form.querySelectorAll("[data-dsg-only-if]")) {
      const { dsgOnlyIf: name, dsgAnswer: wanted } = group.dataset;
      const others = Array.from(form.elements).filter((field) => field.name === name);
      if (others.length === 0) continue;
      const answers = others.filter((field) => !isTick(field) || field.checked).map((field) => field.value);
      group.hidden = !answers.includes(wanted);
    }
  };
  form.addEventListener("change", look);
  addEventListener("pageshow", look);
  look();
}

for (const form of document.querySelectorAll("form[data-dsg-save-to]")) {
  conditions(form);
  new Saving(form).soon(PAUSE);
}
