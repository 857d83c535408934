"""Everything that an action is, as a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from .. import dates
from ..interchange import blank_action
from ..lines import alignment_line, alignment_of, dependency_line, milestone_line, milestone_of, owner_line, owner_of
from ..states import Rag, Status
from .fields import LONGEST_THEME, LinesField, PartialDateField, area, refuse_end_before_start


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
        self,
        *args: Any,
        themes: Iterable[tuple[str, str]],
        data_now: Mapping[str, Any] | None = None,
        with_standing: bool = True,
        **kwargs: Any,
    ) -> None:
        """Without `with_standing` status and RAG are left alone: of an action of a plan they are said in updates."""
        self.data_now = data_now or blank_action()
        when = self.data_now["timeframe"]
        flat = {
            "when_text": when["text"],
            "starts": when["start"],
            "ends": when["end"],
            "continuous": when["continuous"],
        }
        super().__init__(*args, initial={**self.data_now, **flat}, **kwargs)
        if not with_standing:
            del self.fields["status"], self.fields["rag"]
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
            **{name: typed[name] or None for name in ("status", "rag") if name in typed},
        }

    def _timeframe(self) -> dict[str, Any]:
        typed, was = self.cleaned_data, self.data_now["timeframe"]
        start, end = typed["starts"] or None, typed["ends"] or None
        same = (start, end) == (was["start"], was["end"])
        precision = was["precision"] if same else dates.coarsest(start, end)
        words = _lf(typed["when_text"])
        return {"text": words, "start": start, "end": end, "precision": precision, "continuous": typed["continuous"]}


def _lf(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
