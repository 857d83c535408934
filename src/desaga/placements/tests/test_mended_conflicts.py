"""Conflicts that records tell, through the database: earlier placements, hosts under other names, and those who run the scheme."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from desaga.accounts.models import User
from desaga.audit.models import Entry
from desaga.audit.queries import entries
from desaga.organisations.models import PersonalDetails
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import EmploymentFactory, OrganisationFactory
from desaga.tenancy.context import within

from ..models import Interest
from ..operations import asking, awards, conflicts, deciding, eligibility, hosts, pending, releasing, standing
from ..queries.applications import applications_for
from ..queries.asking import askings_for
from .awarding import agreed, offered
from .factories import asking_of, make_applicant, make_application, make_scheme, received, sent, with_role
from .meetings import begun, decided, item_of
from .panels import eligible, make_member

EMBL, IN_FULL = "EMBL", "European Molecular Biology Laboratory"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def host(name):
    return {"organisation": name, "country": "United Kingdom", "contact": ""}


def kinds(application, user):
    with within(application.organisation):
        rows = Interest.objects.filter(application=application, person=user.person, source="record")
        return sorted(rows.values_list("kind", flat=True))


def merged(scheme, name, into, *, actor):
    """The entry of one name is a double of another."""
    with within(scheme.organisation, user=actor):
        found = {one: hosts.remember_host(organisation=scheme.organisation, host=host(one)) for one in (name, into)}
        hosts.merge_places(actor=actor, place=found[name], into=found[into])


def test_an_earlier_placement_where_a_reader_works_stands_in_the_way(scheme, manager):
    rita, _ = make_member(scheme, actor=manager, works_for="Institute of Elsewhere")
    other, _ = make_member(scheme, actor=manager, name="Otto Other")
    ines = make_applicant(scheme)
    agreed(scheme, actor=manager, applicant=ines, host=host("Institute of Elsewhere"))
    later = eligible(scheme, actor=manager, applicant=ines)
    assert kinds(later, rita) == ["past"]
    assert kinds(later, other) == []


def test_a_reader_who_went_to_where_the_applicant_works_has_it_in_their_way(scheme, manager):
    rita, _ = make_member(scheme, actor=manager)
    agreed(scheme, actor=manager, applicant=rita, employer={"name": "University of Nowhere"}, host=host("Farfield University"))  # fmt: skip
    assert kinds(eligible(scheme, actor=manager), rita) == ["past"]


def test_a_placement_that_was_called_off_or_only_asked_for_is_none(scheme, manager):
    rita, _ = make_member(scheme, actor=manager, works_for="Institute of Elsewhere")
    ines = make_applicant(scheme)
    award = agreed(scheme, actor=manager, applicant=ines, host=host("Institute of Elsewhere"))
    with within(scheme.organisation, user=manager):
        awards.call_off(award=award, because="Ill.", actor=manager)
    received(make_application(scheme, applicant=ines, host=host("Institute of Elsewhere")))
    assert kinds(eligible(scheme, actor=manager, applicant=ines), rita) == []


@pytest.mark.parametrize(("typed", "works_for"), [(EMBL, IN_FULL), (IN_FULL, EMBL), (EMBL, EMBL), (IN_FULL, IN_FULL)])
def test_a_host_is_found_under_each_name_that_the_directory_has_of_it(scheme, manager, typed, works_for):
    merged(scheme, EMBL, IN_FULL, actor=manager)
    rita, _ = make_member(scheme, actor=manager, works_for=works_for)
    assert kinds(eligible(scheme, actor=manager, host=host(typed)), rita) == ["host"]


def test_a_host_that_is_merged_later_is_found_when_it_is_looked_for(scheme, manager):
    rita, _ = make_member(scheme, actor=manager, works_for=IN_FULL)
    application = received(make_application(scheme, host=host(EMBL)))
    merged(scheme, EMBL, IN_FULL, actor=manager)
    with within(scheme.organisation, user=manager):
        eligibility.find_eligible(actor=manager, application=application)
    assert kinds(application, rita) == ["host"]


def test_an_earlier_placement_is_found_under_each_name_too(scheme, manager):
    merged(scheme, EMBL, IN_FULL, actor=manager)
    rita, _ = make_member(scheme, actor=manager, works_for=IN_FULL)
    ines = make_applicant(scheme)
    offered(scheme, actor=manager, applicant=ines, host=host(EMBL))
    assert kinds(eligible(scheme, actor=manager, applicant=ines), rita) == ["past"]


# ---- Those who run the scheme


def torn_by(kind, scheme, so_far=received):
    """A scheme manager with such a conflict, and the application that they have it with, which came in or is `so_far`."""
    tess = with_role(scheme.organisation, Role.SCHEME_MANAGER, "Tess Torn")
    if kind == "own":
        return tess, so_far(make_application(scheme, applicant=tess))
    if kind == "named":
        return tess, so_far(make_application(scheme, ask_line_manager={"name": "Tess Torn", "email": tess.email}))
    ines = make_applicant(scheme)
    with within(scheme.organisation):
        EmploymentFactory(organisation=scheme.organisation, person=ines.person, line_manager=tess.person)
    return tess, so_far(make_application(scheme, applicant=ines))


@pytest.mark.parametrize("kind", ["own", "named", "manager"])
def test_while_it_waits_for_approval_records_keep_it_from_them_already(scheme, manager, kind):
    tess, application = torn_by(kind, scheme, sent)
    assert (kinds(application, tess), kinds(application, manager)) == ([kind], [])
    host, said = asking_of(application, "host"), deciding.Said("approve", "Hugo Host")
    with within(scheme.organisation, user=tess):
        assert not askings_for(tess, scheme).exists()
        with pytest.raises(deciding.OwnApplication if kind == "own" else standing.NotYoursToDecide):
            deciding.enter_answer(actor=tess, asking=host, said=said)
    with within(scheme.organisation, user=manager):
        assert askings_for(manager, scheme).count() == 2
        assert deciding.enter_answer(actor=manager, asking=host, said=said).state == "given"


def test_sent_again_and_received_they_are_written_down_once(scheme, manager):
    tess, application = torn_by("named", scheme, sent)
    assert kinds(received(application), tess) == ["named"]


def test_whoever_is_asked_in_anothers_place_has_it_in_their_way_from_then(scheme, manager):
    tess, application = with_role(scheme.organisation, Role.SCHEME_MANAGER, "Tess Torn"), sent(make_application(scheme))
    assert kinds(application, tess) == []
    with within(scheme.organisation):
        asking.replace(actor=None, asking=asking_of(application, "host"), name="Tess Torn", email=tess.email)
    assert kinds(application, tess) == ["named"]


def test_whoever_comes_to_run_the_scheme_while_it_waits_writes_down_no_answer_of_theirs(scheme):
    application = sent(make_application(scheme, ask_host={"name": "Nora Next", "email": "nora.next@panel.example"}))
    nora = with_role(scheme.organisation, Role.SCHEME_MANAGER, "Nora Next")
    User.objects.filter(pk=nora.pk).update(email="nora.next@panel.example")
    nora.refresh_from_db()
    with within(scheme.organisation, user=nora), pytest.raises(standing.NotYoursToDecide):
        deciding.enter_answer(
            actor=nora, asking=asking_of(application, "host"), said=deciding.Said("approve", "Nora Next")
        )


@pytest.mark.parametrize("kind", ["own", "named", "manager"])
def test_whoever_runs_the_scheme_does_not_decide_on_what_records_keep_from_them(scheme, manager, kind):
    tess, application = torn_by(kind, scheme)
    assert kinds(application, tess) == [kind]
    assert kinds(application, manager) == []
    organisation = scheme.organisation
    with within(organisation, user=tess):
        assert not applications_for(tess, organisation).exists()
        for decide in (
            lambda: eligibility.find_eligible(actor=tess, application=application),
            lambda: eligibility.find_ineligible(actor=tess, application=application, reasons=["not_a_technician"], words="No."),
            lambda: eligibility.look_again(actor=tess, application=application),
        ):  # fmt: skip
            with pytest.raises(eligibility.OwnApplication if kind == "own" else standing.NotYoursToDecide):
                decide()
    with within(organisation, user=manager):
        assert applications_for(manager, organisation).get() == application
        eligibility.find_eligible(actor=manager, application=application)
    round_ = begun(scheme, actor=manager)
    with within(organisation, user=tess), pytest.raises(eligibility.OwnApplication if kind == "own" else standing.NotYoursToDecide):  # fmt: skip
        pending.set_outcome(actor=tess, item=item_of(application), kind="full", seen=None)
    decided(application, "full", actor=manager)
    with within(organisation, user=tess), pytest.raises(releasing.NotAllHeard):
        releasing.release(actor=tess, organisation=organisation, round_=round_, seen="")


def test_the_audit_that_many_read_does_not_tell_that_records_found_a_conflict(scheme, manager):
    _, application = torn_by("named", scheme)
    rita, _ = make_member(scheme, actor=manager, works_for="Farfield University")
    with within(scheme.organisation, user=manager):
        eligibility.find_eligible(actor=manager, application=application)
        told = Entry.objects.filter(verb="found conflicts in the records of").order_by("pk")
        assert [(one.thing_kind, one.thing_id, one.note) for one in told] == [
            ("placements.application", str(application.pk), "1")
        ] * 2
        assert not entries(words="conflicts").exists()
    assert kinds(application, rita) == ["employer"]


def test_line_management_is_found_at_whichever_house_it_is(scheme, manager, other_organisation):
    """The scheme is a third's, which employs neither: one house manages for the other."""
    home = OrganisationFactory(name="University of Farfield", has_workspace=True)
    tess = with_role(scheme.organisation, Role.SCHEME_MANAGER, "Tess Torn")
    rita, _ = make_member(scheme, actor=manager)
    ines = make_applicant(scheme)
    with within(home):
        EmploymentFactory(organisation=home, person=ines.person, line_manager=tess.person)
    with within(other_organisation):
        EmploymentFactory(organisation=other_organisation, person=rita.person, line_manager=ines.person)
    application = eligible(scheme, actor=manager, applicant=ines)
    assert (kinds(application, tess), kinds(application, rita)) == (["manager"], ["manager"])
    assert kinds(application, manager) == []


@pytest.mark.parametrize("where", ["work", "private", "confirmed", "not confirmed"])
def test_who_is_named_is_known_by_each_address(scheme, manager, other_organisation, where):
    rita, _ = make_member(scheme, actor=manager)
    named = "rita@known.example"
    if where == "work":
        with within(other_organisation):
            EmploymentFactory(organisation=other_organisation, person=rita.person, work_email=named)
    elif where == "private":
        with within(person=rita.person):
            PersonalDetails.objects.create(person=rita.person, personal_email=named)
    else:
        EmailAddress.objects.create(user=rita, email=named, verified=where == "confirmed")
    application = eligible(scheme, actor=manager, ask_host={"name": "Rita Reader", "email": named})
    assert kinds(application, rita) == ([] if where == "not confirmed" else ["named"])


def test_a_conflict_of_whoever_runs_the_scheme_is_waived_by_another(scheme, manager):
    tess, application = torn_by("named", scheme)
    with within(scheme.organisation, user=manager):
        conflict = Interest.objects.get(application=application, person=tess.person)
        with pytest.raises(conflicts.NotByThemselves):
            conflicts.waive(actor=tess, interest=conflict, because="I only took a call.")
        conflicts.waive(actor=manager, interest=conflict, because="They only took a call.")
    with within(scheme.organisation, user=tess):
        assert eligibility.find_eligible(actor=tess, application=application).state == "eligible"


def test_whoever_comes_to_run_the_scheme_later_has_their_conflicts_too(scheme, manager):
    ines, applicant_knows = make_applicant(scheme), "nora.next@panel.example"
    application = received(make_application(scheme, applicant=ines, ask_host={"name": "Nora Next", "email": applicant_knows}))  # fmt: skip
    nora = with_role(scheme.organisation, Role.SCHEME_MANAGER, "Nora Next")
    User.objects.filter(pk=nora.pk).update(email=applicant_knows)
    nora.refresh_from_db()
    with within(scheme.organisation, user=nora), pytest.raises(standing.NotYoursToDecide):
        eligibility.find_eligible(actor=nora, application=application)
    with within(scheme.organisation, user=manager):
        eligibility.find_eligible(actor=manager, application=application)
    assert kinds(application, nora) == ["named"]
    with within(scheme.organisation, user=nora):
        assert not applications_for(nora, scheme.organisation).exists()


def test_where_an_institution_runs_a_scheme_for_its_own_people_their_house_is_in_nobodys_way(scheme, manager):
    """Of those who run it only their own, what names them and line management is looked for."""
    own_house = {"name": scheme.organisation.name}
    with within(scheme.organisation):
        EmploymentFactory(organisation=scheme.organisation, person=manager.person)
    assert kinds(received(make_application(scheme, employer=own_house, host=host("Hostwick"))), manager) == []
