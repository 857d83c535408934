"""Reports: what may follow what, who overwrites whom, what is kept, and what a link opens."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account, stood_at
from desaga.tenancy.context import within

from ..drafting import text_of
from ..figures import figures_of
from ..models import FrozenReport, OwnKind, ReportEvent, SignOffKey
from ..operations import forms, kinds, signing, writing
from ..queries import dates_of, kinds_known, matches_of, people_who_may_sign
from ..recorded import recorded_of
from ..states import REPORT_TRANSITIONS, ReportState, Way
from .docx_forms import with_tables
from .factories import handed_in_form, make_report, seen_of, sent_report, state_head, write


@pytest.fixture
def plan(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    make_action(plan, code="A1", title="Show who does what")
    return plan


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


def say(plan, lead, text):
    with within(plan.organisation, user=lead):
        account = Account(status="in_progress", rag="green", text=text)
        give_update(actor=lead, action=plan.actions.get(), account=account, period="P", given_by="Ann", now=in_2026())


def in_2026():
    return timezone.make_aware(datetime(2026, 10, 4, 12))


def test_drafting_anew_follows_where_nobody_wrote_and_stands_beside_where_somebody_did(plan, lead, organisation):
    report = make_report(plan, actor=lead)
    write(report, "progress", "In our own words.", actor=lead)
    say(plan, lead, "Forty names.")
    with within(organisation, user=lead):
        assert writing.redraft(actor=lead, report=report) == 2
        progress, summary = (report.sections.get(key=key) for key in ("progress", "summary"))
        assert progress.text == "In our own words."
        assert "Forty names." in text_of(progress.draft)
        assert "1 update on 1 action was given" in summary.text
        assert writing.redraft(actor=lead, report=report) == 0
        assert writing.add_draft(actor=lead, section=progress).text.startswith("In our own words.\n\n")


def test_whoever_saves_second_is_told_and_overwrites_nothing(plan, lead, organisation):
    report = make_report(plan, actor=lead)
    with within(organisation, user=lead):
        section = report.sections.first()
        told = {"actor": lead, "section": section, "with_tables": True, "is_done": False, "seen": section.changed_at}
        writing.write_section(text="First", **told)
        with pytest.raises(writing.SectionChangedMeanwhile):
            writing.write_section(text="Second", **told)
        section.refresh_from_db()
        assert section.text == "First"


def test_what_is_signed_is_what_was_shown_and_stays(plan, lead, organisation):
    report = sent_report(plan, actor=lead)
    with within(organisation):
        seen = seen_of(report)
        with pytest.raises(signing.OtherThanSeen):
            signing.sign_off(actor=None, report=report, seen="another", who="Vera Head", way=Way.LINK)
        frozen = signing.sign_off(actor=None, report=report, seen=seen, who="Vera Head", way=Way.LINK)
        assert (frozen.signed_by, frozen.digest) == ("Vera Head", seen)
        assert frozen.content["sections"][0]["text"] == "It went well."
        assert all(one["how"] for one in frozen.content["figures"])
        for table in ("reports_frozenreport", "reports_reportevent"):
            for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(change)
        for change in ("UPDATE reports_reportsection SET text = ''", "DELETE FROM reports_reportsection"):
            with (
                pytest.raises(ProgrammingError, match="was signed off"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)


@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("name", sorted(REPORT_TRANSITIONS))
def test_only_what_the_table_says_may_follow(name, state, plan, lead, organisation):
    report = sent_report(plan, actor=lead)
    with within(organisation, user=lead):
        if state == ReportState.DRAFT:
            signing.take_back(actor=lead, report=report)
        if state == ReportState.SIGNED_OFF:
            signing.sign_off(actor=lead, report=report, seen=seen_of(report), who="V")
        deeds = {
            "send": lambda: signing.send_for_sign_off(actor=lead, report=report),
            "take_back": lambda: signing.take_back(actor=lead, report=report),
            "send_back": lambda: signing.send_back(actor=lead, report=report, note="Shorter.", who="V"),
            "sign_off": lambda: signing.sign_off(actor=lead, report=report, seen=seen_of(report), who="V"),
        }
        if state in REPORT_TRANSITIONS[name].sources:
            deeds[name]()
            report.refresh_from_db()
            assert report.state == REPORT_TRANSITIONS[name].target
            assert FrozenReport.objects.exists() == (name == "sign_off")
        else:
            with pytest.raises(signing.NotNow):
                deeds[name]()


def test_while_it_waits_nothing_is_changed(plan, lead, organisation):
    report = sent_report(plan, actor=lead)
    with within(organisation, user=lead):
        section = report.sections.first()
        for deed in (
            lambda: writing.redraft(actor=lead, report=report),
            lambda: writing.comment(actor=lead, section=section, text="Hm."),
            lambda: write(report, "summary", "Other.", actor=lead),
        ):
            with pytest.raises(writing.NotBeingWritten):
                deed()


def test_status_and_rag_are_those_of_the_periods_last_day(plan, lead, organisation):
    accounts = (
        (Account(status="in_progress", rag="green", text="Begun."), datetime(2026, 3, 31, 23)),
        (Account(status="complete", rag="green", text="Done.", evidence="A list"), datetime(2026, 4, 1, 1)),
    )
    with within(organisation, user=lead):
        for account, at in accounts:
            give_update(
                actor=lead,
                action=plan.actions.get(),
                account=account,
                period="P",
                given_by="Ann",
                now=timezone.make_aware(at),
            )
        stood = {
            ends_on: recorded_of(plan, date(2026, 1, 1), ends_on).actions[0].reported
            for ends_on in (date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 1))
        }
        assert list(stood.values()) == ["not_said", "ongoing", "completed"]
        figures = figures_of(recorded_of(plan, date(2026, 1, 1), date(2026, 3, 31)))
    assert figures[1].value == "0"
    assert "until 31 March 2026" in figures[1].how


def test_a_reports_page_has_the_figures_of_the_last_draft(plan, lead, organisation):
    report = make_report(plan, actor=lead)
    say(plan, lead, "Begun.")
    with within(organisation, user=lead):
        counted = [report.figures[2]["value"]]
        writing.redraft(actor=lead, report=report)
        report.refresh_from_db()
        counted.append(report.figures[2]["value"])
    assert counted == ["0", "1"]


def test_units_accounts_are_rolled_up_as_of_then():
    told = [(1, "complete", "green"), (2, "in_progress", "amber"), (2, "complete", "")]
    assert stood_at(told[:1], 2) == ("in_progress", "green")
    assert stood_at(told[:2], 2) == ("in_progress", "amber")
    assert stood_at(told, 2) == ("complete", "green")
    assert stood_at([], 0) == ("", "")


def test_who_signs_is_somebody_else_who_may_and_nothing_too_long_is_sent(plan, lead, member, organisation):
    report, steering, reader = make_report(plan, actor=lead), member(Role.STEERING_MEMBER), member(Role.READER)
    write(report, "summary", "word " * 201, actor=lead)
    with within(organisation, user=lead):
        assert set(people_who_may_sign(but=lead)) == {steering.person}
        with pytest.raises(signing.SectionsTooLong):
            signing.send_for_sign_off(actor=lead, report=report, person=steering.person)
    write(report, "summary", "Short.", actor=lead)
    state_head(organisation, actor=lead, email=steering.email)
    with within(organisation, user=lead):
        for refusal, told in (
            (signing.SomebodyElseSigns, {"person": lead.person, "because": "Away."}),
            (signing.SomebodyElseSigns, {"name": "Me", "email": lead.email.upper(), "because": "Away."}),
            (signing.WhoSigns, {"person": reader.person, "because": "Away."}),
            (signing.WhoSigns, {"name": "Nobody", "because": "Away."}),
            (signing.SayWhyDeputy, {"name": "Otto", "email": "otto@example.org"}),
        ):
            with pytest.raises(refusal):
                signing.send_for_sign_off(actor=lead, report=report, **told)
        # The head has an account here: their work says so, and no link is sent.
        sent = signing.send_for_sign_off(actor=lead, report=report)
        assert steering.has_perm("reports.sign_off", sent)
        assert not lead.has_perm("reports.sign_off", sent)
        assert SignOffKey.objects.count() == 0


def test_sending_again_ends_the_link_that_was_sent_and_the_log_says_all(plan, lead, organisation):
    report = sent_report(plan, actor=lead)
    with within(organisation, user=lead):
        signing.send_back(actor=None, report=report, note="Say more.", who="Vera Head", way=Way.LINK)
        signing.send_for_sign_off(actor=lead, report=report)
        assert [one.ended_at is None for one in SignOffKey.objects.all()] == [False, True]
        assert all(one.expires_at - one.made_at == timedelta(days=30) for one in SignOffKey.objects.all())
        assert [(one.kind, one.who) for one in ReportEvent.objects.all()] == [
            ("sent", lead.get_full_name()),
            ("sent_back", "Vera Head"),
            ("sent", lead.get_full_name()),
        ]


def test_an_organisations_own_kind_is_a_copy_and_changes_no_report(plan, lead, organisation):
    report = make_report(plan, actor=lead)
    key, told = "annual-report", {"asks": "", "limit": 50, "drafts": ["next"]}
    with within(organisation, user=lead):
        kinds.add_section(actor=lead, organisation=organisation, key=key, title="Money", place=1, **told)
        kinds.edit_section(
            actor=lead, organisation=organisation, key=key, section="next", title="Then", place=2, **told
        )
        kinds.remove_section(actor=lead, organisation=organisation, key=key, section="summary")
        own = kinds_known()[key]
        assert [one.title for one in own.sections[:2]] == ["Money", "Then"]
        assert (own.is_own, len(own.sections), report.sections.count()) == (True, 9, 9)
        kinds.go_back_to_shipped(actor=lead, organisation=organisation, key=key)
        assert (kinds_known()[key].is_own, OwnKind.objects.count()) == (False, 0)


def test_a_due_report_stands_in_the_calendars_of_those_who_write_it(plan, lead, member, organisation):
    make_report(plan, actor=lead, due_on=date(2027, 1, 31))
    with within(organisation, user=lead):
        assert [(one.on, one.summary) for one in dates_of(lead, organisation)] == [
            (date(2027, 1, 31), "Report due: Our year")
        ]
        assert dates_of(member(Role.READER), organisation) == []


def test_a_match_is_remembered_for_next_years_edition(lead, organisation):
    content = with_tables()
    this = handed_in_form(organisation, actor=lead, content=content)
    with within(organisation, user=lead):
        now = {field["key"]: "fact:organisation" for field in this.fields[:1]}
        assert forms.match_fields(actor=lead, form=this, meanings={**now, "unknown": "fact:plan"}) == 1
    then = handed_in_form(organisation, actor=lead, content=with_tables(2027))
    assert then.pk != this.pk
    with within(organisation):
        assert matches_of(then.fingerprint) == now
    assert handed_in_form(organisation, actor=lead, content=content).pk == this.pk


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"words", forms.FormUnreadable), (b"0" * (25 * 1024 * 1024 + 1), forms.FormTooLarge)],
)
def test_a_file_that_is_no_form_is_refused(content, refusal, lead, organisation):
    with pytest.raises(refusal):
        handed_in_form(organisation, actor=lead, content=content)


def test_a_link_that_ended_after_its_page_was_opened_signs_nothing(plan, lead, organisation):
    report = sent_report(plan, actor=lead)
    with within(organisation, user=lead):
        link, seen = SignOffKey.objects.get(), seen_of(report)
        for ended in ({"ended_at": timezone.now()}, {"ended_at": None, "expires_at": timezone.now()}):
            SignOffKey.objects.update(**ended)
            with pytest.raises(signing.LinkIsOver):
                signing.sign_off(actor=None, report=report, seen=seen, who="Vera Head", way=Way.LINK, link=link)
            with pytest.raises(signing.LinkIsOver):
                signing.send_back(actor=None, report=report, note="More.", who="Vera Head", way=Way.LINK, link=link)
        assert not FrozenReport.objects.exists()
