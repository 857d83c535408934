"""Nobody learns of an application that is hidden from them from what follows: awards, claims, reserve lists, stories, approvals, meetings, keeping, and what waits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.activities.operations import record_activity
from desaga.notifications.tests.factories import left_in_doubt
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import EmploymentFactory, OrganisationFactory
from desaga.tenancy.context import within
from desaga.ui.waiting import waiting_for

from .. import tasks
from ..models import (
    AgendaItem,
    Award,
    Budget,
    Claim,
    Interest,
    PanelMember,
    PlacementReport,
    Receipt,
    Repayment,
    Round,
)
from ..operations import awards, fund
from ..queries.awards import awards_for, claims_in, next_place_for, reserves_for
from ..queries.keeping import holds_seen, sorted_for
from .factories import letters, make_applicant, make_application, make_round, sent, with_role
from .keeping import finished
from .panels import eligible, make_member

TITLE, NAME, WAITS, UNSENT, EMAIL = "Cryogenics at another", "Ines Field", "Zirconium on reserve", "Gallium not approved", "hugo.host@hostwick"  # fmt: skip
#: What stands with money that came back of an advance.
CAME_BACK = "Back again 4711"
MISSING = "TZZ-22222"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def also(organisation, user, role):
    with within(organisation):
        RoleAssignment.objects.create(
            organisation=organisation, person=user.person, role=role, starts_on=date(2020, 1, 1)
        )


@pytest.fixture
def world(organisation, manager):
    """A placement that was paid and reported, one on the reserve list, one that waits for approval; and from whom all three are hidden."""
    home = OrganisationFactory(name="University of Farfield", has_workspace=True)
    hope = with_role(home, Role.LEAD, "Hope Home")
    own = with_role(organisation, Role.SCHEME_MANAGER, "Olga Own")
    also(organisation, own, Role.REVIEWER)
    scheme, application, _ = finished(organisation, actor=manager, applicant=own, is_past=False)
    make_round(scheme, actor=manager, meets_in=120)
    reserve = eligible(scheme, actor=manager, applicant=own, title=WAITS)
    with within(organisation, user=manager):
        awards.put_on_reserve(application=reserve, rank=1, actor=manager)
    waiting = sent(make_application(scheme, applicant=own, title=UNSENT))
    before, member = make_member(scheme, actor=manager, name="Bea Before")
    former, gone = make_member(scheme, actor=manager, name="Fay Former")
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    torn = with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")
    money = with_role(organisation, Role.FINANCE, "Fin Ance")
    with within(organisation, user=manager):
        for one in (application, reserve):
            for seat in (member, gone):
                one.assignments.create(organisation=organisation, member=seat)
        PanelMember.objects.filter(pk=gone.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
        for one in (application, reserve, waiting):
            for user in (chair, torn, money):
                Interest.objects.create(
                    organisation=organisation, application=one, person=user.person, kind="money", source="staff"
                )
        Round.objects.filter(scheme=scheme).update(chair=chair.person)
        # Each of these waits for somebody who runs the scheme.
        PlacementReport.objects.update(state="sent")
        Claim.objects.update(state="sent")
        Award.objects.get().letters.filter(kind="days").update(
            lost_at=timezone.now(), ended_at=None, expires_at=timezone.now() + timedelta(days=9)
        )
        Repayment.objects.create(
            organisation=organisation, award=Award.objects.get(), amount=Decimal(5), paid_on=timezone.localdate(), reference=CAME_BACK, at=timezone.now()
        )  # fmt: skip
        budget = Budget.objects.get(scheme=scheme)
        fund.begin_report(actor=manager, budget=budget)
    left_in_doubt(letters(application.email)[-1])
    people = {
        "applicant who runs it and reviews": own, "before declaring": before, "former": former, "conflicted chair": chair, "conflicted manager": torn, "conflicted finance": money,
        "home lead": hope, "another applicant": make_applicant(scheme, "Anna Another"), "project officer": with_role(organisation, Role.PROJECT_OFFICER, "Pat Officer"),
    }  # fmt: skip
    return {"scheme": scheme, "application": application, "reserve": reserve, "people": people, "waiting": waiting, "home": home, "budget": budget}  # fmt: skip


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


#: What a lead looks through at home.
HOME_PAGES = (
    "home:show_organisation",
    "organisations:list_entries",
    "organisations:list_people",
    "activities:list_activities",
    "plans:list_plans",
    "evidence:list_evidence",
    "indicators:list_indicators",
    "placements:list_schemes",
)
#: Every page for those who work for a scheme that tells of more than one application.
LISTS = ("show_scheme", "list_applications", "list_approvals", "list_members", "list_reading", "list_awards", "list_stories", "list_claims", "take_claims_out", "take_movements_out", "show_keeping", "show_definition", "declare_many", "list_outcomes", "list_told", "list_offers", "list_fund_reports", "show_packs", "take_pack_with_files", "show_equality_figures")  # fmt: skip
ONES = ("look_at_application", "show_award", "take_agreement", "change_award", "return_report", "take_repayment", "call_off_award", "place_hold", "read_application")  # fmt: skip


OUTSIDERS = ("home lead", "another applicant", "project officer")
#: Who passes the doors of most pages by their role.
INSIDERS = ("applicant who runs it and reviews", "conflicted manager", "conflicted finance")


def everywhere(world):
    scheme, application = world["scheme"], world["application"]
    slug, round_ = scheme.organisation.slug, application.round_id
    lists = [at(name, scheme) for name in LISTS]
    lists += [at(name, scheme, "csv") for name in ("take_applications_out", "take_awards_out", "take_outcomes_out")] + [at("take_reading_pack", scheme, "docx")]  # fmt: skip
    lists += [at(name, scheme, round_) for name in ("show_panel", "share_out", "show_meeting", "release_outcomes", "show_readers")]  # fmt: skip
    lists += [at(name, scheme, world["budget"].pk) for name in ("show_fund_report", "write_fund_report")] + [at("take_fund_report_out", scheme, world["budget"].pk, "docx")]  # fmt: skip
    lists += [at("take_agenda_out", scheme, round_, "docx"), at("take_minutes_out", scheme, round_, "docx"), at("offer_next", scheme, world["reserve"].round_id), *(at(name, scheme, world["reserve"].round_id) for name in ("show_panel", "edit_round", "call_off_round"))]  # fmt: skip
    ones = [at(name, scheme, application.reference) for name in ONES] + [at("show_item", scheme, round_, application.reference), at("look_at_claim", scheme, application.reference, 1)]  # fmt: skip
    search = [
        f"{reverse('home:search_organisation', args=[slug])}?q={word}" for word in ("cryogenics", "Field", "zirconium")
    ]
    more = [reverse("organisations:list_entries", args=[slug]), reverse("placements:list_schemes", args=[slug]), reverse("home:list_waiting"), at("show_open_scheme", scheme), reverse("notifications:list_doubtful_mail", args=[slug])]  # fmt: skip
    return [*lists, *ones, *search, *more]


def text_of(answer):
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"".join(file.read(name) for name in file.namelist())
    return content.decode(errors="replace")


def no_page_file_or_search_tells_of_what_is_hidden(world, manager, client):
    for who, user in world["people"].items():
        client.force_login(user)
        # Whoever has no standing with the scheme is refused at each door alike: some suffice.
        for url in everywhere(world)[:: 6 if who in OUTSIDERS else 3 if who == "former" else 1]:
            answer = client.get(url)
            text = text_of(answer).replace(user.email, "")
            secrets = [TITLE, NAME, WAITS, UNSENT, EMAIL, "mona.manager", "1,777", CAME_BACK]
            secrets += [
                f"{one.reference}{end}"
                for one in (world["application"], world["reserve"], world["waiting"])
                for end in "<,/"
            ]
            # Before they declare a member knows title, employer and host of what they are to read; on their own work an applicant reads their own.
            may = (
                {TITLE, WAITS}
                if who == "before declaring" and ("/reading/" in url or url.endswith("/waiting/"))
                else set()
            )
            if who.startswith("applicant") and url == reverse("home:list_waiting"):
                continue
            found = [one for one in secrets if one in text and one not in url and one not in may and not (may and one[:-1] in text_of(answer) and one[-1] in "<,/")]  # fmt: skip
            assert not found, (who, url, answer.status_code, found)


def the_lead_of_the_home_finds_nothing_in_their_own_house(world, manager, client):
    """Search, overview, audit, activities, evidence and what waits, at the employer of whoever applied; what else they did there is found, so these pages do tell of them."""
    home, lead, own = world["home"], world["people"]["home lead"], world["people"]["applicant who runs it and reviews"]
    with within(home):
        EmploymentFactory(organisation=home, person=own.person)
    with within(person=own.person, user=own):
        record_activity(actor=own, person=own.person, kind="course", what="Visited a workshop", on=timezone.localdate(), hours=Decimal(2))  # fmt: skip
    client.force_login(lead)
    search = reverse("home:search_organisation", args=[home.slug])
    activities = text_of(client.get(reverse("activities:list_activities", args=[home.slug])))
    assert "Visited a workshop" in activities
    # They held it for colleagues, and wrote it down themselves as what they did: it is told where other things are that people do.
    session = "Session after a placement: Cryogenics at another facility"
    assert session in activities
    assert "Olga Own" in text_of(client.get(search, {"q": "Olga"}))
    places = [reverse(name, args=[home.slug]) for name in HOME_PAGES] + [reverse("home:list_waiting")]
    words = (
        "cryogenics",
        "Field",
        "Ines",
        "zirconium",
        "gallium",
        "helium",
        "hostwick",
        world["application"].reference,
    )
    secrets = (TITLE, "Ines Field", WAITS, UNSENT, EMAIL, "mona.manager", "1,777")
    secrets += tuple(world[one].reference for one in ("application", "reserve", "waiting"))
    for url in [*places, *(f"{search}?q={word}" for word in words)]:
        answer = client.get(url)
        text = text_of(answer).replace(session, "")
        found = [one for one in secrets if one in text and one not in url]
        assert (answer.status_code, found) == (200, []), (url, answer.status_code, found)


def no_mail_tells_of_what_is_hidden(world, manager, client):
    """All that was sent while all this happened, and what the worker sends every morning. The employer's lead has the one that the scheme announces."""
    organisation = world["scheme"].organisation
    for task in (tasks.tell_readers, tasks.remind_readers, tasks.chase_in, tasks.follow, tasks.remind_of_drafts_in):
        task.run(organisation_id=organisation.pk, actor_id=None)
    references = [world[one].reference for one in ("application", "reserve", "waiting")]
    for who, user in world["people"].items():
        mails = [f"{one.subject}\n{one.text}\n{one.html}" for one in letters(user.email)]
        if who.startswith("applicant"):
            assert TITLE in " ".join(mails), "what one applied for oneself one reads"
            continue
        secrets = [TITLE, NAME, WAITS, UNSENT, EMAIL, "mona.manager", "1,777", *references]
        if who == "home lead":
            assert len(mails) == 1
            assert f"{NAME} of {world['home'].name} has accepted an award" in mails[0]
            secrets = [one for one in secrets if one not in (NAME, references[0])]
        assert [one for one in secrets for mail in mails if one in mail] == [], who


def counts_and_what_waits_leave_it_out(world, manager, client):
    scheme = world["scheme"]
    organisation = scheme.organisation
    for who, user in world["people"].items():
        if who == "home lead":
            continue
        with within(organisation, user=user):
            found = sorted_for(user, organisation, scheme, date(2060, 1, 1))
            assert (found.due, found.kept) == ((), ()), who
            assert not awards_for(user, organisation).exists(), who
            assert not holds_seen(user, organisation, scheme).exists(), who
            round_ = world["reserve"].round
            assert reserves_for(user, organisation, round_.scheme) == [], who
            assert next_place_for(user, organisation, round_) is None, who
            if who.startswith(("conflicted", "applicant")):
                assert not claims_in(user, organisation, scheme).exists(), who
            told = [one.thing for one in waiting_for(user, organisation)]
            secrets = (NAME, EMAIL, world["application"].reference)
            # What one's own application asks of one is one's own.
            assert not [thing for thing in told for one in secrets if one in thing], (who, told)


def what_is_hidden_costs_what_is_not_there_costs(world, manager, client):
    scheme, application = world["scheme"], world["application"]
    for who in (*INSIDERS, "conflicted chair", "before declaring"):
        client.force_login(world["people"][who])
        for name in ("show_award", "place_hold", "read_application", "look_at_claim", "show_item"):
            answers = []
            for reference in (MISSING, application.reference, MISSING):
                more = {"look_at_claim": [reference, 1], "show_item": [application.round_id, reference]}.get(
                    name, [reference]
                )
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(at(name, scheme, *more))
                words = re.sub(
                    r'(csrftoken": "|csrfmiddlewaretoken" value="|nonce=")[^"]+', "", answer.content.decode()
                )
                answers.append((answer.status_code, len(queries), words.replace(reference, "")))
            assert answers[1] == answers[2], (who, name, answers[1][:2], answers[2][:2])
            # From a meeting that is over all members are led back, whatever they name.
            assert answers[1][0] in (403, 404, *([302] if name == "show_item" else [])), (who, name)


def no_press_does_anything(world, manager, client):
    scheme, application = world["scheme"], world["application"]
    claim = [application.reference, 1]
    presses = [
        (name, [application.reference])
        for name in (*ONES[1:8], "accept_report", "finish", "ask_days", "drop_change", "lift_hold")
    ]
    presses += [(name, claim) for name in ("approve_claim", "return_claim", "pay_claim")] + [
        ("offer_next", [world["reserve"].round_id])
    ]
    for who in INSIDERS:
        client.force_login(world["people"][who])
        for name, args in presses:
            answer = client.post(
                at(name, scheme, *args),
                {"words": "x", "because": "x", "amount": "1", "seen": str(world["reserve"].pk), "accept_by_0": "1"},
            )
            assert answer.status_code in (403, 404, 405), (who, name, answer.status_code)
    with within(scheme.organisation):
        assert Claim.objects.get().state == "sent"
        assert PlacementReport.objects.get().state == "sent"


def a_file_of_what_is_hidden_is_not_there(world, manager, client):
    scheme, application = world["scheme"], world["application"]
    with within(scheme.organisation):
        receipt, file, letter = (
            Receipt.objects.get().pk,
            application.files.get().pk,
            application.askings.exclude(file=None).get().pk,
        )
    for who in (*INSIDERS, "conflicted chair", "before declaring"):
        client.force_login(world["people"][who])
        for url in (at("fetch_claim_receipt", scheme, application.reference, 1, receipt), at("fetch_application_file", scheme, application.reference, file), at("fetch_letter", scheme, letter)):  # fmt: skip
            assert client.get(url).status_code in (403, 404), (who, url)


def who_may_read_it_finds_it_on_all_these_ways(world, manager, client):
    """Else the tests above would prove nothing."""
    scheme, application = world["scheme"], world["application"]
    with within(scheme.organisation):
        Budget.objects.update(amount=90_000)
        assert AgendaItem.objects.filter(application=application).exists()
    client.force_login(manager)
    for name, secret in (("list_awards", NAME), ("list_awards", WAITS), ("list_stories", NAME), ("list_claims", NAME), ("take_claims_out", NAME), ("take_movements_out", CAME_BACK), ("list_approvals", world["waiting"].reference), ("list_applications", TITLE)):  # fmt: skip
        assert secret in text_of(client.get(at(name, scheme))), name
    for name in ONES[:3]:
        assert client.get(at(name, scheme, application.reference)).status_code == 200
    assert NAME in text_of(client.get(at("offer_next", scheme, world["reserve"].round_id)))
    assert TITLE in text_of(client.get(at("take_minutes_out", scheme, application.round_id, "docx")))
    for name in ("take_awards_out", "take_outcomes_out"):
        assert application.reference in text_of(client.get(at(name, scheme, "csv"))), name
    doubtful = client.get(reverse("notifications:list_doubtful_mail", args=[scheme.organisation.slug]))
    assert application.email in text_of(doubtful)
    for name, *more in (("list_told",), ("list_outcomes",), ("show_equality_figures",), ("show_readers", application.round_id), ("show_fund_report", world["budget"].pk), ("take_fund_report_out", world["budget"].pk, "docx"), ("edit_round", world["reserve"].round_id), ("call_off_round", world["reserve"].round_id)):  # fmt: skip
        assert client.get(at(name, scheme, *more)).status_code == 200, name
    with within(scheme.organisation, user=manager):
        told = " ".join(one.thing for one in waiting_for(manager, scheme.organisation))
        assert NAME in told
        assert EMAIL in told
        found = sorted_for(manager, scheme.organisation, scheme, date(2060, 1, 1))
        assert {one.pk for one in found.due} | {one.case.pk for one in found.kept} >= {
            application.pk,
            world["reserve"].pk,
        }


def test_nothing_of_it_is_told_by_any_of_these_doors(world, manager, client):
    """One world for all checks: it takes long to make. The last shows that there was something to be told."""
    for check in (
        no_page_file_or_search_tells_of_what_is_hidden, the_lead_of_the_home_finds_nothing_in_their_own_house, no_mail_tells_of_what_is_hidden, counts_and_what_waits_leave_it_out, what_is_hidden_costs_what_is_not_there_costs,
        no_press_does_anything, a_file_of_what_is_hidden_is_not_there, who_may_read_it_finds_it_on_all_these_ways,
    ):  # fmt: skip
        check(world, manager, client)
