"""What awards become elsewhere: evidence at home, figures, what waits; and how many questions the lists ask the database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.evidence import records
from desaga.organisations.models import Employment, Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.models import ActionEvidence
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..awarding import Party as Signer
from ..indicators import SOURCE
from ..models import Award, PlacementRecord
from ..operations import asking, awards, sharing
from ..queries.awards import parties_named
from ..queries.sharing import actions_offered
from ..waiting import own_waiting
from .awarding import agreed, applicant_of, claimed, offered, paid, reported
from .factories import answered, asking_of, make_application, make_scheme, sent, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def employed(award, home):
    """The technician works at `home`; read anew, since what somebody is stands with them."""
    user = applicant_of(award)
    since = timezone.localdate() - timedelta(days=400)
    with within(home, user=user):
        Employment.objects.create(organisation=home, person_id=user.person_id, starts_on=since)
    return get_user_model().objects.get(pk=user.pk)


def test_it_is_evidence_at_home_for_an_action_that_one_carries_and_for_no_other(scheme, manager, other_organisation):
    award = agreed(scheme, actor=manager)
    reported(award)
    home = other_organisation
    user = employed(award, home)
    plan = PlanFactory(organisation=home, title="Technicians count", state="active")
    with within(home):
        Party.objects.create(organisation=home, kind=PartyKind.PERSON, name="Ines Field", code="IF", person=user.person)
    mine = make_action(plan, code="A1", title="Learn from others", owners=["IF"])
    others = make_action(plan, code="A2", title="Something else", owners=["HR"])
    assert actions_offered(user, [home]) == [(home.name, [(f"{home.slug}:{mine.pk}", str(mine))])]
    with within(scheme.organisation, user=user):
        with pytest.raises(sharing.NotAllowedThere):
            sharing.give_to_employer(award=award, organisation=home, action=others, actor=user)
        for _ in range(2):
            sharing.give_to_employer(award=award, organisation=home, action=mine, actor=user)
    with within(home):
        record = PlacementRecord.objects.get()
        use = ActionEvidence.objects.select_related("evidence").get()
        assert (use.action_id, use.evidence.record_kind, use.evidence.record_id) == (
            mine.pk,
            "placements.placement",
            record.pk,
        )
        offered_here = dict(records.offered_near(mine))["Placements of people here"]
        assert offered_here[0][1].startswith("Ines Field at University of Hostwick")
        assert "I ran two liquefiers." in record.words
    with within(scheme.organisation):
        assert not PlacementRecord.objects.exists(), "The copy is the employer's."


def test_figures_hide_small_numbers_and_the_whole_that_would_tell_them(organisation, scheme, manager):
    award = agreed(scheme, actor=manager)
    paid(claimed(award, "100"), actor=manager)
    with within(organisation):
        told = {(one.key, one.cut): one for one in SOURCE.compute(timezone.localdate())}
    assert told["placements.applications", ""].people == 0
    assert told["placements.paid", "scheme"].people == 1
    assert told["placements.paid", "scheme"].value == 100
    assert (told["placements.hosts", ""].value, told["placements.hosts", ""].people) == (1, None)
    assert set(told) == {
        (f"placements.{key}", cut) for key in ("applications", "awards", "awarded", "paid", "hosts") for cut in ("", "scheme")
    }  # fmt: skip


def test_where_five_stand_behind_it_a_figure_is_told(organisation, scheme, manager):
    for number in range(5):
        award = offered(scheme, actor=manager, title=f"Placement {number}")
    with within(organisation, user=applicant_of(award)):
        awards.turn_down(award=award, actor=applicant_of(award))
    with within(organisation):
        told = {one.key: one for one in SOURCE.compute(timezone.localdate()) if not one.cut}
    assert (told["placements.applications"].value, told["placements.applications"].people) == (5, 5)
    assert (told["placements.awarded"].value, told["placements.awarded"].people) == (Decimal(4000), 0)


def test_what_an_award_asks_of_one_waits_for_whoever_belongs_to_no_organisation_too(scheme, manager):
    award = offered(scheme, actor=manager)
    user = applicant_of(award)
    with within(user=user):
        [waiting] = own_waiting(user)
    with within(user=manager):
        assert list(own_waiting(manager)) == []
    assert (waiting.verb, waiting.due_on) == ("Accept or turn down", award.accept_by)
    assert waiting.url == award.application.get_absolute_url()


def test_the_lists_ask_as_much_of_one_as_of_three(client, scheme, manager):
    client.force_login(manager)
    pages = [
        reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug])
        for name in ("list_awards", "list_claims", "take_claims_out")
    ]
    counts = []
    for number in (1, 2):
        for _ in range(number):
            paid(claimed(agreed(scheme, actor=manager), "100"), actor=manager)
        for page in pages:
            client.get(page)
        counts.append([asked(client, page) for page in pages])
    with within(scheme.organisation):
        assert Award.objects.count() == 3
    assert counts[0] == counts[1]


def asked(client, page):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_who_approved_in_anothers_place_signs_and_not_who_was_named_first(organisation):
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    application = sent(make_application(make_scheme(organisation, actor=manager)))
    with within(organisation):
        first = asking_of(application, "line_manager")
        asking.replace(actor=None, asking=first, name="Nadia Next", email="nadia.next@farfield.example")
    answered(application, "line_manager")
    answered(application, "host")
    with within(organisation):
        named = parties_named(application)
    assert (named[Signer.HOME]["email"], named[Signer.HOST]["email"]) == (
        "nadia.next@farfield.example",
        "hugo.host@hostwick.example",
    )
