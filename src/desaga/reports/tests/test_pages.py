"""The pages: whoever starts a report, writes it, comments on it, and signs it off."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.rounds.tests.factories import letters
from desaga.tenancy.context import within

from ..models import FrozenReport, Report, ReportSection, SectionComment
from ..operations import writing
from ..queries import kinds_known
from .docx_forms import with_controls, with_tables
from .factories import furnished_report, handed_in_form, make_report, sent_report, write


@pytest.fixture
def plan(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    make_action(plan, code="A1", title="Show who does what", theme="Visibility")
    make_action(plan, code="A2", title="Award a prize", theme="Recognition")
    return plan


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def client(client_of, lead):
    return client_of(lead)


@pytest.fixture
def anonymous():
    return Client()


def last_link():
    """The path and query of the link in the last mail to the head."""
    return re.search(r"/sign-off/\S+key=[\w-]+", letters("head@example.org")[-1].text)[0]


def page(name, *ids, organisation):
    return reverse(f"reports:{name}", args=[organisation.slug, *ids])


def say(plan, code, lead, **account):
    with within(plan.organisation, user=lead):
        action = plan.actions.get(code=code)
        give_update(actor=lead, action=action, account=Account(**account), period="Autumn", given_by="Ann")


def section_of(report, key):
    with within(report.organisation):
        return report.sections.get(key=key)


def test_a_report_is_started_drafted_written_and_taken_out(plan, client, organisation, lead):
    say(plan, "A1", lead, status="in_progress", rag="green", text="Forty names stand in the directory.")
    period = {
        "starts_on_day": "1",
        "starts_on_month": "1",
        "starts_on_year": "2020",
        "ends_on_day": "31",
        "ends_on_month": "12",
        "ends_on_year": "2099",
    }
    address = page("start_report", plan.pk, "annual-report", organisation=organisation)
    client.post(address, {"title": "Our year", **period})
    with within(organisation):
        report = Report.objects.get()
    progress = section_of(report, "progress")
    at = [report.pk, progress.pk]

    shown = client.get(page("show_section", *at, organisation=organisation)).content.decode()
    assert "Drafted from 2 actions and 1 update" in shown or "Drafted from 1 action and 1 update" in shown
    assert "Forty names stand in the directory." in shown
    saved = client.post(
        page("write_section", *at, organisation=organisation),
        {"text": "Ours.\n\n- One\n- Two", "is_done": "on", "seen": progress.changed_at.isoformat()},
    )
    assert saved.status_code == 302
    listed = client.get(report.get_absolute_url()).content.decode()
    assert "5 of 900 words" in listed
    assert "1 of 9 finished" in listed

    word = client.get(page("take_report_out", report.pk, "docx", organisation=organisation))
    told = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert {"Progress by theme", "Ours.", "One", "How the figures were counted"} <= set(told)
    pdf = client.get(page("take_report_out", report.pk, "pdf", organisation=organisation))
    assert failures_of(pdf.content) == []


def test_what_was_typed_survives_what_another_saved(plan, client, organisation, lead):
    report = make_report(plan, actor=lead)
    section = section_of(report, "summary")
    address = page("write_section", report.pk, section.pk, organisation=organisation)
    write(report, "summary", "What another wrote.", actor=lead)

    shown = client.post(address, {"text": "My own words here", "seen": section.changed_at.isoformat()})

    told = shown.content.decode()
    assert "Changed while you were typing" in told
    assert "What another wrote." in told
    assert "My own words here</textarea>" in told
    assert "4 of 200 words" in told
    again = re.search(r'name="seen" value="([^"]+)"', told)[1]
    assert client.post(address, {"text": "Both.", "seen": again}).status_code == 302
    assert section_of(report, "summary").text == "Both."


def test_a_reader_comments_and_writers_find_it_in_their_work(plan, client, client_of, member, organisation, lead):
    report = make_report(plan, actor=lead, due_on=timezone.localdate())
    section = section_of(report, "summary")
    reader = client_of(member(Role.READER))
    reader.post(page("comment", report.pk, section.pk, organisation=organisation), {"text": "Who is meant?"})
    assert reader.get(page("write_section", report.pk, section.pk, organisation=organisation)).status_code == 403

    waiting = client.get(reverse("home:list_waiting")).content.decode()
    assert "1 comment on “Our year”" in waiting
    assert "the report “Our year”" in waiting
    with within(organisation):
        comment = SectionComment.objects.get()
    client.post(page("resolve", report.pk, comment.pk, organisation=organisation))
    assert "1 comment on" not in client.get(reverse("home:list_waiting")).content.decode()


def test_a_head_without_account_reads_sends_back_and_signs_by_the_link(plan, client, anonymous, organisation, lead):
    report = sent_report(plan, actor=lead)
    link = last_link()
    with CaptureQueriesContext(connection) as seen:
        opened = anonymous.get(link)
    assert "It went well." in opened.content.decode()
    assert [one["sql"] for one in seen if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []

    key = {"key": link.partition("key=")[2]}
    assert anonymous.post(link, {**key, "do": "send_back", "note": "", "name": "Vera"}).status_code == 422
    anonymous.post(link, {**key, "do": "send_back", "note": "Say more of money.", "name": "Vera Head"})
    assert anonymous.get(link).status_code == 410
    assert "Say more of money." in client.get(report.get_absolute_url()).content.decode()

    client.post(page("send_report", report.pk, organisation=organisation), {})
    link = last_link()
    digest = re.search(r'name="seen" value="([^"]+)"', anonymous.get(link).content.decode())[1]
    key = {"key": link.partition("key=")[2]}
    assert anonymous.post(link, {**key, "do": "sign", "seen": digest, "name": ""}).status_code == 422
    another = anonymous.post(link, {**key, "do": "sign", "seen": digest, "name": "Otto Other"})
    assert "sent to somebody else" in another.content.decode()
    anonymous.post(link, {**key, "do": "sign", "seen": digest, "name": "Professor Vera Head"})
    with within(organisation):
        assert FrozenReport.objects.get().signed_by == "Professor Vera Head"
    shown = client.get(report.get_absolute_url()).content.decode()
    assert "Signed off by Professor Vera Head, Vice-Chancellor, on" in shown
    assert "by the link in an e-mail" in shown
    pdf = client.get(page("take_report_out", report.pk, "pdf", organisation=organisation))
    assert failures_of(pdf.content) == []


@pytest.mark.parametrize("query", ["", "?key=", "?key=wrong"])
def test_a_wrong_link_opens_nothing(query, plan, anonymous, organisation, lead):
    sent_report(plan, actor=lead)
    answer = anonymous.get(reverse("reports:sign_by_link", args=[organisation.slug]) + query)
    assert answer.status_code == 404
    assert "It went well." not in answer.content.decode()


def test_somebody_here_finds_it_in_their_work_and_signs(plan, client, client_of, member, organisation, lead):
    report, steering = make_report(plan, actor=lead), member(Role.STEERING_MEMBER)
    write(report, "summary", "It went well.", actor=lead)
    send = page("send_report", report.pk, organisation=organisation)
    assert "Say first who heads" in client.post(send, {"person": steering.person_id}).content.decode()
    head = {"name": "Vera Head", "title": "Vice-Chancellor", "email": "head@example.org"}
    client.post(page("state_head", organisation=organisation), head)
    assert "Say why somebody else signs" in client.post(send, {"person": steering.person_id}).content.decode()
    client.post(send, {"person": steering.person_id, "because": "on leave until May"})
    theirs, address = client_of(steering), page("sign_off", report.pk, organisation=organisation)
    assert address in theirs.get(reverse("home:list_waiting")).content.decode()
    assert client.get(address).status_code == 403
    digest = re.search(r'name="seen" value="([^"]+)"', theirs.get(address).content.decode())[1]
    theirs.post(address, {"do": "sign", "seen": digest})
    with within(organisation):
        assert FrozenReport.objects.get().signed_by == steering.get_full_name()
    assert (
        "for Vera Head, Vice-Chancellor (on leave until May) on"
        in client.get(report.get_absolute_url()).content.decode()
    )


def test_a_form_is_handed_in_matched_once_and_filled(plan, client, organisation, lead):
    report = make_report(plan, actor=lead)
    write(report, "progress", "We did it.\n\nAll of it.", actor=lead)
    file = SimpleUploadedFile("Yearly return.docx", with_tables())
    match = client.post(page("list_forms", report.pk, organisation=organisation), {"document": file}).url
    shown = client.get(match).content.decode()
    assert shown.count("Proposed") == 3
    filled = match + "filled.docx"
    assert client.get(filled).url == match

    client.post(match, {"m-0": "fact:organisation", "m-1": "", "m-2": "section:progress"})
    word = docx.Document(io.BytesIO(client.get(filled).content))
    assert word.tables[0].cell(0, 1).text == organisation.name
    assert word.tables[1].cell(1, 0).text == "We did it.\nAll of it."
    bad = client.post(
        page("list_forms", report.pk, organisation=organisation), {"document": SimpleUploadedFile("a.docx", b"x")}
    )
    assert "a.docx" in bad.content.decode()
    assert "is no Word document" in bad.content.decode()


def test_a_list_of_a_form_is_filled_with_what_it_has_and_what_it_has_not_is_said(plan, client, organisation, lead):
    report = make_report(plan, actor=lead)
    content = with_controls(items=("Choose another", organisation.name.upper()))
    file = SimpleUploadedFile("Return.docx", content)
    match = client.post(page("list_forms", report.pk, organisation=organisation), {"document": file}).url
    assert f"One of: Choose another, {organisation.name.upper()}" in client.get(match).content.decode()

    def chosen_with(meaning):
        client.post(match, {"m-0": "fact:organisation", "m-3": meaning})
        body = docx.Document(io.BytesIO(client.get(match + "filled.docx").content)).element.body
        told = body.xpath("string(.//w:sdt[w:sdtPr/w:dropDownList]/w:sdtContent)")
        return told, "Not in the form’s list" in client.get(match).content.decode()

    assert chosen_with("fact:organisation") == (organisation.name.upper(), False)
    assert chosen_with("fact:plan") == ("Choose", True)


def test_the_lead_changes_a_kind_of_report(client, client_of, member, organisation):
    address = page("edit_kind_section", "annual-report", "summary", organisation=organisation)
    assert client_of(member(Role.PROJECT_OFFICER)).get(address).status_code == 403
    client.post(
        address, {"title": "In short", "asks": "What happened?", "limit": "99", "drafts": ["standing"], "place": "2"}
    )
    shown = client.get(page("show_kind", "annual-report", organisation=organisation)).content.decode()
    assert "In short" in shown
    assert "Your own wording" in shown
    due = page("edit_due", "technician-commitment", organisation=organisation)
    stages = "3, Third, 60, 66, not published, worked out, by us"
    assert "is not a month" in client.post(due, {"stages": stages, "cohorts": "yesterday"}).content.decode()
    assert (
        "there is no stage 2" in client.post(due, {"stages": stages, "cohorts": "2020-06, 2, 2026-09"}).content.decode()
    )
    assert "two numbers of months" in client.post(due, {"stages": "3, Third, soon, 66, published"}).content.decode()
    assert client.post(due, {"stages": stages, "cohorts": "2020-06, 3, 2026-09"}).status_code == 302
    assert (
        "September 2026"
        in client.get(page("show_kind", "technician-commitment", organisation=organisation)).content.decode()
    )


def test_the_lead_adds_a_kind_of_report_and_says_when_it_is_due(plan, client, organisation):
    add = page("add_kind", organisation=organisation)
    assert "There is a kind of report of this name" in client.post(add, {"name": "annual REPORT"}).content.decode()
    made = client.post(add, {"name": "Add", "words": "For the funder.", "copy_of": "annual-report"})
    assert made.url == page("show_kind", "add-2", organisation=organisation)
    client.post(page("edit_kind", "add-2", organisation=organisation), {"name": "Funder’s letter", "words": "Short."})
    lines = {"stages": "mid, Halfway, 6, 9, published, the grant’s letter", "cohorts": "2026-01, mid, 2026-11"}
    client.post(page("edit_due", "add-2", organisation=organisation), lines)
    with within(organisation):
        kind = kinds_known()["add-2"]
        assert (kind.name, kind.is_added, len(kind.sections)) == ("Funder’s letter", True, 9)
        assert kind.due("mid", date(2026, 1, 9)).on == date(2026, 11, 30)
        assert kind.due("mid", date(2026, 2, 9)).on == date(2026, 11, 9)
    assert (
        "Start: Funder"
        in client.get(page("start_report", plan.pk, "add-2", organisation=organisation)).content.decode()
    )
    make_report(plan, kind="add-2")
    remove = page("remove_kind", "add-2", organisation=organisation)
    assert "so it stays" in client.post(remove, follow=True).content.decode()
    assert client.get(page("remove_kind", "annual-report", organisation=organisation)).status_code == 404


def test_another_organisations_report_is_not_found(plan, client_of, member, other_organisation, lead):
    report = furnished_report(plan, actor=lead)
    stranger = client_of(member(Role.LEAD, organisation=other_organisation))
    section = section_of(report, "summary").pk
    for name, ids in (("show_report", ()), ("show_section", (section,)), ("send_report", ()), ("list_forms", ())):
        assert stranger.get(page(name, report.pk, *ids, organisation=other_organisation)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(plan, client, organisation, lead, number):
    for n in range(number):
        report = make_report(plan, actor=lead, title=f"Report {n}")
        with within(organisation, user=lead):
            for section in ReportSection.objects.filter(report=report)[:number]:
                for _ in range(number):
                    writing.comment(actor=lead, section=section, text="Hm.")
    for n in range(number):
        handed_in_form(organisation, actor=lead, content=with_tables(2020 + n))
    section = section_of(report, "summary").pk
    addresses = {
        page("list_reports", plan.pk, organisation=organisation): 15,
        report.get_absolute_url(): 17,
        page("show_section", report.pk, section, organisation=organisation): 17,
        page("list_forms", report.pk, organisation=organisation): 15,
    }
    counted = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counted[address] = len(seen)
    assert counted == addresses
