"""Nobody learns of an application that is hidden from them: by pages, search, counts, files, history, words of refusal, or the work that an answer takes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within
from desaga.ui.waiting import waiting_for

from ..models import PanelMember
from ..operations import members, scoring
from ..queries.applications import applications_for, applications_led_by, applications_on_panel, applications_to_declare
from .factories import make_scheme, with_role
from .panels import declared, eligible, given, make_member

SECRET, NAME = "Zirconium whiskers", "Ines Field"
MISSING = "TZZ-22222"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def world(organisation, manager):
    """An application, and everybody from whom it is hidden, each for a reason of their own."""
    scheme = make_scheme(organisation, actor=manager)
    own = with_role(organisation, Role.SCHEME_MANAGER, "Olga Own")
    application = eligible(scheme, actor=manager, applicant=own, title=SECRET)

    def reads(name, **told):
        user, member = make_member(scheme, actor=manager, name=name, **told)
        given(application, member, actor=manager)
        return user

    before = reads("Bea Before")
    conflicted = reads("Cy Conflict")
    declared(application, conflicted, "personal", "Neighbours.")
    recused = reads("Rex Recused")
    declared(application, recused)
    with within(organisation, user=recused):
        reading = application.assignments.get(member__person=recused.person)
        scoring.recuse(actor=recused, assignment=reading, kind="personal", words="Friends.")
    former = reads("Fay Former")
    declared(application, former)
    with within(organisation, user=manager):
        PanelMember.objects.filter(person=former.person).update(ends_on=timezone.localdate() - timedelta(days=1))
    chair, _ = make_member(
        scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR, works_for="Farfield University"
    )
    with within(organisation, user=manager):
        members.name_leaders(actor=manager, round_=application.round, chair=chair.person, administrator=None)
    # Runs the scheme, and has a conflict.
    torn = with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")
    declared(application, torn, "money", "A spin-out.")
    with within(organisation, user=manager):
        members.add_member(actor=manager, scheme=scheme, person=_also_reviews(organisation, own), works_for="X", starts_on=date(2020, 1, 1))  # fmt: skip
    elsewhere = with_role(
        OrganisationFactory(kind="sector_body", has_workspace=True), Role.SCHEME_MANAGER, "Else Where"
    )
    officer = with_role(organisation, Role.PROJECT_OFFICER, "Pat Officer")
    people = {
        "before declaring": before, "conflicted": conflicted, "recused": recused, "former": former, "conflicted chair": chair,
        "conflicted manager": torn, "applicant who runs it and reviews": own, "of another organisation": elsewhere, "project officer": officer,
    }  # fmt: skip
    return scheme, application, people


def _also_reviews(organisation, user):
    from desaga.organisations.models import RoleAssignment

    RoleAssignment.objects.create(
        organisation=organisation, person=user.person, role=Role.REVIEWER, starts_on=date(2020, 1, 1)
    )
    return user.person


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def everywhere(scheme, application):
    """All addresses that could tell of it, with the part that names it, if any."""
    reference, slug = application.reference, scheme.organisation.slug
    lists = [
        at(name, scheme)
        for name in ("show_scheme", "list_applications", "list_members", "list_reading", "declare_many")
    ]
    files = [at("take_applications_out", scheme, one) for one in ("csv", "json")] + [
        at("take_reading_pack", scheme, "docx")
    ]
    round_ = [at(name, scheme, application.round_id) for name in ("show_panel", "share_out")]
    ones = [at(name, scheme, reference) for name in ("look_at_application", "find_ineligible", "read_application", "abstain", "recuse", "blacken_words", "add_reader")]  # fmt: skip
    search = [
        f"{reverse('home:search_organisation', args=[slug])}?q={word}" for word in ("zirconium", "Field", reference)
    ]
    audit = [reverse("organisations:list_entries", args=[slug]), reverse("placements:list_schemes", args=[slug])]
    return [*lists, *files, *round_, *ones, *search, *audit, reverse("home:list_waiting")]


#: What a reader may know before they declare: that it is there, what it is called, where from and where to.
KNOWN_BEFORE = {"list_reading", "declare_many"}


def test_nothing_of_it_is_told_to_whom_it_is_hidden_from(world, client):
    scheme, application, people = world
    for who, user in people.items():
        client.force_login(user)
        for url in everywhere(scheme, application):
            answer = client.get(url)
            text = b"".join(answer) if answer.streaming else answer.content
            told = text.decode(errors="replace")
            secrets = [NAME, "To learn how helium is recovered.", application.email]
            if not (who == "before declaring" and answer.resolver_match.url_name in KNOWN_BEFORE):
                secrets += [SECRET, f"{application.reference}<", f">{application.reference}"]
            # One's own name stands in one's own masthead.
            found = [one for one in secrets if one in told and one not in url and one != user.email]
            assert not found, (who, url, answer.status_code, found)


def test_what_is_hidden_is_answered_as_what_is_not_there_and_costs_the_same(world, client):
    scheme, application, people = world
    for who in ("before declaring", "conflicted", "conflicted chair", "applicant who runs it and reviews"):
        user = people[who]
        client.force_login(user)
        names = ["read_application", "look_at_application", "abstain", "recuse", "add_reader", "find_ineligible"]
        for name in names if who == "before declaring" else [*names, "declare"]:
            answers = []
            for reference in (MISSING, application.reference, MISSING):
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    answer = client.get(at(name, scheme, reference))
                answers.append((answer.status_code, len(queries), answer.content.decode().replace(reference, "")))
            assert answers[1][:2] == answers[2][:2], (who, name, answers[1][:2], answers[2][:2])
            assert answers[1][0] in (403, 404), (who, name)
            assert without_token(answers[1][2]) == without_token(answers[2][2]), (who, name)


def without_token(html):
    import re

    return re.sub(r'(csrftoken": "|csrfmiddlewaretoken" value="|nonce=")[^"]+', "", html)


def test_no_press_on_it_does_anything(world, client):
    scheme, application, people = world
    for who, user in people.items():
        client.force_login(user)
        for name in ("find_eligible", "look_again", "find_ineligible", "declare_as_staff", "read_application", "abstain", "recuse", "note_conflict", "blacken_words", "add_reader"):  # fmt: skip
            for reference in (application.reference, MISSING):
                assert client.post(at(name, scheme, reference), {"kind": "none"}).status_code in (403, 404), (who, name)
    with within(scheme.organisation):
        application.refresh_from_db()
        assert application.state == "eligible"


def test_counts_leave_it_out(world):
    scheme, _, people = world
    for who, user in people.items():
        organisation = scheme.organisation
        with within(organisation, user=user):
            for rows in (applications_for, applications_on_panel, applications_led_by):
                assert rows(user, organisation).count() == 0, (who, rows.__name__)
            to_declare = applications_to_declare(user, organisation).count()
            assert to_declare == (1 if who == "before declaring" else 0), who
            lines = [one.thing for one in waiting_for(user, organisation) if "application" in one.thing]
            assert len(lines) == to_declare, (who, lines)


def test_who_may_read_it_finds_it_on_all_those_ways(world, manager, client):
    """Else the tests above would prove nothing."""
    scheme, application, _ = world
    client.force_login(manager)
    for url in (at("list_applications", scheme), at("take_applications_out", scheme, "csv"), at("show_panel", scheme, application.round_id), f"{reverse('home:search_organisation', args=[scheme.organisation.slug])}?q=zirconium", at("look_at_application", scheme, application.reference)):  # fmt: skip
        assert SECRET in client.get(url).content.decode(), url
    told = json.loads(client.get(at("take_applications_out", scheme, "json")).content)
    assert SECRET in json.dumps(told)


def test_who_applied_is_nobodys_to_look_up(organisation, manager, client):
    eligible(make_scheme(organisation, actor=manager), actor=manager)
    officer = with_role(organisation, Role.PROJECT_OFFICER, "Pat Officer")
    client.force_login(officer)
    for url in (reverse("home:search_organisation", args=[organisation.slug]), reverse("organisations:list_people", args=[organisation.slug])):  # fmt: skip
        told = client.get(url, {"q": "ines"}).content.decode()
        assert NAME not in told
    assert "Pat Officer" in client.get(url).content.decode()


def test_names_that_are_hidden_are_no_way_to_find_anything(organisation, manager, client):
    scheme = make_scheme(organisation, actor=manager)
    application = eligible(scheme, actor=manager, title="Whiskers by Ines Field")
    with within(organisation):
        version = application.version
        version.data = {**version.data, "names_hidden": True}
        version.save()
    user, member = make_member(scheme, actor=manager)
    given(application, member, actor=manager)
    declared(application, user)
    client.force_login(user)
    search = reverse("home:search_organisation", args=[organisation.slug])
    found = {word: application.reference in client.get(search, {"q": word}).content.decode() for word in ("whiskers", "Ines", "Field", "Farfield")}  # fmt: skip
    assert found == {"whiskers": True, "Ines": False, "Field": False, "Farfield": False}
    for url in (at("list_reading", scheme), at("read_application", scheme, application.reference), at("recuse", scheme, application.reference)):  # fmt: skip
        told = client.get(url).content.decode()
        assert "Whiskers by" in told
        assert not [one for one in ("Ines", "Farfield", "Mona", "helper") if one in told], url
    with within(organisation, user=manager):
        members.show_names(actor=manager, round_=application.round, shown=True)
    assert NAME in client.get(at("read_application", scheme, application.reference)).content.decode()
