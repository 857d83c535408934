"""A definition as forms: each thing of it on one page. `of(item)` is what a form begins with, `item(old)` what it makes of what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms

from ..agreeing import PARTIES
from ..defining import CORE, EQUALITY_KINDS, FOLLOW_KINDS, QuestionKind
from ..editing import key_for, questions_to_depend_on
from ..written import FOR_HOST
from .schemes import area, narrow

Item = dict[str, Any]

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
EMPLOYER = (
    ("never", "Never that their people applied"),
    ("award", "Only of awards"),
    ("application", "Of applications, when they come in"),
)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def choices_of(labels: list[str], known: Collection[Mapping[str, Any]]) -> list[Item]:
    """Answers as data: who is called as before keeps the key, so that answers given already stay what they were."""
    keys = {one["label"]: one["value"] for one in known}
    found: list[Item] = []
    for label in labels:
        taken = [*keys.values(), *(one["value"] for one in found)]
        found.append({"value": keys.get(label) or key_for(label, taken), "label": label})
    return found


class FactsForm(forms.Form):
    """What stands once in a definition."""

    purpose = forms.CharField(label="What is it for?", widget=area(4), max_length=5000)
    noun = forms.CharField(
        label="What does one award pay for, in a word?", max_length=40, required=False,
        help_text="A placement, a project: letters and pages call it so. A word that follows “a”.",
        widget=forms.TextInput(attrs=narrow(20)),
    )  # fmt: skip
    host_word = forms.ChoiceField(
        label="How is one with a host?",
        choices=[("at", "At the host"), ("with", "With the host")],
        widget=forms.RadioSelect,
        required=False,
    )
    who = forms.CharField(label="Who may apply?", widget=area(3), max_length=5000)
    nations = forms.CharField(
        label="Nations", widget=area(4), required=False, help_text="One a line; empty where it is open to all."
    )
    role_words = forms.CharField(
        label="Words for the people it is for", widget=area(3), required=False, help_text="One a line."
    )
    funds = forms.CharField(label="What is funded?", widget=area(3), max_length=5000)
    least = forms.DecimalField(
        label="Least, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )
    most = forms.DecimalField(
        label="Most, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )
    home = forms.BooleanField(label="Within the United Kingdom", required=False)
    abroad = forms.BooleanField(label="Abroad", required=False)
    advance = forms.BooleanField(label="Some of it can be paid beforehand", required=False)
    rests_one_round = forms.BooleanField(label="Whoever had an award rests for one round", required=False)
    tells_employer = forms.ChoiceField(
        label="What the applicant’s employer learns", choices=EMPLOYER, widget=forms.RadioSelect
    )
    names_hidden = forms.BooleanField(label="The panel reads without names", required=False)
    reviewers_each = forms.IntegerField(
        label="How many of the panel read each application", required=False, min_value=1, max_value=20,
        help_text="Empty where everyone reads all.", widget=forms.NumberInput(attrs=narrow(3)),
    )  # fmt: skip
    accept_days = forms.IntegerField(
        label="Days to accept an award", min_value=1, max_value=90, widget=forms.NumberInput(attrs=narrow(3))
    )
    needs_agreement = forms.BooleanField(
        label="An agreement is signed by the technician, home and host", required=False
    )
    keep_months = forms.IntegerField(
        label="Months until people are stripped from what is kept", min_value=6, max_value=240,
        help_text="Counted from the end of an application. Figures stay.", widget=forms.NumberInput(attrs=narrow(3)),
    )  # fmt: skip

    @staticmethod
    def of(data: Mapping[str, Any]) -> Item:
        nations = "\n".join(one["label"] for one in data.get("nations", []))
        named = {"noun": data.get("noun", "placement"), "host_word": data.get("host_word", "at")}
        return {**data, **named, "nations": nations, "role_words": "\n".join(data.get("role_words", []))}

    def applied_to(self, data: Mapping[str, Any]) -> Item:
        """The definition with what was typed."""
        told = dict(self.cleaned_data)
        told |= {"noun": told["noun"].strip() or "placement", "host_word": told["host_word"] or "at"}
        told["nations"] = choices_of(lines(told["nations"]), data.get("nations", []))
        told["role_words"] = lines(told["role_words"])
        for name in ("least", "most"):
            told[name] = None if told[name] is None else str(told[name])
        return {**data, **told}


class ThingForm(forms.Form):
    """The shape of a form for one thing of a list. `named` is the field that names it."""

    named: ClassVar[str] = "label"

    def __init__(
        self,
        *args: Any,
        definition: Mapping[str, Any],
        old: Mapping[str, Any] | None = None,
        place: str = "part.",
        **kwargs: Any,
    ) -> None:
        self.definition, self.old, self.place = definition, old, place
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Item:
        return dict(item)

    def item(self, taken: Collection[str]) -> Item:
        """What was typed as data; a new thing gets a key, an old one keeps its own."""
        told = {name: value for name, value in self.typed().items() if value not in (None, "")}
        key = self.old["key"] if self.old else key_for(str(told[self.named]), taken)
        return {**self.kept(), **told, "key": key}

    def kept(self) -> Item:
        """What the form does not show and the thing keeps."""
        return {name: value for name, value in (self.old or {}).items() if name not in self.fields}

    def typed(self) -> Item:
        return dict(self.cleaned_data)


class CostForm(ThingForm):
    label = forms.CharField(label="Kind of cost", max_length=300)
    hint = forms.CharField(label="Hint", required=False, widget=area(2), max_length=5000)
    cap = forms.DecimalField(
        label="Most for it in one award, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )  # fmt: skip

    apart = forms.BooleanField(
        label="Beside the award, and never counted against anybody", required=False,
        help_text="For access needs: left out of the most that is awarded, and of what approvers and panel read. Added to an award as one sum.",
    )  # fmt: skip

    def typed(self) -> Item:
        cap = self.cleaned_data["cap"]
        apart = self.cleaned_data["apart"] or None
        return {**self.cleaned_data, "cap": None if cap is None else str(cap), "apart": apart}


class ApproverForm(ThingForm):
    named = "title"

    title = forms.CharField(label="Who is asked?", max_length=300, help_text="For example: Line manager.")
    asks = forms.ChoiceField(
        label="For what?", widget=forms.RadioSelect,
        choices=(("approval", "To approve it"), ("letter", "For a letter of support"), ("place", "To confirm the place, as host")),
    )  # fmt: skip
    hint = forms.CharField(label="What the applicant reads beside it", required=False, widget=area(2), max_length=5000)
    chase_days = forms.IntegerField(
        label="Reminded after days", min_value=1, max_value=60, initial=5, widget=forms.NumberInput(attrs=narrow(3))
    )
    open_days = forms.IntegerField(
        label="The link is open for days",
        min_value=1,
        max_value=180,
        initial=30,
        widget=forms.NumberInput(attrs=narrow(3)),
    )


class CriterionForm(ThingForm):
    label = forms.CharField(label="Criterion", max_length=300)
    guidance = forms.CharField(label="Guidance", required=False, widget=area(3), max_length=5000)
    weight = forms.DecimalField(
        label="Weight", min_value=0, max_value=100, initial=1, decimal_places=2, widget=forms.TextInput(attrs=narrow(3))
    )
    scores = forms.CharField(
        label="Scores", widget=area(5),
        help_text="One a line: the number, what it is called, and guidance if any, with bars between. For example: 3 | Very well | Clear aims and a plan.",
    )  # fmt: skip

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Item:
        told = [[str(one["value"]), one["label"], one.get("guidance", "")] for one in item["scores"]]
        return {**item, "scores": "\n".join(" | ".join(filter(None, parts)) for parts in told)}

    def clean_scores(self) -> list[Item]:
        found = []
        for line in lines(self.cleaned_data["scores"]):
            value, label, guidance = [*(part.strip() for part in line.split("|", 2)), "", ""][:3]
            if not (value.isascii() and value.isdigit()) or not label:
                raise forms.ValidationError(
                    f"“{line[:60]}” lacks a number or a name. Write it like this: 3 | Very well."
                )
            found.append({"value": int(value), "label": label, "guidance": guidance})
        return found

    def typed(self) -> Item:
        return {**self.cleaned_data, "weight": str(self.cleaned_data["weight"])}


class ReasonForm(ThingForm):
    label = forms.CharField(label="Reason, for the panel", max_length=300)
    words = forms.CharField(label="What the applicant reads", widget=area(3), max_length=5000)


class DutyForm(ThingForm):
    named = "words"

    party = forms.ChoiceField(label="Who undertakes it?", choices=tuple(PARTIES.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label="What they undertake", max_length=300, widget=area(2), help_text="It follows the party’s name in the agreement: “goes on the days above”."
    )  # fmt: skip


class PartForm(ThingForm):
    named = "title"

    title = forms.CharField(label="Title", max_length=300)
    intro = forms.CharField(label="What stands above its questions", required=False, widget=area(2), max_length=5000)
    first = forms.CharField(
        label="Its first question", max_length=300, help_text="You choose its kind, and add others, in the next step."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.old:
            del self.fields["first"]

    def typed(self) -> Item:
        told = dict(self.cleaned_data)
        if first := told.pop("first", None):
            taken = {one["key"] for section in self.definition["sections"] for one in section["questions"]}
            told["questions"] = [{"key": key_for(first, taken), "kind": "line", "label": first}]
        return told


class LaterForm(ThingForm):
    named = "title"

    title = forms.CharField(label="Title", max_length=300)
    after_months = forms.IntegerField(
        label="Months after the placement", min_value=1, max_value=60, widget=forms.NumberInput(attrs=narrow(3))
    )
    first = forms.CharField(
        label="Its first question", max_length=300, help_text="You choose its kind, and add others, in the next step."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.old:
            del self.fields["first"]

    def typed(self) -> Item:
        told = dict(self.cleaned_data)
        if first := told.pop("first", None):
            told["questions"] = [{"key": key_for(first, ()), "kind": "text", "label": first}]
        return told


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
    "working_days": "Working days away",
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
        if in_part and own == "nation" and self.definition.get("nations"):
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
        if key == "nation" and self.definition.get("nations"):
            return list(self.definition["nations"])
        known = (self.old or {}).get("choices") or (PAYEES if key == "payee" else [])
        if key == "payee" and not self.old and len(labels) in (0, len(PAYEES)):
            return [{**one, "label": label} for one, label in zip(PAYEES, labels or LABELS, strict=True)]
        return choices_of(labels, known)

    def item(self, taken: Collection[str]) -> Item:
        found = super().item(taken)
        core = self.cleaned_data.get("core")
        return {**found, "key": core} if core else found


class ReportForm(forms.Form):
    title = forms.CharField(label="What is it called?", max_length=300)
    after_days = forms.IntegerField(
        label="Due so many days after the placement",
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(attrs=narrow(3)),
    )
