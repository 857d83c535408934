"""The pages that join slices, as each kind of person meets them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from desaga.accounts.tests.factories import InvitationFactory
from desaga.evidence.tests.factories import a_file, make_evidence
from desaga.organisations.models import Party
from desaga.organisations.operations.elevations import start_elevation
from desaga.organisations.states import GroupKind, PartyKind, Role
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    GroupFactory,
    GroupMembershipFactory,
    OrganisationFactory,
    PartyFactory,
    RoleAssignmentFactory,
    UserFactory,
    member_of,
)
from desaga.plans.operations import plans
from desaga.plans.tests.factories import PlanFactory, action_data, make_action, stage
from desaga.tenancy.context import within


@pytest.fixture
def lead(organisation):
    return member_of(organisation, Role.LEAD)


def party_of(organisation, user, **fields):
    return PartyFactory(organisation=organisation, kind=PartyKind.PERSON, person=user.person, **fields)


def plan_at_work(organisation, actor):
    plan = PlanFactory(organisation=organisation)
    with within(organisation, user=actor):
        plans.change_plan_state(actor=actor, plan=plan, transition="activate")
    return plan


def owner(party):
    return {"text": party.name, "code": party.code, "kind": "person", "role": "lead"}


def due(organisation, lead, party, days=10, **fields):
    """An action of a plan at work that a party carries and that ends in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    timeframe = {"text": str(day), "start": None, "end": str(day), "precision": "day", "continuous": False}
    plan = plan_at_work(organisation, lead)
    return make_action(plan, owners=[owner(party)], timeframe=timeframe, **fields)


# ---- Front door


def test_the_front_door_says_what_this_is_and_leads_in(client, db):
    page = client.get("/")
    assert "universities, institutes and the bodies around them" in page.text
    assert 'href="/account/login/"' in page.text
    assert "wexcombe" not in page.text


@pytest.mark.parametrize("address", ["/", "/account/login/"])
def test_what_search_engines_find_says_what_it_is(client, db, address):
    assert client.get(address).content.decode().count('<meta name="description" content="') == 1


def test_in_the_demo_the_front_door_shows_who_one_can_be(client, db, settings):
    settings.DEMO = True
    assert "lead@wexcombe.example" in client.get("/").text


def test_who_is_signed_in_goes_on_to_their_work(client_of, lead):
    assert client_of(lead).get("/").url == "/my-work/"


@pytest.mark.parametrize("url", ["/accessibility/", "/privacy/", "/cookies/"])
def test_everybody_can_read_what_holds_here(client, db, url):
    page = client.get(url)
    assert page.status_code == 200
    for link in ("/accessibility/", "/privacy/", "/cookies/"):
        assert f'href="{link}"' in page.text


def test_the_cookies_that_are_named_are_the_ones_that_are_set(client, client_of, lead):
    cache.clear()
    client.get("/account/login/")
    signed_in = client_of(lead)
    text = signed_in.get("/cookies/").text
    for name in {*client.cookies, *signed_in.cookies}:
        assert f">{name}</code>" in text


# ---- My work


def test_nothing_waiting_is_said_kindly(client_of, organisation):
    page = client_of(member_of(organisation, Role.READER)).get("/my-work/")
    assert "Nothing waits for you" in page.text
    assert f'href="/o/{organisation.slug}/"' in page.text


def test_an_account_without_an_organisation_is_told_what_to_do(client_of, db):
    assert "not part of an organisation yet" in client_of(UserFactory()).get("/my-work/").text


def test_what_waits_is_verb_object_and_time(client_of, organisation, lead):
    document = stage(organisation, action_data())
    page = client_of(lead).get("/my-work/")
    assert [(i.verb, i.thing, i.minutes) for i in page.context["workspaces"][0].items] == [
        ("Look through", f"what was read from {document.name}", 15)
    ]
    assert client_of(lead).get(page.context["workspaces"][0].items[0].url).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.LEAD, Role.PROJECT_OFFICER}))
def test_documents_and_invitations_wait_for_those_who_may_answer_them(client_of, organisation, lead, role):
    stage(organisation, action_data())
    sent_at = timezone.now() - timedelta(days=15)
    InvitationFactory(organisation=organisation, invited_by=lead, sent_at=sent_at)
    assert client_of(lead).get("/my-work/").context["total"] == 2
    assert client_of(member_of(organisation, role)).get("/my-work/").context["total"] == 0


def test_an_old_unanswered_invitation_no_longer_nags(client_of, organisation, lead):
    InvitationFactory(organisation=organisation, invited_by=lead, sent_at=timezone.now() - timedelta(days=50))
    assert client_of(lead).get("/my-work/").context["total"] == 0


@pytest.mark.parametrize("by", ["name", "seat", "unit"])
def test_actions_wait_for_whoever_carries_them(client_of, organisation, lead, by):
    me, other = member_of(organisation, Role.ACTION_OWNER), member_of(organisation, Role.ACTION_OWNER)
    if by == "name":
        party = party_of(organisation, me)
    elif by == "seat":
        group = GroupFactory(organisation=organisation, kind=GroupKind.WORKING)
        GroupMembershipFactory(organisation=organisation, group=group, person=me.person)
        party = PartyFactory(organisation=organisation, kind=PartyKind.GROUP, group=group)
    else:
        with within(organisation):
            unit = Party.objects.model._meta.get_field("unit").related_model.objects.first()
        RoleAssignmentFactory(organisation=organisation, person=me.person, role=Role.UNIT_LEAD, unit=unit)
        party = PartyFactory(organisation=organisation, kind=PartyKind.UNIT, unit=unit)
    due(organisation, lead, party, title="Write role descriptors")
    (item,) = client_of(me).get("/my-work/").context["workspaces"][0].items
    assert (item.verb, item.thing) == ("See to", "“Write role descriptors”")
    assert client_of(other).get("/my-work/").context["total"] == 0


@pytest.mark.parametrize(("days", "fields", "waits"), [
    (-5, {}, 1), (10, {}, 1), (200, {}, 0), (-5, {"status": "complete"}, 0), (-5, {"status": "stopped"}, 0),
    (-5, {"business_as_usual": True}, 0),
])  # fmt: skip
def test_only_what_is_late_or_near_and_not_settled_waits(client_of, organisation, lead, days, fields, waits):
    me = member_of(organisation, Role.ACTION_OWNER)
    due(organisation, lead, party_of(organisation, me), days=days, **fields)
    assert client_of(me).get("/my-work/").context["total"] == waits


def test_late_things_say_so_in_words(client_of, organisation, lead):
    me = member_of(organisation, Role.ACTION_OWNER)
    due(organisation, lead, party_of(organisation, me), days=-5)
    assert "was due" in client_of(me).get("/my-work/").text


def test_my_work_is_one_list_over_all_ones_organisations(client_of, organisation, other_organisation):
    me = member_of(organisation, Role.LEAD)
    RoleAssignmentFactory(organisation=other_organisation, person=me.person, role=Role.LEAD)
    elsewhere = OrganisationFactory()
    for each in (organisation, other_organisation, elsewhere):
        stage(each, action_data())
    page = client_of(me).get("/my-work/")
    assert [(w.organisation, len(w.items)) for w in page.context["workspaces"]] == [
        (organisation, 1),
        (other_organisation, 1),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_asks_the_same_number_of_questions(client_of, organisation, lead, query_count, rows):
    party = party_of(organisation, lead)
    for number in range(rows):
        stage(organisation, action_data(), title=f"Plan {number}")
        InvitationFactory(organisation=organisation, invited_by=lead, sent_at=timezone.now() - timedelta(days=15))
        due(organisation, lead, party, title=f"Action {number}")
    client = client_of(lead)
    with query_count(61):
        page = client.get("/my-work/")
    # A document, an invitation, an action, that no review of its plan is planned, and that nobody was asked how it goes.
    assert page.context["total"] == 5 * rows


# ---- The organisation


def test_an_empty_workspace_says_what_to_do_next_to_those_who_may(client_of, db):
    empty = OrganisationFactory(slug="empty")
    lead, reader = member_of(empty, Role.LEAD), member_of(empty, Role.READER)
    page = client_of(lead).get("/o/empty/")
    assert [step.label for step in page.context["overview"].steps] == [
        "Bring your plan in",
        "Load your parties",
        "Add your faculties and departments",
    ]
    for step in page.context["overview"].steps:
        assert client_of(lead).get(step.url).status_code == 200
    assert client_of(reader).get("/o/empty/").context["overview"].steps == []


def test_the_overview_counts_what_is_there(client_of, organisation, lead):
    due(organisation, lead, party_of(organisation, lead), days=-5)
    overview = client_of(lead).get(f"/o/{organisation.slug}/").context["overview"]
    assert {count.label: count.number for count in overview.counts} == {
        "People": 2, "Units": 1, "Groups": 1, "Parties": 2, "Abbreviations": 1,
    }  # fmt: skip
    assert (len(overview.plans), len(overview.due), overview.due_count, overview.overdue_count) == (1, 1, 1, 1)
    for count in overview.counts:
        assert client_of(lead).get(count.url).status_code == 200


def test_who_may_not_look_people_up_is_not_told_how_many_there_are(client_of, organisation):
    overview = client_of(member_of(organisation, Role.READER)).get(f"/o/{organisation.slug}/").context["overview"]
    assert "People" not in [count.label for count in overview.counts]


def test_one_with_two_organisations_finds_the_other(client_of, organisation, other_organisation):
    me = member_of(organisation, Role.READER)
    assert client_of(me).get(f"/o/{organisation.slug}/").context["overview"].others == []
    EmploymentFactory(organisation=other_organisation, person=me.person)
    assert client_of(me).get(f"/o/{organisation.slug}/").context["overview"].others == [other_organisation]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_asks_the_same_number_of_questions(client_of, organisation, lead, query_count, rows):
    party = party_of(organisation, lead)
    for number in range(rows):
        due(organisation, lead, party, title=f"Action {number}")
    client = client_of(lead)
    with query_count(28):
        client.get(f"/o/{organisation.slug}/")


# ---- Search


def search(client, organisation, words):
    page = client.get(f"/o/{organisation.slug}/search/", {"q": words})
    return {kind.label: [find.title for find in kind.finds] for kind in page.context["kinds"]}


def test_search_finds_every_kind_and_each_find_opens(client_of, organisation, lead):
    plan = PlanFactory(organisation=organisation, title="Lantern plan")
    make_action(plan, title="Light the lantern")
    make_evidence(organisation, a_file("Lantern minutes"))
    EmploymentFactory(organisation=organisation, person__name="Lina Lantern")
    GroupFactory(organisation=organisation, name="Lantern group")
    PartyFactory(organisation=organisation, name="Lantern office")
    client = client_of(lead)
    page = client.get(f"/o/{organisation.slug}/search/", {"q": "lantern"})
    assert search(client, organisation, "LANTERN") == {
        "Plans": ["Lantern plan"],
        "Actions": ["Light the lantern"],
        "Evidence": ["Lantern minutes"],
        "People": ["Lina Lantern"],
        "Groups": ["Lantern group"],
        "Parties": ["Lantern office"],
    }
    for kind in page.context["kinds"]:
        for found in kind.finds:
            assert client.get(found.url).status_code == 200
    assert search(client, organisation, "TSM") == {"Parties": ["Technical services managers"], "Abbreviations": ["TSM"]}
    assert search(client, organisation, "faculty northmoor") == {"Units": ["Faculty of Northmoor"]}


def test_search_finds_nothing_of_another_organisation(client_of, organisation, other_organisation, lead):
    make_action(PlanFactory(organisation=other_organisation, title="Lantern plan"), title="Light the lantern")
    make_evidence(other_organisation, a_file("Lantern minutes"))
    theirs = member_of(other_organisation, Role.LEAD)
    assert search(client_of(theirs), other_organisation, "lantern") != {}
    assert search(client_of(lead), organisation, "lantern") == {}


def test_search_finds_no_people_for_who_may_not_look_them_up(client_of, organisation, lead):
    EmploymentFactory(organisation=organisation, person__name="Lina Lantern")
    assert search(client_of(lead), organisation, "lantern") == {"People": ["Lina Lantern"]}
    assert search(client_of(member_of(organisation, Role.READER)), organisation, "lantern") == {}


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "\\", "'", "\x00", "x" * 300, "<script>"])
def test_search_takes_any_words(client_of, organisation, lead, words):
    page = client_of(lead).get(f"/o/{organisation.slug}/search/", {"q": words})
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert page.context["total"] == 0


# ---- Stepping in


def test_whoever_steps_in_sees_on_every_page_that_they_did(client_of, organisation):
    platform = UserFactory(is_platform_administrator=True)
    client = client_of(platform)
    form = {"organisation": organisation.pk, "reason": "To mend an import", "minutes": 30}
    answer = client.post("/account/elevation/", form)
    page = client.get(answer.url)
    assert "You act here as the platform’s administrator until" in page.text
    assert "To mend an import" in client.get("/account/elevation/").text
    (elevation,) = client.get("/account/elevation/").context["elevations"]
    client.post(f"/account/elevation/{elevation.pk}/end/")
    assert client.get(answer.url).status_code == 404


@pytest.mark.parametrize("form", [{"reason": ""}, {"minutes": "600"}, {"organisation": ""}])
def test_stepping_in_needs_a_place_a_reason_and_an_end(client_of, organisation, form):
    client = client_of(UserFactory(is_platform_administrator=True))
    page = client.post("/account/elevation/", {"organisation": organisation.pk, "reason": "x", "minutes": 30, **form})
    assert list(page.context["form"].errors) == list(form)
    assert client.get(f"/o/{organisation.slug}/").status_code == 404


def test_nobody_ends_anothers_elevation_and_others_see_no_such_page(client_of, organisation, lead):
    platform, other = UserFactory(is_platform_administrator=True), UserFactory(is_platform_administrator=True)
    elevation = start_elevation(actor=platform, organisation=organisation, reason="To mend an import")
    assert client_of(other).post(f"/account/elevation/{elevation.pk}/end/").status_code == 404
    assert client_of(lead).get("/account/elevation/").status_code == 404
    assert client_of(platform).get(f"/o/{organisation.slug}/").status_code == 200


# ---- Account


def test_ones_details_are_ones_own_to_change(client_of, organisation):
    me = member_of(organisation, Role.READER)
    client = client_of(me)
    form = {"name": "Ida Bunsen", "pronouns": "she/her", "personal_email": "ida@home.example"}
    assert client.post("/account/details/", form).url == "/account/"
    text = client.get("/account/").text
    for words in form.values():
        assert words in text
