"""What follows of a field, and what must be said of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from desaga.accounts.models import User
from desaga.organisations.models import Person, PersonalDetails, Unit

from .. import facts, papers
from ..facts import DataClass, follows
from ..models import RetentionRule
from ..retaining import in_words

#: A table of a slice above: by its name.
Plan = apps.get_model("plans.Plan")


@pytest.mark.parametrize(
    ("field", "about_people", "expected"),
    [
        (Plan._meta.get_field("title"), False, None),
        (Plan._meta.get_field("glossary"), False, None),
        (Plan._meta.get_field("state"), False, DataClass.NONE),
        (Plan._meta.get_field("started_at"), False, DataClass.NONE),
        (Plan._meta.get_field("unit"), False, DataClass.NONE),
        (Plan._meta.get_field("unit"), True, DataClass.NONE),
        (User._meta.get_field("person"), False, DataClass.PERSONAL),
        (PersonalDetails._meta.get_field("personal_email"), True, DataClass.PERSONAL),
        (Unit._meta.get_field("opened_on"), True, DataClass.PERSONAL),
        (Unit._meta.get_field("id"), True, DataClass.NONE),
        (models.BinaryField(), False, None),
    ],
)
def test_what_follows_of_a_field(field, about_people, expected):
    assert follows(field, about_people) == expected


def test_a_field_of_which_nobody_speaks_is_found(monkeypatch):
    told = {model: said for model, said in facts.said().items() if model is not Person}
    monkeypatch.setattr(facts, "said", lambda: told)
    assert facts.unclassified() == ["organisations.Person.name", "organisations.Person.pronouns"]


def test_history_holds_what_its_table_does():
    event = next(model for model in facts.every_model() if model._meta.label == "organisations.EmploymentEvent")
    held = {field.name: holds for field, holds in facts.facts_of(event)}
    assert (held["job_title"], held["pgh_label"]) == (DataClass.PERSONAL, DataClass.NONE)


def test_the_record_says_the_time_that_the_institution_set():
    told = facts.processings()["equality"]
    assert (
        papers.kept_words(told, {})
        == "2 years, counted from the day that the snapshot shows, and 60 days after loading at the earliest; then deleted at night"
    )
    rule = RetentionRule(key="equality_rows", days=365, shown_days=365, is_on=False)
    assert (
        papers.kept_words(told, {"equality_rows": rule})
        == "1 year, counted from the day that the snapshot shows, and 60 days after loading at the earliest; not deleted by itself"
    )
    assert [in_words(days) for days in (1, 90, 365, 730)] == ["1 day", "90 days", "1 year", "2 years"]


def test_the_impact_assessment_is_filled_in_and_asks_the_rest():
    blocks = papers.dpia_paper({}, {}, None)
    words = " ".join(str(getattr(block, "text", "")) for block in blocks)
    assert words.count("To be written") == 6
    assert [block.text for block in blocks if getattr(block, "level", 0) == 3] == [
        "Workforce figures", "HR extracts on their way in", "Equality monitoring",
    ]  # fmt: skip
