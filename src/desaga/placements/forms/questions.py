"""A question of a definition as a form: one that Desaga works with, or one of the scheme’s own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from ..defining import CORE, EQUALITY_KINDS, FOLLOW_KINDS, QuestionKind, nations_offered, roles_offered
from ..editing import questions_to_depend_on
from ..written import FOR_HOST
from .schemes import area, narrow
from .things import Item, ThingForm, choices_of, lines

KINDS = (
    (QuestionKind.LINE, "One line"),
    (QuestionKind.TEXT, "A text"),
    (QuestionKind.YES_NO, "Yes or no"),
    (QuestionKind.CHOICE, "One of several answers"),
    (QuestionKind.CHOICES, "Several of several answers"),
    (QuestionKind.DATE, "A date"),
    (QuestionKind.NUMBER, "A whole number"),
    (QuestionKind.MONEY, "An amount in pounds"),
    (QuestionKind.PERSON, "A person, with e-mail"),
    (QuestionKind.ORGANISATION, "An organisation"),
    (QuestionKind.FILE, "A file"),
    (QuestionKind.DECLARATION, "A box to tick"),
)


#: What of each place a question cannot be answered with is left out; see `defining.FOLLOW_KINDS`.
def kinds_at(place: str) -> list[tuple[str, str]]:
    if place.startswith("part."):
        return list(KINDS)
    allowed = EQUALITY_KINDS if place == "equality" else FOLLOW_KINDS
    return [pair for pair in KINDS if pair[0] in allowed]


def core_left(definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Questions that Desaga works with, and that are not asked yet."""
    asked = {one["key"] for section in definition["sections"] for one in section["questions"]}
    return [(key, words) for key, words in CORE_WORDS.items() if key not in asked]


CORE_WORDS = {
    "nation": "Where they work, of the scheme’s nations",
    "discipline": "Their field",
    "job": "Their job title",
    "starts_on": "The first day",
    "ends_on": "The last day",
    "role_word": "Which of the scheme’s words is closest to their work",
    "working_days": "Working days away",
    "cover_at_work": "How the work is covered meanwhile: who approves it reads and confirms it",
    "department_cost": "What it costs the department beside the award: who approves it reads and confirms it",
    "abroad": "Whether it is outside the United Kingdom",
    "contract_ends_on": "The last day of their contract: must outlast the placement and its report",
    "on_grant": "Whether a grant pays their salary",
    "grant_consent": "Whether the grant’s holder agrees",
    "risk_assessed": "Whether there is a risk assessment",
    "visa_checked": "Whether they know if they need a visa",
    "insured": "Whether their employer’s insurance covers it",
    "payee": "Who is paid",
    "advance": "Whether some of it is needed before",
    "session_promised": "Whether they will hold a session for colleagues",
}
#: Whoever is paid is known by these keys, whatever they are called.
PAYEES = [{"value": "employer", "label": "My employer"}, {"value": "person", "label": "Me"}]

LABELS = [one["label"] for one in PAYEES]
#: Questions whose answers to choose from are a fact of the scheme.
OFFERED = {"nation": "nations", "role_word": "role_words"}


class QuestionForm(ThingForm):
    core = forms.ChoiceField(
        label="One that Desaga works with", required=False,
        help_text="Then Desaga checks the answer, or counts by it; its kind follows. Leave it for a question of your own.",
    )  # fmt: skip
    label = forms.CharField(label="Question", max_length=300)
    hint = forms.CharField(label="Hint", required=False, widget=area(2), max_length=5000)
    kind = forms.ChoiceField(label="What is answered?", choices=KINDS)
    required = forms.BooleanField(label="It must be answered", required=False)
    words = forms.IntegerField(
        label="Most words", required=False, min_value=5, max_value=2000, help_text="For a text.", widget=forms.NumberInput(attrs=narrow(4))
    )  # fmt: skip
    choices = forms.CharField(label="Answers to choose from", required=False, widget=area(4), help_text="One a line.")
    only_if = forms.ChoiceField(label="Ask it only if", required=False)
    names_people = forms.BooleanField(
        label="Its answer names people",
        required=False,
        help_text="Then it is left out where the panel reads without names.",
    )

    for_host = forms.BooleanField(
        label="The host reads its answer", required=False,
        help_text="Where a host is asked to confirm the place. Employers and the panel read all but what is hidden from them.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.old["key"] if self.old else ""
        in_part = self.place.startswith("part.")
        left = core_left(self.definition) if in_part and not self.old else []
        if not in_part:
            del self.fields["for_host"]
        if left:
            self.fields["core"].choices = [("", "No: a question of our own"), *left]  # type: ignore[attr-defined]
        else:
            del self.fields["core"]
        self.fields["kind"].choices = kinds_at(self.place)  # type: ignore[attr-defined]
        if in_part and own in CORE:
            # Desaga works with the answer: its kind stays.
            del self.fields["kind"]
        if in_part and OFFERED.get(own) and self.definition.get(OFFERED[own]):
            # They are those of the scheme.
            del self.fields["choices"]
        self.fields["only_if"].choices = [("", "Always"), *self.conditions(own)]  # type: ignore[attr-defined]

    def conditions(self, own: str) -> list[tuple[str, str]]:
        found = []
        for one in questions_to_depend_on(self.definition, self.place):
            if one.key == own:
                continue
            answers = (
                [("yes", "Yes"), ("no", "No")] if one.kind == "yes_no" else [(c.value, c.label) for c in one.choices]
            )
            found += [(f"{one.key}={value}", f"{one.label} {label}") for value, label in answers]
        return found

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Item:
        condition = item.get("only_if")
        answer = condition["answer"] if condition else ""
        answer = ("no", "yes")[answer] if isinstance(answer, bool) else answer
        return {
            "required": True,
            **item,
            "for_host": item["key"] in FOR_HOST if item.get("for_host") is None else item["for_host"],
            "choices": "\n".join(one["label"] for one in item.get("choices", [])),
            "only_if": f"{condition['question']}={answer}" if condition else "",
        }

    def typed(self) -> Item:
        told = dict(self.cleaned_data)
        if core := told.pop("core", ""):
            told |= {"kind": CORE[core]}
        told["choices"] = self._choices(core or (self.old or {}).get("key", ""), lines(told.get("choices", "")))
        if condition := told.pop("only_if"):
            question, _, answer = condition.partition("=")
            kinds = {one.key: one.kind for one in questions_to_depend_on(self.definition, self.place)}
            told["only_if"] = {
                "question": question,
                "answer": answer == "yes" if kinds[question] == "yes_no" else answer,
            }
        if not told["choices"]:
            del told["choices"]
        usual = (self.old["key"] if self.old else core) in FOR_HOST
        if told.get("for_host") == usual and (self.old or {}).get("for_host") is None:
            # As it is for all of its kind: nothing is to be said.
            told.pop("for_host", None)
        return told

    def _choices(self, key: str, labels: list[str]) -> list[Item]:
        """Those of the scheme's nations, and of who is paid, keep their keys whatever they are called."""
        if not self.place.startswith("part."):
            key = ""
        if self.definition.get(OFFERED.get(key, "")):
            offered = nations_offered if key == "nation" else roles_offered
            return offered(self.definition[OFFERED[key]])
        known = (self.old or {}).get("choices") or (PAYEES if key == "payee" else [])
        if key == "payee" and not self.old and len(labels) in (0, len(PAYEES)):
            return [{**one, "label": label} for one, label in zip(PAYEES, labels or LABELS, strict=True)]
        return choices_of(labels, known)

    def item(self, taken: Collection[str]) -> Item:
        found = super().item(taken)
        core = self.cleaned_data.get("core")
        return {**found, "key": core} if core else found
