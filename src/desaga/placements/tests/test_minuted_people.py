"""Who was out of the room is minuted as a person: a namesake is another, a new name is the same, and what was so once stays so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.models import Person
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..agenda import rows_of
from ..models import AgendaItem, Interest
from ..operations import conflicts, meeting, members
from ..queries.meeting import items_heard, items_minuted
from .factories import make_scheme, with_role
from .meetings import begun, decided, item_of, released
from .panels import declared, eligible, make_member


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def called(application, *, actor):
    with within(application.organisation, user=actor):
        return meeting.open_item(actor=actor, item=item_of(application))


def remembered(user, round_):
    with within(round_.organisation, user=user):
        round_.refresh_from_db()
        return [one.application_id for one in items_minuted(user, round_.organisation, round_)]


def test_a_namesake_who_steps_back_is_minuted_too(scheme, manager):
    (first, _), (second, _) = (make_member(scheme, actor=manager, name="Rita Reader") for _ in range(2))
    application = eligible(scheme, actor=manager)
    declared(application, first, "money", "Shares")
    begun(scheme, actor=manager)
    called(application, actor=manager)
    for _ in range(2):
        declared(application, second, "personal", "A cousin")
    item = item_of(application)
    assert [name for name, _ in item.out] == ["Rita Reader", "Rita Reader"]
    assert item.left_people == [first.person_id, second.person_id]


def test_called_again_after_a_waiver_it_still_says_who_had_been_out(scheme, manager, client):
    rita, _ = make_member(scheme, actor=manager)
    otto, _ = make_member(scheme, actor=manager, name="Otto Other")
    application = eligible(scheme, actor=manager)
    declared(application, rita, "personal", "A cousin")
    round_ = begun(scheme, actor=manager)
    called(application, actor=manager)
    with within(scheme.organisation, user=manager):
        conflicts.waive(actor=manager, interest=Interest.objects.get(person=rita.person), because="By marriage.")
    declared(application, otto, "money", "Shares")
    client.force_login(manager)
    press = reverse(
        "placements:open_item", args=[scheme.organisation.slug, scheme.slug, round_.pk, application.reference]
    )
    assert "Out now: Otto Other." in client.post(press, follow=True).text
    item = item_of(application)
    assert item.left_people == [rita.person_id, otto.person_id]
    assert [(name, why.partition(",")[0]) for name, why in item.out] == [
        ("Rita Reader", "Personal"),
        ("Otto Other", "Gains from it"),
    ]


def test_minutes_are_kept_from_who_was_out_under_any_name_and_from_no_namesake(scheme, manager):
    was_out, _ = make_member(scheme, actor=manager, name="Rita Reader")
    heard, _ = make_member(scheme, actor=manager, name="Rita Reader")
    application = eligible(scheme, actor=manager)
    for user in (was_out, heard):
        declared(application, user)
    interest = declared(application, was_out, "personal", "A cousin")
    round_ = begun(scheme, actor=manager)
    called(application, actor=manager)
    with within(scheme.organisation, user=manager):
        meeting.close_item(actor=manager, item=item_of(application))
    decided(application, "decline", actor=manager)
    released(round_, actor=manager)
    with within(scheme.organisation, user=manager):
        conflicts.waive(actor=manager, interest=interest, because="By marriage.")
        Person.objects.filter(pk=was_out.person_id).update(name="Rita Renamed")
    was_out.refresh_from_db()
    declared(application, was_out)
    assert (remembered(was_out, round_), remembered(heard, round_)) == ([], [application.pk])


def test_what_was_minuted_by_name_alone_is_kept_from_that_name(scheme, manager):
    rita, _ = make_member(scheme, actor=manager)
    application = eligible(scheme, actor=manager)
    declared(application, rita)
    round_ = begun(scheme, actor=manager)
    decided(application, "decline", actor=manager)
    released(round_, actor=manager)
    assert remembered(rita, round_) == [application.pk]
    with within(scheme.organisation):
        AgendaItem.objects.update(left=["Rita Reader"])
    assert remembered(rita, round_) == []


def test_a_namesake_of_the_chair_takes_the_chair_nothing(scheme, manager):
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    namesake, _ = make_member(scheme, actor=manager, name="Cora Chair")
    application = eligible(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=application.round, chair=chair.person, administrator=None)
    declared(application, namesake, "money", "Shares")
    round_ = begun(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        (row,) = rows_of(list(items_heard(manager, scheme.organisation, round_)), as_staff=True)
    assert (row.out, row.chair_is_out) == (["Cora Chair"], False)
