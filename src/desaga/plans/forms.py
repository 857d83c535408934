"""Input to clean data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from desaga.ui.forms import DropFileInput, FilterForm

from . import dates
from .interchange import blank_action
from .operations.imports import LARGEST_DOCUMENT, MEGABYTE
from .states import OwnerRole, Precision, Rag, Status

LONGEST_PASTE = 2_000_000
LONGEST_THEME = 300
READABLE = ".docx,.docm,.xlsx,.xlsm,.xls,.ods,.pdf,.txt,.md,.csv,.tsv,.html,.htm"


def area(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class PartialDateField(forms.CharField):
    """A date as exact as it is known; answers "2027", "2027-03", "2027-03-31" or "" and takes what people write."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return dates.said(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        try:
            return dates.understood(super().clean(value) or "")
        except dates.NotADate as error:
            raise ValidationError(str(error), code="not_a_date") from None


class OnceForm(forms.Form):
    """A form that makes one thing however often it is sent."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class HandInForm(OnceForm):
    """A file, or words pasted from somewhere."""

    document = forms.FileField(
        label="The file that you have",
        required=False,
        widget=DropFileInput(attrs={"accept": READABLE}),
        help_text="Word, Excel, OpenDocument, PDF with text in it, web page, or plain text; at most 25 MB.",
    )
    text = forms.CharField(
        label="Or paste the text of the plan",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=area(8, spellcheck="false"),
        help_text="From a web page or an e-mail. A table copied from a spreadsheet keeps its columns.",
    )

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document and document.size > LARGEST_DOCUMENT:
            limit = LARGEST_DOCUMENT // MEGABYTE
            raise ValidationError(
                f"“{document.name}” is larger than {limit} MB. Remove pictures from it or split it, and choose it again.",
                code="too_large",
            )
        return document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("document") and not (data.get("text") or "").strip():
            self.add_error("document", "Choose a file, or paste the text below.")
        return data


class ThemeForm(forms.Form):
    """The theme that a row is put under; empty for none."""

    theme = forms.CharField(required=False)


class PlanForm(forms.Form):
    """What a plan is called and for how long it is."""

    title = forms.CharField(label="Title", max_length=300)
    starts = PartialDateField(label="From", help_text="For example 2027, August 2027 or 1 August 2027.")
    ends = PartialDateField(label="Until")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_end_before_start(self, data)
        return data


class ReviewFilterForm(FilterForm):
    """Which rows of an import to look at."""

    notice = forms.ChoiceField(label="Doubts", required=False)
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All"),
            ("open", "Not looked at yet"),
            ("kept", "Kept"),
            ("corrected", "Corrected"),
            ("dropped", "Dropped"),
            ("usual", "Business as usual"),
        ],
    )
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, kinds: Mapping[str, int], words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(kind, f"{words.get(kind, kind)} ({number})") for kind, number in kinds.items()]
        self.fields["notice"].choices = [("", "All rows"), *([("any", "Any doubt")] if told else []), *told]


SORTS = ("", "due", "code", "status")


class ActionFilterForm(FilterForm):
    """Which actions of a plan to look at."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    party = forms.ChoiceField(label="Party", required=False)
    principle = forms.ChoiceField(label="Principle", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All"), *Status.choices, ("none", "No status yet")]
    )
    due = forms.ChoiceField(
        label="Due",
        required=False,
        choices=[
            ("", "All"),
            ("overdue", "Overdue"),
            ("soon", "Within 3 months"),
            ("later", "Later"),
            ("ongoing", "Ongoing"),
            ("undated", "No date"),
        ],
    )
    sort = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[(name, name) for name in SORTS])

    def __init__(
        self, *args: Any, parties: Sequence[tuple[str, str]], principles: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", "All"), *parties, *self._unknown("party", [v for v, _ in parties])]
        known = [value for _, rows in principles for value, _ in rows]
        self.fields["principle"].choices = [("", "All"), *principles, *self._unknown("principle", known)]

    def _unknown(self, name: str, known: list[str]) -> list[tuple[str, str]]:
        """A link may ask for whom the plan does not name: then nothing fits, rather than everything."""
        wanted = self.data.get(name) or ""
        return [(wanted, wanted)] if wanted and wanted not in known and "\x00" not in wanted else []


ROLE_WORDS = {OwnerRole.SUPPORT: "helps", OwnerRole.OVERSIGHT: "oversees"}


def one_line(text: str) -> str:
    return " ".join(text.split())


def owner_line(owner: Mapping[str, Any]) -> str:
    words = ROLE_WORDS.get(owner["role"])
    return f"{one_line(owner['text'])} ({words})" if words else one_line(owner["text"])


def owner_of(line: str) -> dict[str, Any]:
    for role, words in ROLE_WORDS.items():
        if line.endswith(f"({words})"):
            return {"text": line.removesuffix(f"({words})").strip(), "code": None, "kind": "text", "role": role.value}
    return {"text": line, "code": None, "kind": "text", "role": OwnerRole.LEAD.value}


def alignment_line(alignment: Mapping[str, Any]) -> str:
    code = one_line(alignment["code"])
    return f"{one_line(alignment['framework'])}: {code}" if alignment["framework"] else code


def alignment_of(line: str) -> dict[str, Any]:
    framework, _, code = line.rpartition(": ")
    return {"framework": framework.strip() or None, "code": code.strip(), "text": code.strip(), "basis": "cell"}


def milestone_line(milestone: Mapping[str, Any]) -> str:
    parts = [one_line(milestone["label"]), dates.said(milestone["start"]), dates.said(milestone["end"])]
    return " | ".join(parts).rstrip(" |") or "|"


def milestone_of(line: str) -> dict[str, Any]:
    label, start, end = ([*line.split("|"), "", ""])[:3]
    return {"label": label.strip(), "start": dates.understood(start) or None, "end": dates.understood(end) or None}


def dependency_line(dependency: Mapping[str, Any]) -> str:
    return one_line(dependency["text"])


class LinesField(forms.CharField):
    """A list of things, one a line. A line that was not touched stays exactly the thing that it was."""

    def __init__(self, *, write: Callable[[Any], str], read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": area(3), **kwargs})
        self.write, self.read = write, read
        self.former: list[Any] = []

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(map(self.write, value))

    def clean(self, value: Any) -> list[Any]:
        left = list(self.former)
        found = []
        for line in filter(None, (line.strip() for line in (super().clean(value) or "").splitlines())):
            same = next((one for one in left if self.write(one).strip() == line), None)
            if same is None:
                same = self._read(line)
            else:
                left.remove(same)
            found.append(same)
        return found

    def _read(self, line: str) -> Any:
        try:
            return self.read(line)
        except dates.NotADate as error:
            raise ValidationError(f"In the line “{line}”: {error}", code="not_a_date") from None


class ActionForm(forms.Form):
    """Everything that an action is. Give `data_now` in the interchange format; `as_data` answers in it again."""

    title = forms.CharField(
        label="What will be done", widget=area(3), help_text="One sentence that begins with a verb."
    )
    code = forms.CharField(
        label="Code", required=False, max_length=200, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    new_theme = forms.CharField(label="Or a new theme", required=False, max_length=LONGEST_THEME)
    how = forms.CharField(label="How it will be done", required=False, widget=area(4))
    success = forms.CharField(
        label="How we will know",
        required=False,
        widget=area(4),
        help_text="A number helps: “4 case studies”, “80 % answer”.",
    )
    owners = LinesField(
        label="Who carries it",
        write=owner_line,
        read=owner_of,
        help_text="One a line, by code or name: TSM. Who only helps or oversees: HR (helps), TCSG (oversees).",
    )
    alignments = LinesField(
        label="What it answers",
        write=alignment_line,
        read=alignment_of,
        help_text="One a line, framework and code: TALENT: R4.",
    )
    when_text = forms.CharField(
        label="When, in words",
        required=False,
        widget=area(2),
        help_text="As the author put it: Mar-25, Autumn 2026, Ongoing.",
    )
    starts = PartialDateField(
        label="From", help_text="Only as exact as it is known: 2027, March 2027 or 31 March 2027."
    )
    ends = PartialDateField(label="Until")
    continuous = forms.BooleanField(label="It goes on all the time", required=False)
    milestones = LinesField(
        label="Stages",
        write=milestone_line,
        read=milestone_of,
        help_text="One a line: what | from | until. Dates may be left out.",
    )
    depends_on = LinesField(
        label="What it waits for", write=dependency_line, read=lambda line: {"text": line}, help_text="One a line."
    )
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "No status yet"), *Status.choices])
    rag = forms.ChoiceField(label="RAG", required=False, choices=[("", "No RAG"), *Rag.choices])
    comments = forms.CharField(label="Comments", required=False, widget=area(3))
    business_as_usual = forms.BooleanField(
        label="Business as usual",
        required=False,
        help_text="Done as a matter of course; no longer chased every quarter.",
    )

    def __init__(
        self, *args: Any, themes: Iterable[tuple[str, str]], data_now: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.data_now = data_now or blank_action()
        when = self.data_now["timeframe"]
        flat = {
            "when_text": when["text"],
            "starts": when["start"],
            "ends": when["end"],
            "continuous": when["continuous"],
        }
        super().__init__(*args, initial={**self.data_now, **flat}, **kwargs)
        offered = dict(themes)
        if (theme := self.data_now["theme"]) and theme not in offered:
            offered[theme] = theme
        self.fields["theme"].choices = [("", "No theme"), *offered.items()]
        self.fields["title"].required = bool(self.data_now["title"]) or not self.data_now["id"]
        for name, field in self.fields.items():
            if isinstance(field, LinesField):
                field.former = self.data_now[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_end_before_start(self, data)
        return data

    def as_data(self) -> dict[str, Any]:
        """The action in the interchange format, as it was typed. What the form does not show stays as it was."""
        typed = self.cleaned_data
        same = (
            "title",
            "how",
            "success",
            "comments",
            "owners",
            "alignments",
            "milestones",
            "depends_on",
            "business_as_usual",
        )
        # A browser sends line breaks as CR LF; the document's were LF.
        told = {name: _lf(typed[name]) for name in same}
        return {
            **self.data_now,
            **told,
            "code": typed["code"] or None,
            "theme": typed["new_theme"] or typed["theme"] or None,
            "timeframe": self._timeframe(),
            "status": typed["status"] or None,
            "rag": typed["rag"] or None,
        }

    def _timeframe(self) -> dict[str, Any]:
        typed, was = self.cleaned_data, self.data_now["timeframe"]
        start, end = typed["starts"] or None, typed["ends"] or None
        same = (start, end) == (was["start"], was["end"])
        precision = was["precision"] if same else _coarser(start, end)
        words = _lf(typed["when_text"])
        return {"text": words, "start": start, "end": end, "precision": precision, "continuous": typed["continuous"]}


def refuse_end_before_start(form: forms.Form, data: Mapping[str, Any]) -> None:
    """Add an error where a period ends before it begins."""
    first, last = dates.first_day(data.get("starts")), dates.last_day(data.get("ends"))
    if first and last and last < first:
        form.add_error("ends", "The end comes before the start. Change one of them.")


def _coarser(*days: str | None) -> str:
    order = [Precision.YEAR, Precision.MONTH, Precision.DAY]
    told = [dates.precision_of(day) for day in days if day]
    return min(told, key=order.index) if told else Precision.NONE.value


def _lf(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
