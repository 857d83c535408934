"""The pages of those who run a scheme, and its public page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..editing import item
from ..models import ApplicationEvent, Round, Scheme
from ..operations import schemes
from ..queries.schemes import version_in_force, version_written
from .factories import make_application, make_round, make_scheme, parts_of, received, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, name="Exchange", slug="exchange")


@pytest.fixture
def client(client_of, manager):
    return client_of(manager)


def at(scheme, name, *args):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *args])


def day(name, value):
    return {f"{name}_{part}": number for part, number in parts_of(value).items()}


def written(scheme):
    with within(scheme.organisation):
        return version_written(scheme)


def test_a_scheme_is_started_written_opened_and_read_by_anybody(client, client_of, organisation):
    today = timezone.localdate()
    told = {
        "name": "Fund",
        "begins_with": "collaboration-fund",
        "slug": "fund",
        "code": "FND",
        "contact": "fund@x.example",
    }
    dates = day("starts_on", today) | day("ends_on", today + timedelta(days=700))
    answer = client.post(reverse("placements:start_scheme", args=[organisation.slug]), told | dates)
    with within(organisation):
        scheme = Scheme.objects.get(slug="fund")
    assert answer.url == scheme.get_absolute_url()
    public = reverse("placements:show_open_scheme", args=[organisation.slug, "fund"])
    assert client_of(None).get(public).status_code == 404
    client.post(at(scheme, "put_in_force"))
    assert (
        "when a version of it is in force and a panel is planned"
        in client.post(at(scheme, "open_scheme"), follow=True).text
    )
    panel = make_round(scheme, actor=None)
    client.post(at(scheme, "open_scheme"))
    page = client_of(None).get(public)
    assert page.status_code == 200
    assert "£100 to £1,000" in page.text
    assert "Technician Commitment lead: asked by e-mail" in page.text
    assert f"heard on {panel.meets_on:%-d %B %Y}" in page.text


def test_an_address_that_is_taken_is_said(client, scheme, organisation):
    today = timezone.localdate()
    told = {"name": "Other", "begins_with": "collaboration-fund", "slug": "exchange", "code": "OTH"}
    dates = day("starts_on", today) | day("ends_on", today)
    page = client.post(reverse("placements:start_scheme", args=[organisation.slug]), told | dates)
    assert "There is a scheme with this address or this code already" in page.text
    assert 'value="Other"' in page.text


def test_a_part_is_changed_in_the_next_version_and_holds_when_put_in_force(client, scheme):
    client.post(at(scheme, "edit_thing", "costs", "travel"), {"label": "Trains and buses", "hint": "", "cap": "250"})
    assert item(written(scheme).data, "costs", "travel") == {"key": "travel", "label": "Trains and buses", "cap": "250"}
    with within(scheme.organisation):
        assert version_in_force(scheme).definition.cost_kinds[0].label == "Travel"
    assert "Changed: the kind of cost “Trains and buses”." in client.get(at(scheme, "put_in_force")).text
    client.post(at(scheme, "put_in_force"))
    with within(scheme.organisation):
        assert (version_in_force(scheme).number, str(version_in_force(scheme).definition.cost_kinds[0].cap)) == (
            2,
            "250",
        )


THINGS = [
    ("costs", {"label": "Visa", "hint": "", "cap": ""}, {"key": "visa", "label": "Visa"}),
    (
        "reasons",
        {"label": "Late", "words": "It came too late."},
        {"key": "late", "label": "Late", "words": "It came too late."},
    ),
    (
        "approvers",
        {"title": "Safety officer", "asks": "approval", "hint": "", "chase_days": "3", "open_days": "20"},
        {"key": "safety_officer", "title": "Safety officer", "asks": "approval", "chase_days": 3, "open_days": 20},
    ),
    (
        "criteria",
        {"label": "Courage", "guidance": "", "weight": "1.5", "scores": "0 | None\n1 | Some | A little."},
        {
            "key": "courage",
            "label": "Courage",
            "weight": "1.5",
            "scores": [
                {"value": 0, "label": "None"},
                {"value": 1, "label": "Some", "guidance": "A little."},
            ],
        },
    ),
    (
        "parts",
        {"title": "Health", "intro": "", "first": "Are you well?"},
        {
            "key": "health",
            "title": "Health",
            "questions": [{"key": "are_you_well", "kind": "line", "label": "Are you well?"}],
        },
    ),
    (
        "later",
        {"title": "After two years", "after_months": "24", "first": "And now?"},
        {
            "key": "after_two_years",
            "title": "After two years",
            "after_months": 24,
            "questions": [{"key": "and_now", "kind": "text", "label": "And now?"}],
        },
    ),
    (
        "part.money",
        {
            "label": "Which bank?",
            "hint": "",
            "kind": "choice",
            "required": "on",
            "words": "",
            "choices": "One\nTwo",
            "only_if": "advance=yes",
        },
        {
            "key": "which_bank",
            "label": "Which bank?",
            "kind": "choice",
            "required": True,
            "names_people": False,
            "choices": [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}],
            "only_if": {"question": "advance", "answer": True},
        },
    ),
]


@pytest.mark.parametrize(("place", "typed", "thing"), THINGS, ids=[one[0] for one in THINGS])
def test_each_kind_of_thing_is_added_by_a_form(client, scheme, place, typed, thing):
    page = client.post(at(scheme, "add_thing", place), typed)
    assert page.status_code == 302, page.text
    kept = item(written(scheme).data, place, thing["key"])
    # What is as it usually is need not be kept.
    assert {**thing, **kept} == thing
    assert client.get(at(scheme, "edit_thing", place, thing["key"])).status_code == 200


WRONG = [
    ("criteria", {"label": "x", "weight": "1", "scores": "many | All"}, "lacks a number or a name"),
    ("criteria", {"label": "x", "weight": "1", "scores": "1 | One"}, "at least 2 items"),
    ("part.money", {"label": "Which?", "kind": "choice", "choices": "One"}, "needs at least two answers"),
]


@pytest.mark.parametrize(("place", "typed", "words"), WRONG)
def test_what_could_not_work_is_said_beside_what_was_typed(client, scheme, place, typed, words):
    page = client.post(at(scheme, "add_thing", place), typed)
    assert page.status_code == 200
    assert words in page.text
    assert typed["label"] in page.text
    assert written(scheme) is None


def test_a_question_that_every_scheme_needs_cannot_be_removed(client, scheme):
    page = client.post(at(scheme, "remove_thing", "part.placement", "host"), follow=True)
    assert "Each scheme asks for these: host" in page.text


def test_an_answer_that_keeps_its_words_keeps_its_key(client, scheme):
    question = {
        "label": "Who is to be paid?",
        "hint": "",
        "required": "on",
        "words": "",
        "choices": "My employer\nSomebody else",
        "only_if": "",
    }
    client.post(at(scheme, "edit_thing", "part.money", "payee"), question)
    choices = item(written(scheme).data, "part.money", "payee")["choices"]
    assert [one["value"] for one in choices] == ["employer", "somebody_else"]


def test_things_are_moved_removed_and_thrown_away(client, scheme):
    client.post(at(scheme, "move_thing", "costs", "accommodation"), {"up": "1"})
    client.post(at(scheme, "remove_thing", "costs", "other"))
    assert [one["key"] for one in written(scheme).data["cost_kinds"]][:1] == ["accommodation"]
    assert "other" not in [one["key"] for one in written(scheme).data["cost_kinds"]]
    client.post(at(scheme, "throw_away"))
    assert written(scheme) is None
    assert client.get(at(scheme, "edit_thing", "costs", "nothing")).status_code == 404
    assert client.get(at(scheme, "add_thing", "nowhere")).status_code == 404


def test_a_panel_that_is_called_off_hands_what_it_had_to_the_next(client, scheme, manager):
    application = received(make_application(scheme))
    later = make_round(scheme, actor=manager, meets_in=150)
    client.post(at(scheme, "call_off_round", application.round_id))
    with within(scheme.organisation):
        application.refresh_from_db()
        assert application.round == later
        assert Round.objects.get(pk=later.pk).state == "planned"
        assert ApplicationEvent.objects.filter(application=application, kind="panel_called_off").count() == 1


def test_the_money_of_two_years_may_not_overlap(client, scheme):
    today = timezone.localdate()
    typed = {"name": "Again", "amount": "10"} | day("starts_on", today) | day("ends_on", today)
    assert "There is money for some of these days already" in client.post(at(scheme, "add_budget"), typed).text


def test_a_scheme_that_winds_down_takes_applications_for_its_last_panel_only(client, client_of, scheme, manager):
    client.post(at(scheme, "wind_down"))
    public = reverse("placements:show_open_scheme", args=[scheme.organisation.slug, scheme.slug])
    assert "Apply now, heard on" in client_of(None).get(public).text
    with within(scheme.organisation):
        for one in Round.objects.filter(scheme=scheme):
            schemes.call_off_round(actor=manager, round_=one)
    page = client_of(None).get(public).text
    assert "Nobody can apply now." in page


def test_the_public_page_of_another_is_not_shown_under_this_address(client_of, scheme, other_organisation):
    address = reverse("placements:show_open_scheme", args=[other_organisation.slug, scheme.slug])
    assert client_of(None).get(address).status_code == 404


def money_of_another_year(scheme, manager, number):
    day = date(timezone.localdate().year + 2 + number, 1, 1)
    with within(scheme.organisation, user=manager):
        schemes.set_budget(actor=manager, scheme=scheme, name=str(day.year), starts_on=day, ends_on=day.replace(month=12, day=31), amount=Decimal(900))  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_at_one_and_three(client, scheme, organisation, manager, query_count, number):
    for _ in range(number - 1):
        make_scheme(organisation, actor=manager)
        make_round(scheme, actor=manager, meets_in=70 + _)
        money_of_another_year(scheme, manager, _)
    client.get(scheme.get_absolute_url())
    with query_count(13):
        client.get(reverse("placements:list_schemes", args=[organisation.slug]))
    with query_count(21):
        client.get(scheme.get_absolute_url())


@pytest.mark.parametrize("kind", ["sector_body", "institution"])
def test_whoever_has_every_role_finds_the_schemes_among_seven_entries(client_of, organisation, member, kind):
    with within(organisation, user=member(Role.LEAD)):
        type(organisation)._base_manager.filter(pk=organisation.pk).update(kind=kind)
    everyone = [role for role in Role if role not in (Role.UNIT_LEAD, Role.CHAMPION)]
    page = client_of(member(*everyone)).get(reverse("home:show_organisation", args=[organisation.slug]))
    assert reverse("placements:list_schemes", args=[organisation.slug]) in page.text
