"""The fields of a part, made of its questions. What was typed is shown as it was typed: `answering` says what is wrong with it, not the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.html import escape

from desaga.evidence.files import ACCEPTED
from desaga.evidence.forms import KINDS_IN_WORDS, megabytes
from desaga.ui.forms import DatePartsWidget

from ..countries import NAMES, name_of
from ..defining import Definition, Question, QuestionKind, Section
from ..shaping import COST, HOST, PERSON, mark_of, shown

#: Of so many answers to choose from, one sees all at once; of more, a list opens.
FEW = 8
YES_NO = (("yes", "Yes"), ("no", "No"))


class TypedField(forms.BoundField):
    """Shows what was typed, whether or not something is wrong with it."""

    def value(self) -> Any:
        return self.form.initial.get(self.name)


class AnswerField(forms.Field):
    def __init__(self, **kwargs: Any) -> None:
        self.hide_optional = kwargs.pop("is_wanted", False)
        super().__init__(required=False, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> TypedField:
        return TypedField(form, self, field_name)


class CountedText(forms.Textarea):
    """A text whose words are counted as one types."""

    template_name = "placements/widgets/counted_text.html"

    def __init__(self, words: int | None) -> None:
        rows = "4" if words and words <= 60 else "10"
        super().__init__({"rows": rows, "class": "govuk-textarea govuk-js-character-count"})
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "words": self.words}


class NamedInput(forms.TextInput):
    """One line that is kept as the first of several fields: the name of an organisation."""

    def __init__(self, part: str, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.part = part

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(f"{name}_{self.part}", (value or {}).get(self.part, ""), attrs)


class TypedDate(DatePartsWidget):
    """Day, month and year as they were typed."""

    def decompress(self, value: Any) -> list[Any]:
        return [(value or {}).get(part, "") for part in ("day", "month", "year")]


@dataclass(frozen=True)
class Small:
    """One of the fields that a question has."""

    name: str
    label: str
    hint: str = ""
    attrs: Mapping[str, str] = field(default_factory=dict)
    #: What can be chosen, where it is not typed.
    options: tuple[str, ...] = ()


class SmallFields(forms.Widget):
    """Several labelled lines under one question."""

    template_name = "placements/widgets/small_fields.html"
    use_fieldset = True

    def __init__(self, smalls: Iterable[Small]) -> None:
        super().__init__()
        self.smalls = tuple(smalls)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.smalls[0].name}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        told = [
            {
                "small": one,
                "name": f"{name}_{one.name}",
                "id": f"id_{name}_{one.name}",
                "value": (value or {}).get(one.name, ""),
                "options": _options(one, (value or {}).get(one.name, "")),
            }
            for one in self.smalls
        ]
        return {**context, "smalls": told, "is_invalid": "aria-invalid" in (attrs or {})}


def _options(small: Small, value: str) -> list[tuple[str, bool]]:
    """What can be chosen, and whether it is; what stands there in other words is not lost."""
    if not small.options:
        return []
    stands = name_of(value) if value else ""
    more = [stands] if stands and stands not in small.options else []
    return [(one, one == stands) for one in (*small.options, *more)]


class CostLines(forms.Widget):
    """Lines of costs: what kind, what for, how many pounds, and the amount in another currency."""

    template_name = "placements/widgets/cost_lines.html"
    use_fieldset = True

    def __init__(self, definition: Definition) -> None:
        super().__init__()
        self.definition = definition

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0_kind"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        lines = [
            {"number": number, "place": number + 1, "prefix": f"{name}_{number}", **{one: line[one] for one in COST}}
            for number, line in enumerate(value or [])
        ]
        kinds = self.definition.cost_kinds
        return {**super().get_context(name, value, attrs), "lines": lines, "kinds": kinds, "key": name}


class KeptFile(forms.FileInput):
    """A place for a file, and the one that stands there."""

    template_name = "placements/widgets/kept_file.html"

    def __init__(self) -> None:
        super().__init__({"accept": ACCEPTED, "class": "govuk-file-upload"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        kept = value or {}
        return {**super().get_context(name, None, attrs), "kept": kept, "key": name}

    def format_value(self, value: Any) -> None:
        return None


@dataclass(frozen=True)
class Suggested:
    """What a page offers where names are typed: the ids of its lists."""

    organisations: str = "known-organisations"


def widget_of(question: Question, definition: Definition) -> forms.Widget:
    """What a question is answered with."""
    lists = Suggested()
    made = {
        QuestionKind.TEXT: lambda: CountedText(question.words),
        QuestionKind.CHOICE: lambda: _chooser(question),
        QuestionKind.CHOICES: lambda: forms.CheckboxSelectMultiple(choices=_choices(question)),
        QuestionKind.YES_NO: lambda: forms.RadioSelect(choices=YES_NO),
        QuestionKind.DATE: TypedDate,
        QuestionKind.NUMBER: lambda: forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"}),
        QuestionKind.MONEY: lambda: forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-5"}),
        QuestionKind.COSTS: lambda: CostLines(definition),
        QuestionKind.ORGANISATION: lambda: NamedInput("name", {"list": lists.organisations, "autocomplete": "off"}),
        QuestionKind.HOST: lambda: SmallFields(HOST_FIELDS),
        QuestionKind.PERSON: lambda: SmallFields(PERSON_FIELDS),
        QuestionKind.FILE: KeptFile,
        QuestionKind.DECLARATION: forms.CheckboxInput,
    }
    return made.get(question.kind, forms.TextInput)()


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in question.choices]


def _chooser(question: Question) -> forms.Widget:
    if len(question.choices) <= FEW:
        return forms.RadioSelect(choices=_choices(question))
    return forms.Select(choices=[("", "Choose one"), *_choices(question)])


HOST_FIELDS = (
    Small("organisation", "Name", attrs={"autocomplete": "off"}),
    Small("country", "Country", options=NAMES),
    Small("contact", "Whom you know there (optional)"),
)
assert tuple(one.name for one in HOST_FIELDS) == HOST
PERSON_FIELDS = (
    Small("name", "Name", attrs={"autocomplete": "off"}),
    Small("email", "E-mail", attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}),
)
assert tuple(one.name for one in PERSON_FIELDS) == PERSON


def hint_of(question: Question, definition: Definition, beside: Sequence[Question] = ()) -> str:
    """The scheme's hint, what kind of file is taken, and when a question need not be answered. `beside` are those that stand with it."""
    words = [_only_if(question, definition, beside), question.hint]
    if question.kind == QuestionKind.FILE:
        words.append(f"{KINDS_IN_WORDS}; at most {megabytes()} MB.")
    return escape(" ".join(one for one in words if one))


def _only_if(question: Question, definition: Definition, beside: Sequence[Question]) -> str:
    if question.only_if is None:
        return ""
    key = question.only_if.question
    other = next((one for one in beside if one.key == key), None) or definition.question(key)
    if other is None:
        return ""
    answer = question.only_if.answer
    labels = {True: "Yes", False: "No"} | {one.value: one.label for one in other.choices}
    return f"Only if you answered “{labels.get(answer, answer)}” to “{other.label}”."


@dataclass(frozen=True)
class Asked:
    """A question on a page: its field, under what condition it is asked, and what stands there by another page's hand."""

    question: Question
    field: forms.BoundField
    mark: str
    elsewhere: tuple[str, ...] | None = None

    @property
    def condition(self) -> tuple[str, str] | None:
        """The question and the answer under which this one is asked, as the page's fields hold them."""
        if self.question.only_if is None:
            return None
        answer = self.question.only_if.answer
        return self.question.only_if.question, {True: "yes", False: "no"}.get(answer, str(answer))  # type: ignore[call-overload]


class PartForm(forms.Form):
    """The questions of a part with what was typed under them; `troubles` are shown where they are given."""

    use_required_attribute = False

    def __init__(
        self,
        *,
        part: Section,
        definition: Definition,
        typed: Mapping[str, Any],
        troubles: Mapping[str, str] | None = None,
        left_out: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self.asked_for = [one for one in part.questions if one.key not in set(left_out)]
        for question in self.asked_for:
            self.fields[question.key] = AnswerField(
                label=question.label,
                help_text=hint_of(question, definition, part.questions),
                widget=widget_of(question, definition),
                is_wanted=question.required,
            )
            self.initial[question.key] = shown(question, typed.get(question.key))
        self._errors = ErrorDict()
        for key, words in (troubles or {}).items():
            if key in self.fields:
                self.is_bound = True
                self._errors[key] = self.error_class([words], renderer=self.renderer)

    @property
    def summary(self) -> list[dict[str, str]]:
        """All that is wrong, each with the question's words and a link that leads there."""
        return [
            {"message": f"{self[key].label}: {words[:1].lower()}{words[1:]}", "target": _target(self[key])}
            for key, errors in self.errors.items()
            for words in errors
        ]

    def asked(self, typed: Mapping[str, Any], elsewhere: Mapping[str, tuple[str, ...]]) -> list[Asked]:
        """The questions in order; `typed` is what stands, of which each field carries the mark."""
        return [
            Asked(one, self[one.key], mark_of(one, typed.get(one.key)), elsewhere.get(one.key))
            for one in self.asked_for
        ]


def _target(field: forms.BoundField) -> str:
    return field.id_for_label or f"{field.auto_id}_0"
