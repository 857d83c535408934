// What every page gets. Each part enhances markup that works without it.
import htmx from "htmx.org";
import { CharacterCount, ErrorSummary, PasswordInput } from "govuk-frontend";

import { keepDrafts } from "./drafts.js";
import { enhance } from "./enhancements.js";

window.htmx = htmx;
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const components = [
  ["govuk-error-summary", ErrorSummary],
  ["govuk-password-input", PasswordInput],
  ["govuk-character-count", CharacterCount],
];

function start(root) {
  for (const [name, Component] of components) {
    for (const element of root.querySelectorAll(`[data-module="${name}"]:not([data-${name}-init])`)) {
      try {
        new Component(element);
      } catch (error) {
        // One field that cannot be enhanced must not cost the page its other scripts.
        console.error(error);
      }
    }
  }
  enhance(root);
  keepDrafts(root);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
