"""All that is held of a person is told to them, and of whoever has no account to the steward who answers; nothing of anybody else."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy import facts
from desaga.privacy.models import Access
from desaga.tenancy.context import within

from ..models import ClassifiedRow, Limits
from ..operations import deciding, loading, settling
from ..private import key_of_number
from ..telling import EXCUSED, TOLD, told_of
from .factories import HEADS, ROWS, checked, classified, csv_of, loaded, worked

pytestmark = pytest.mark.django_db
#: Two activities of the first person, who said something of herself.
ACTIVE_HEADS = (*HEADS, "Sex", "Activity SOC 2020", "Activity %")
ACTIVE = [(*ROWS[0], "Female", "3111", "60"), (*ROWS[0], "Female", "3113", "40")]
ACTIVE += [(*row, "", "2311", "100") for row in ROWS[1:]]


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation):
    made = member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    with within(organisation, user=made):
        Limits.objects.create(organisation=organisation, most_faulty=100, largest_change=100)
    return made


def test_every_model_of_people_is_told_or_says_why_not():
    ours = {model for model, said in facts.said().items() if model._meta.app_label == "workforce" and said.about_people}
    assert set(TOLD) | set(EXCUSED) == ours
    assert set(TOLD) & set(EXCUSED) == set()


def told(organisation, number, *, equality=True):
    with within(organisation):
        return told_of(organisation, key_of_number(organisation, number), equality)


def test_a_person_is_told_all_that_tables_hold_and_nobody_else(organisation, steward):
    snapshot = loaded(organisation, csv_of(ACTIVE, ACTIVE_HEADS), actor=steward)
    held = classified(snapshot, actor=steward)
    with within(organisation, user=steward):
        key = key_of_number(organisation, "1001")
        row = ClassifiedRow.objects.get(classification=held, key=key)
        settling.override(actor=steward, classification=held, key=row.key, technical=False, reason="Teaches only.")
    renumber(organisation, steward, is_same=True)

    found = told(organisation, "1001")

    assert {one.title for one in TOLD.values()} == {title for title, rows in found.items() if rows}
    activities = [(row["SOC2020 unit group"], row["share of the contract"]) for row in found[TOLD_ACTIVITIES]]
    assert activities == [("3111", "0.6000"), ("3113", "0.4000")]
    (counted, *_) = found["Whether you count as technical staff, in workforce data"]
    assert (counted["counts as technical staff"], counted["decided"]) == (False, "by a person")
    assert "rule" in counted["rule"]
    (match,) = found["Whom you were taken for, in workforce data"]
    assert (match["staff number before"], match["staff number in the extract"]) == ("1001", "2001")
    assert "Cole" not in json.dumps(found)
    assert "What you said of yourself, in workforce data" not in told(organisation, "1001", equality=False)


TOLD_ACTIVITIES = "Your activities in workforce data"


def renumber(organisation, steward, *, is_same):
    """The next year's extract, in which the first person has another number; settled, and loaded."""
    renumbered = csv_of([("2001", *ROWS[0][1:]), *ROWS[1:]])
    extract = checked(organisation, renumbered, actor=steward, as_at=date(2026, 7, 31))
    with within(organisation, user=steward):
        deciding.settle_rest(actor=steward, extract=extract, is_same=is_same)
        loading.ask_load(actor=steward, extract=extract, in_background=False)
    worked(extract, steward)


def test_of_two_who_were_told_apart_each_is_told_their_own_half(organisation, steward):
    loaded(organisation, actor=steward)
    renumber(organisation, steward, is_same=False)

    before = told(organisation, "1001")["Whom you were taken for, in workforce data"]
    after = told(organisation, "2001")["Whom you were taken for, in workforce data"]

    assert [[key for key in row if key.startswith("staff number")] for row in (*before, *after)] == [
        ["staff number before"],
        ["staff number in the extract"],
    ]


def test_whoever_has_no_account_is_answered_through_the_steward(organisation, steward, client):
    loaded(organisation, csv_of(ACTIVE, ACTIVE_HEADS), actor=steward)
    plain = member_of(organisation, Role.HR_DATA_STEWARD)
    page = reverse("privacy:take_person_out", args=[organisation.slug])
    said = {}
    for user in (plain, steward):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(page, {"number": " 1001 ", "format": "json"})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        said[user] = {part["what"]: part["rows"] for part in json.loads(answer.content)["parts"]}

    assert said[plain]["You in workforce data"][0]["name"] == "Ann Birch"
    assert ["What you said of yourself, in workforce data" in said[user] for user in (plain, steward)] == [False, True]
    assert ["Not in this file" in said[user] for user in (plain, steward)] == [True, False]
    assert said[steward]["Who looked at your rows"][0]["where"] == "Data of one person"
    with within(organisation, user=steward):
        key = key_of_number(organisation, "1001")
        looks = list(Access.objects.order_by("pk").values_list("keys", "has_equality", "by"))
        assert looks == [([key], False, plain.pk), ([key], True, steward.pk)]
    assert client.post(page, {"number": "1001", "format": "docx"}).content[:2] == b"PK"
    missing = client.post(page, {"number": "4711", "format": "json"})
    assert "Nobody in the snapshots here has this staff number" in missing.content.decode()
    with within(organisation, user=steward):
        assert Access.objects.count() == 3
