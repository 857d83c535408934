"""The panel's pages, walked as people walk them: eligible, given to read, declared, read, scored."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ApplicationFile, Assignment, EligibilityCheck, Score
from ..operations import members
from .factories import answered, make_application, make_scheme, received, sent, with_file, with_role
from .panels import declared, eligible, given, make_member, scored


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def test_from_receipt_to_a_score(scheme, manager, as_user):
    application = received(make_application(scheme))
    reader, member = make_member(scheme, actor=manager)
    staff = as_user(manager)
    assert application.reference in staff.get(at("list_applications", scheme)).content.decode()
    page = staff.get(at("look_at_application", scheme, application.reference)).content.decode()
    assert "To learn how helium is recovered." in page
    staff.post(at("find_eligible", scheme, application.reference), {"words": "All in order."})
    staff.post(at("add_reader", scheme, application.reference), {"member": member.pk})

    visitor = as_user(reader)
    told = visitor.get(at("list_reading", scheme)).content.decode()
    assert "Cryogenics at another facility" in told
    assert "Ines Field" not in told
    read = at("read_application", scheme, application.reference)
    assert visitor.get(read).status_code == 404
    answer = visitor.post(at("declare", scheme, application.reference), {"kind": "none"})
    assert answer.url == read
    assert "To learn how helium is recovered." in visitor.get(read).content.decode()

    sheet = {"learning-value": "3", "learning-reason": "A clear way.", "gain-value": "2"}
    refused = visitor.post(read, {**sheet, "send": "yes"})
    assert refused.status_code == 422
    assert "Give a reason for your score of “What it changes at home”." in refused.content.decode()
    sheet |= {
        "gain-reason": "Two are taught.",
        "sharing-value": "3",
        "sharing-reason": "A session.",
        "value-value": "0",
        "value-reason": "Too dear.",
    }
    visitor.post(read, {**sheet, "send": "yes"})
    with within(scheme.organisation):
        reading = Assignment.objects.get()
        # (2·3 + 2·2 + 1·3 + 1·0) of (2 + 2 + 1 + 1)·3
        assert str(reading.mark) == "72.22"
        assert Score.objects.filter(assignment=reading).count() == 4
        assert EligibilityCheck.objects.get().is_eligible
    assert (
        "A clear way."
        in as_user(manager).get(at("look_at_application", scheme, application.reference)).content.decode()
    )


def queries_of(client, url):
    """How many queries a second look takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_lists_take_as_many_queries_for_three_as_for_one(scheme, manager, as_user):
    chair, seat = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)

    def one_more():
        application = eligible(scheme, actor=manager)
        reader, member = make_member(scheme, actor=manager, name="Rita Reader")
        given(application, seat, actor=manager)
        declared(application, chair)
        reading = given(application, member, actor=manager)
        declared(application, reader)
        scored(reading, reader)
        return application

    application = one_more()
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=application.round, chair=chair.person, administrator=None)
    staff_pages = [at(name, scheme) for name in ("list_applications", "list_members")] + [at("show_panel", scheme, application.round_id), at("look_at_application", scheme, application.reference), reverse("home:list_waiting")]  # fmt: skip
    chair_pages = [
        at("list_reading", scheme),
        at("show_panel", scheme, application.round_id),
        reverse("home:list_waiting"),
    ]
    taken = {}
    for number in (1, 3):
        for who, pages in ((manager, staff_pages), (chair, chair_pages)):
            visitor = as_user(who)
            taken[number, who.pk] = [queries_of(visitor, url) for url in pages]
        if number == 1:
            one_more()
            one_more()
    for who in (manager, chair):
        assert taken[1, who.pk] == taken[3, who.pk]


def test_the_list_is_narrowed_sorted_and_taken_out(scheme, manager, as_user):
    at_home = received(make_application(scheme, title="Kiln work", nation="wales"))
    there = {"organisation": "Laserhof", "country": "Germany", "contact": ""}
    abroad = received(make_application(scheme, title="Laser work", host=there, abroad="yes", risk_assessed="yes", visa_checked="yes", insured="yes"))  # fmt: skip
    eligible(scheme, actor=manager, title="Glass work")
    staff = as_user(manager)

    def found(**asked):
        page = staff.get(at("list_applications", scheme), asked).context["page_obj"]
        return [row.title for row in page.object_list]

    assert found(nation="wales") == ["Kiln work"]
    assert found(abroad="yes") == ["Laser work"]
    assert found(state="received", sort="title") == ["Kiln work", "Laser work"]
    assert found(round=at_home.round_id, sort="title") == ["Glass work", "Kiln work", "Laser work"]
    assert found(q=f"work {abroad.reference}") == ["Laser work"]
    assert found(q="Farfield kiln") == ["Kiln work"]
    assert found(q="nothing like it", nation="atlantis") == []
    csv = staff.get(at("take_applications_out", scheme, "csv"), {"nation": "wales"}).content.decode("utf-8-sig")
    assert "Kiln work" in csv
    assert "Glass work" not in csv
    assert ZipFile(BytesIO(staff.get(at("take_applications_out", scheme, "xlsx")).content)).testzip() is None
    assert "1020.5" in json.dumps(json.loads(staff.get(at("take_applications_out", scheme, "json")).content))


def test_a_round_is_shared_out_by_what_members_know_and_keeps_what_was_given_by_hand(scheme, manager, as_user):
    applications = [eligible(scheme, actor=manager, title=f"Work {number}") for number in range(4)]
    make_member(scheme, actor=manager, name="Kim Knows", expertise=["helium"])
    _, by_hand = make_member(scheme, actor=manager, name="Hal Hand")
    make_member(scheme, actor=manager, name="Col League", works_for="Farfield University")
    _, third = make_member(scheme, actor=manager, name="Thea Third", most=1)
    given(applications[0], by_hand, actor=manager)
    staff, url = as_user(manager), at("share_out", scheme, applications[0].round_id)
    page = staff.post(url, {"each": "2", "spread": "2"})
    proposal = page.context["proposal"]
    loads = {str(member): number for member, number in proposal.loads}
    assert loads["Col League"] == 0
    assert sum(loads.values()) == 8
    assert loads["Thea Third"] <= third.most
    assert not proposal.impossible
    gives = {row.reference: {str(one.member): one for one in given_} for row, given_ in proposal.rows}
    assert gives[applications[0].reference]["Hal Hand"].is_kept
    assert "Kim Knows" in page.content.decode()
    accept = at("accept_share_out", scheme, applications[0].round_id)
    staff.post(accept, {"proposal": page.context["sealed"]})
    staff.post(accept, {"proposal": page.context["sealed"]})
    staff.post(accept, {"proposal": "made up"})
    with within(scheme.organisation):
        readings = list(Assignment.objects.all())
        assert len(readings) == 8
        assert [one.is_by_hand for one in readings].count(True) == 1
        assert all(one.why for one in readings if not one.is_by_hand)
    everyone = staff.post(url, {"each": "2", "spread": "2", "everyone": "on"}).context["proposal"]
    assert [number for _, number in everyone.loads] == [0, 4, 4, 4]
    assert len(everyone.new) == 4


def test_too_few_readers_are_said(scheme, manager, as_user):
    application = eligible(scheme, actor=manager)
    make_member(scheme, actor=manager)
    url = at("share_out", scheme, application.round_id)
    page = as_user(manager).post(url, {"each": "3", "spread": "0"})
    assert "It has 1 of 3 reviewers" in page.content.decode()
    assert "must be" not in page.content.decode()


def test_a_pack_holds_what_its_reader_may_read_and_nothing_else(scheme, manager, as_user):
    mine = eligible(scheme, actor=manager, title="Kiln work")
    blocked = eligible(scheme, actor=manager, title="Laser work")
    reader, member = make_member(scheme, actor=manager)
    other, other_member = make_member(scheme, actor=manager, name="Otto Other")
    for application in (mine, blocked):
        given(application, member, actor=manager)
    declared(mine, reader)
    declared(mine, other)
    scored(given(mine, other_member, actor=manager), other)
    declared(blocked, reader, "personal", "Neighbours.")
    visitor = as_user(reader)
    docx = (
        ZipFile(BytesIO(visitor.get(at("take_reading_pack", scheme, "docx")).content))
        .read("word/document.xml")
        .decode()
    )
    assert "To learn how helium is recovered." in docx
    for secret in ("Laser work", "Clear and costed.", "Otto"):
        assert secret not in docx
    pdf = visitor.get(at("take_one_reading", scheme, mine.reference, "pdf"))
    assert failures_of(pdf.content) == []
    assert visitor.get(at("take_one_reading", scheme, blocked.reference, "pdf")).status_code == 404


def test_whoever_leads_declares_line_by_line_and_then_reads_the_scores(scheme, manager, as_user):
    first, second = (eligible(scheme, actor=manager, title=title) for title in ("Kiln work", "Laser work"))
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=first.round, chair=chair.person, administrator=None)
    visitor, panel = as_user(chair), at("show_panel", scheme, first.round_id)
    before = visitor.get(panel).content.decode()
    assert "with 2 applications" in before
    assert "Kiln work" not in before
    many = at("declare_many", scheme)
    assert visitor.post(many, {}).status_code == 422
    assert visitor.post(many, {f"kind-{second.reference}": "money"}).status_code == 422
    visitor.post(many, {f"kind-{first.reference}": "none", f"kind-{second.reference}": "money", f"words-{second.reference}": "A spin-out."})  # fmt: skip
    after = visitor.get(panel).content.decode()
    assert "Kiln work" in after
    assert "Laser work" not in after
    reader, member = make_member(scheme, actor=manager)
    reading = given(first, member, actor=manager)
    declared(first, reader)
    scored(reading, reader)
    read = visitor.get(at("read_application", scheme, first.reference)).content.decode()
    assert "Your scores" not in read
    assert "Clear and costed." in read
    # A reader reads their own alone.
    other, seat = make_member(scheme, actor=manager, name="Otto Other")
    given(first, seat, actor=manager)
    declared(first, other)
    assert (
        "Clear and costed." not in as_user(other).get(at("read_application", scheme, first.reference)).content.decode()
    )


def test_a_file_is_fetched_by_those_who_read_the_application(scheme, manager, as_user):
    application = received(with_file(make_application(scheme)))
    page = as_user(manager).get(at("look_at_application", scheme, application.reference))
    with within(scheme.organisation):
        pk = ApplicationFile.objects.get().pk
    address = at("fetch_application_file", scheme, application.reference, pk)
    assert address in page.content.decode()
    answer = as_user(manager).get(address)
    assert (answer.content, answer["Content-Disposition"]) == (
        b"%PDF-1.7 invented",
        'attachment; filename="invitation.pdf"',
    )
    reviewer = with_role(scheme.organisation, Role.REVIEWER, "Rae Nosy")
    assert as_user(reviewer).get(address).status_code == 403


def test_the_history_names_the_applicant_and_says_what_happened_in_words(scheme, manager, as_user):
    application = sent(make_application(scheme))
    for key in ("line_manager", "host"):
        answered(application, key)
    page = as_user(manager).get(at("look_at_application", scheme, application.reference)).content.decode()
    history = page[page.index('id="history"') :]
    assert "Ines Field" in history
    assert "asked by e-mail" in history
    assert "said yes" in history
    assert not [word for word in ("None", "approval given", "asking") if word in history]
