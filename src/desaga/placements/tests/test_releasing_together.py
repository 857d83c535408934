"""Where nobody who runs the scheme hears every item, somebody who hears the rest looks at its letters; then the outcomes are told, and both stand on record."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application, ApplicationEvent, LetterCheck
from ..operations import meeting, members, releasing
from ..queries import meeting as reads
from .factories import make_round, make_scheme, with_role
from .meetings import begun, decided
from .panels import declared, eligible, make_member

ONE, OTHER = "Cryogenics for all", "Zirconium whiskers"


@pytest.fixture
def torn(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")


@pytest.fixture
def world(organisation, torn):
    """Two items; the one manager has a conflict with the one, the other with the other."""
    scheme = make_scheme(organisation, actor=torn)
    make_round(scheme, actor=torn, meets_in=150)
    one, other = (eligible(scheme, actor=torn, title=title) for title in (ONE, OTHER))
    second = with_role(organisation, Role.SCHEME_MANAGER, "Una Second")
    round_ = begun(scheme, actor=torn)
    decided(one, "decline", actor=torn)
    decided(other, "full", actor=second)
    declared(other, torn, "money", "A spin-out.")
    declared(one, second, "personal", "Friends.")
    return scheme, round_, one, other, second


def page_of(round_):
    return reverse("placements:release_outcomes", args=[round_.organisation.slug, round_.scheme.slug, round_.pk])


def press(client, user, round_, **more):
    client.force_login(user)
    page = client.get(page_of(round_))
    return client.post(page_of(round_), {"seen": page.context["digest"], **more}, follow=True).content.decode()


def states(organisation):
    with within(organisation):
        return sorted(Application.objects.values_list("state", flat=True))


def test_each_looks_at_what_they_hear_and_either_tells(world, torn, organisation, client):
    _, round_, _, other, second = world
    client.force_login(torn)
    text = client.get(page_of(round_)).content.decode()
    assert ONE in text
    assert not [secret for secret in (OTHER, other.reference, "1,020", "2 outcomes") if secret in text]
    assert "Somebody who hears that part" in press(client, torn, round_)
    assert states(organisation) == ["eligible", "eligible"]
    assert "It is written down that you looked" in press(client, second, round_, looked="on")
    with within(organisation):
        check = LetterCheck.objects.get()
        assert (check.item.application, check.by) == (other, second)
    # What changes afterwards was not looked at.
    decided(other, "part", actor=second, amount=Decimal(500))
    assert "Somebody who hears that part" in press(client, torn, round_)
    press(client, second, round_, looked="on")
    told = press(client, torn, round_)
    assert "The outcomes are told." in told
    assert "2 outcomes" not in told
    assert states(organisation) == ["declined", "offered"]
    with within(organisation):
        event = ApplicationEvent.objects.get(kind="letter_looked_at")
        assert (event.application, event.words, event.for_applicant) == (other, "Una Second", False)
        assert Entry.objects.filter(verb="looked at the letter about").count() == 2


def test_the_sum_of_what_one_does_not_hear_is_not_told_by_a_refusal(world, torn, organisation, client):
    scheme, round_, _, _, second = world
    press(client, second, round_, looked="on")
    with within(organisation):
        scheme.budgets.update(amount=10)
    told = press(client, torn, round_)
    assert "come to more than is left" in told
    assert "1,020" not in told
    assert states(organisation) == ["eligible", "eligible"]


def test_an_administrator_looks_where_nobody_else_runs_the_scheme(organisation, torn, client):
    scheme = make_scheme(organisation, actor=torn)
    make_round(scheme, actor=torn, meets_in=150)
    one, other = (eligible(scheme, actor=torn, title=title) for title in (ONE, OTHER))
    chair, _ = make_member(scheme, actor=torn, name="Cora Chair", role=Role.PANEL_CHAIR)
    administrator, _ = make_member(scheme, actor=torn, name="Ada Admin")
    reader, _ = make_member(scheme, actor=torn, name="Rita Reader")
    with within(organisation, user=torn):
        members.name_leaders(actor=torn, round_=one.round, chair=chair.person, administrator=administrator.person)
    round_ = begun(scheme, actor=torn)
    for user in (chair, torn):
        declared(other, user, "money", "A spin-out.")
    for user in (administrator, reader):
        declared(other, user)
    decided(one, "decline", actor=torn)
    decided(other, "decline", actor=administrator)
    client.force_login(reader)
    assert client.get(page_of(round_)).status_code == 403
    with within(organisation, user=reader), pytest.raises(releasing.NotYoursToSay):
        releasing.look_at_letters(actor=reader, organisation=organisation, round_=round_, seen="")
    client.force_login(administrator)
    text = client.get(page_of(round_)).content.decode()
    assert OTHER in text
    assert ONE not in text
    assert "Release" not in text
    assert "written down" in press(client, administrator, round_)
    assert states(organisation) == ["eligible", "eligible"]
    with within(organisation, user=administrator):
        later = meeting.next_after(round_, timezone.now())
        seen = releasing.digest_of(
            reads.items_to_look_at(administrator, organisation, round_), timezone.localdate(), later
        )
        with pytest.raises(releasing.NotAllHeard):
            releasing.release(actor=administrator, organisation=organisation, round_=round_, seen=seen)
    assert "The outcomes are told." in press(client, torn, round_)
    assert states(organisation) == ["declined", "declined"]
