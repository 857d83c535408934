"""The examples that the style guide shows; people, plans and organisations in it are invented."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from desaga.charts.bars import Series, plain_bars, stacked_bars
from desaga.charts.chart import Chart
from desaga.charts.colours import MEANINGS

from .forms import DatePartsField, DropFileInput, FilterForm
from .navigation import Masthead, ShownEntry

ACCENT = "#7a1f3d"

STATUSES = [("not_started", "Not started"), ("in_progress", "In progress"), ("complete", "Complete")]
PARTIES = [("tsm", "Technical services managers"), ("hr", "People and culture"), ("od", "Organisational development")]

ROWS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "Careers",
        [
            {
                "code": "1.1",
                "title": "Write role descriptors for every technical grade and publish them where staff look for jobs",
                "owner": "People and culture",
                "due": "Dec 2026",
                "status": "in_progress",
                "rag": "amber",
                "updates": 4,
            },
            {
                "code": "1.2",
                "title": "Shadowing days between faculties, two a year for whoever asks",
                "owner": "Technical services managers",
                "due": "Autumn 2026",
                "status": "complete",
                "rag": "green",
                "updates": 7,
            },
            {
                "code": "1.3",
                "title": "A route from apprentice to senior technician, drawn on one page",
                "owner": "Organisational development",
                "due": "Jul 2027",
                "status": "not_started",
                "rag": None,
                "updates": 0,
            },
        ],
    ),
    (
        "Recognition",
        [
            {
                "code": "2.1",
                "title": "Name technicians in the acknowledgements and author lists of their groups’ papers",
                "owner": "Research office",
                "due": "Ongoing",
                "status": "business_as_usual",
                "rag": "green",
                "updates": 12,
            },
            {
                "code": "2.2",
                "title": "An award of our own, given each June",
                "owner": "Steering group",
                "due": "Jun 2026",
                "status": "overdue",
                "rag": "red",
                "updates": 2,
            },
        ],
    ),
]


class ActionFilterForm(FilterForm):
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    owner = forms.ChoiceField(label="Owner", required=False, choices=[("", "All"), *PARTIES])
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "All"), *STATUSES])


class ActionForm(forms.Form):
    title = forms.CharField(label="What will be done", help_text="One sentence that begins with a verb.")
    success = forms.CharField(
        label="How you will know", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="A number helps."
    )
    owner = forms.ChoiceField(label="Who answers for it", choices=[("", "Choose"), *PARTIES])
    status = forms.ChoiceField(label="Where it is", choices=STATUSES, widget=forms.RadioSelect)
    alignments = forms.MultipleChoiceField(
        label="What it is for",
        choices=[("visibility", "Visibility"), ("recognition", "Recognition"), ("careers", "Career development")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that fit.",
    )
    due_on = DatePartsField(label="When it is due", help_text="For example, 27 3 2027.")
    email = forms.EmailField(
        label="E-mail for questions",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "govuk-input--width-20"}),
    )
    password = forms.CharField(
        label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    document = forms.FileField(
        label="The plan that you have",
        required=False,
        widget=DropFileInput,
        help_text="Word, Excel, OpenDocument, PDF with text, or plain text; at most 25 MB.",
    )
    is_public = forms.BooleanField(
        label="Show this action on the public plan", required=False, help_text="Comments stay inside."
    )

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The plan ends before this action is due. Change one of the two dates.")


def charts() -> dict[str, Chart]:
    """One chart of each kind."""
    series = [Series(key, label, MEANINGS[key]) for key, label in reversed(STATUSES)]
    return {
        "by_theme": stacked_bars(
            title="Careers is where most waits",
            counted="19 actions by theme and status, 22 November 2026",
            heading="Theme",
            series=series,
            rows=[
                ("Careers", {"complete": 2, "in_progress": 3, "not_started": 4}),
                ("Recognition", {"complete": 3, "in_progress": 1}),
                ("Visibility inside and outside the institution", {"complete": 1, "in_progress": 5}),
            ],
        ),
        "by_quarter": plain_bars(
            title="Half of what is left falls due by spring",
            counted="16 actions not yet complete by the quarter they are due, 22 November 2026",
            heading="Quarter",
            value_heading="Actions due",
            values=[("Oct to Dec 2026", 3), ("Jan to Mar 2027", 5), ("Apr to Jun 2027", 1), ("Jul to Sep 2027", 7)],
        ),
    }


def examples(request: HttpRequest) -> dict[str, Any]:
    """All that the style guide's templates show."""
    return {
        "masthead": Masthead(
            name="University of Wexcombe",
            url=reverse("ui:show_style_guide"),
            look_url=reverse("ui:show_style_guide_look"),
        ),
        "navigation": [
            ShownEntry(label=label, url=reverse("ui:show_style_guide"), is_current=label == "Plans")
            for label in ("My work", "Plans", "People", "Units", "Reviews", "Settings")
        ],
        "account_navigation": [ShownEntry(label="Ada Mercer", url="#main", is_current=False)],
        "kinds": kinds(request),
        "rows": ROWS,
        "filter_form": ActionFilterForm({"owner": "tsm", "status": ""}),
        "form": ActionForm({"title": "", "status": "", "due_on_day": "31", "due_on_month": "6", "due_on_year": "2027"}),
        "page_obj": Paginator(range(240), 20).page(5),
        "today": datetime.date(2026, 11, 22),
        "tones": ["information", "success", "waiting", "warning", "error"],
        "colours": COLOURS,
        "sizes": SIZES,
        "tabs": [
            {"label": "Actions", "url": "#", "is_current": True, "count": 33},
            {"label": "Picture", "url": "#", "is_current": False},
            {"label": "Glossary", "url": "#", "is_current": False, "count": 12},
        ],
        **charts(),
    }


KINDS = {
    "components": "Components",
    "list": "List",
    "record": "Record",
    "form": "Form",
    "compare": "Compare",
    "figures": "Figures",
    "letter": "Letter",
    "plain": "Signed out",
}


def kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """The kinds of page, as tabs."""
    addresses = {key: reverse("ui:show_style_guide", kwargs={"kind": key}) for key in KINDS}
    return [
        {"label": label, "url": addresses[key], "is_current": request.path == addresses[key]}
        for key, label in KINDS.items()
    ]


COLOURS = [
    ("paper", "Paper", "the page"),
    ("surface", "Surface", "fields, notices"),
    ("shade", "Shade", "what was given: source text, a row pointed at"),
    ("ink", "Ink", "text"),
    ("quiet", "Quiet ink", "labels, dates"),
    ("line", "Line", "hairlines"),
    ("edge", "Edge", "borders of fields"),
    ("primary", "Flame blue", "links and actions"),
    ("amber", "Amber", "what waits for someone"),
    ("green", "Green", "done"),
    ("red", "Red", "wrong or late"),
    ("flame", "Flame", "where the keyboard is"),
]
SIZES = ["14", "16", "18", "22", "28", "36", "48"]
