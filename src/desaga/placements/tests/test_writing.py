"""Writing a part of an application in two windows, over a lost link, with files; and those who try another's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from desaga.evidence.checking import CheckedFile, FileIsInfected
from desaga.evidence.states import Scan
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Answer, ApplicationFile, ApplicationFileContent, EqualityAnswers, HostPlace
from ..operations import applications
from ..operations.equality import equality_answers, keep_equality_answers
from ..operations.files import keep_file
from ..operations.scanning import look_again
from ..queries.applications import events_told, files_not_yet_scanned
from ..shaping import mark_of
from .factories import (
    make_applicant,
    make_application,
    make_round,
    make_scheme,
    moved,
    received,
    what_is_typed,
    with_role,
)
from .test_applying import own_url


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def applicant(scheme):
    return make_applicant(scheme)


@pytest.fixture
def application(scheme, applicant):
    return make_application(scheme, applicant=applicant)


@pytest.fixture
def me(client_of, applicant):
    return client_of(applicant)


def given(application: Any, *keys: str) -> dict[str, str]:
    """The marks of what a page is given now."""
    kept = what_is_typed(application)
    return {f"mark_{key}": mark_of(application.definition.question(key), kept.get(key)) for key in keys}


def save(client: Any, application: Any, part: str = "placement", **sent: Any) -> Any:
    return client.post(own_url(application, "save_part", part=part), sent)


def test_two_windows_write_over_nothing(me, application):
    first, second, marks = uuid4(), uuid4(), given(application, "title", "aims")
    assert (
        save(me, application, page=first, changed=["title"], title="From the desk", **marks).json()["elsewhere"] == {}
    )
    # The second window still has what stood before: another question is saved, this one comes back.
    told = save(
        me, application, page=second, changed=["title", "aims"], title="From the bus", aims="Both.", **marks
    ).json()
    assert told["elsewhere"] == {"title": ["From the desk"]}
    assert what_is_typed(application)["title"] == "From the desk"
    assert what_is_typed(application)["aims"] == "Both."
    # Whoever has seen that may write over it: the mark is now that of what stands.
    again = save(
        me, application, page=second, changed=["title"], title="From the bus", mark_title=told["marks"]["title"]
    )
    assert again.json()["elsewhere"] == {}
    assert what_is_typed(application)["title"] == "From the bus"


def test_a_press_in_an_old_window_leaves_what_was_not_touched_there(me, application):
    page = me.get(own_url(application, "write_part", part="about_you"))
    marks = {f"mark_{one.question.key}": one.mark for one in page.context["asked"]}
    stands = {"name": "Ines Field", "employer_name": "University of Farfield", "nation": "england", "on_grant": "no"}
    rest = {"discipline": "physical_sciences", "done": "no", "page": uuid4()}
    with within(application.organisation):
        applications.save_answers(actor=None, application=application, answers={"name": "I. Field"}, page=uuid4())
        applications.save_answers(actor=None, application=application, answers={"job": "Elsewhere"}, page=uuid4())
    answer = me.post(page.request["PATH_INFO"], {**marks, **stands, **rest, "job": "Here"})
    assert "stands there as" in answer.text
    assert "Elsewhere" in answer.text
    assert 'value="Here"' in answer.text
    kept = what_is_typed(application)
    assert (kept["name"], kept["job"]) == ("I. Field", "Elsewhere")
    seen = {f"mark_{one.question.key}": one.mark for one in answer.context["asked"]}
    me.post(page.request["PATH_INFO"], {**seen, **stands, **rest, "name": "I. Field", "job": "Here"})
    assert what_is_typed(application)["job"] == "Here"


def test_a_lost_answer_sent_again_is_saved_once_and_late_ones_change_nothing(me, application):
    page, marks, now = uuid4(), given(application, "aims"), timezone.now()
    sent = {"page": page, "changed": ["aims"], **marks}
    for _ in range(3):
        assert save(me, application, aims="Second", at=now.isoformat(), **sent).status_code == 200
    save(me, application, aims="First", at=(now - timedelta(seconds=5)).isoformat(), **sent)
    save(me, application, aims="Third", at="not a time", **sent)
    with within(application.organisation):
        assert Answer.objects.get(application=application, key="aims").value == "Third"


def test_a_clock_that_is_slow_loses_nothing(me, application):
    slow = (timezone.now() - timedelta(hours=3)).isoformat()
    told = save(
        me, application, page=uuid4(), at=slow, changed=["aims"], aims="By a slow clock", **given(application, "aims")
    )
    assert told.json()["elsewhere"] == {}
    assert what_is_typed(application)["aims"] == "By a slow clock"


def test_what_cannot_be_understood_is_kept_and_said(me, application):
    url = own_url(application, "write_part", part="placement")
    answer = me.post(
        url,
        {"starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2027", "aims": "word " * 301, "done": "yes"},
    )
    assert "It is saved; this is left to mend" in answer.text
    assert "First day: this must be a real date" in answer.text
    assert "shorten this to 300 words; it has 301" in answer.text
    assert what_is_typed(application)["starts_on"]["day"] == "31"
    assert "In progress" in me.get(own_url(application, "show_application")).text


def test_far_too_much_is_not_saved_and_stays_on_the_page(me, application):
    answer = me.post(own_url(application, "write_part", part="placement"), {"aims": "x" * 70_000})
    assert "It was not saved" in answer.text
    assert "x" * 70_000 in answer.text
    assert save(me, application, changed=["aims"], aims="x" * 70_000).status_code == 409


def test_costs_come_and_go_line_by_line_without_script(me, application):
    url = own_url(application, "write_part", part="money")
    lines = {
        "costs_rows": "2",
        "costs_0_kind": "travel",
        "costs_0_what": "Train",
        "costs_0_pounds": "12",
        "costs_1_kind": "other",
    }
    assert me.post(url, {**lines, "add_cost": "costs"}).url == f"{url}#id_costs"
    assert [one["kind"] for one in what_is_typed(application)["costs"]] == ["travel", "other", ""]
    assert me.get(url).text.count("dsg-costs__line") == 3
    me.post(url, {**lines, "remove_cost": "costs-0"})
    assert [one["kind"] for one in what_is_typed(application)["costs"]] == ["other"]
    for wrong in ({"costs_rows": "9" * 9}, {"costs_rows": "-1"}, {"remove_cost": "costs-99"}, {"add_cost": "title"}):
        assert me.post(url, {**lines, **wrong, "done": "no"}).status_code == 302


def pdf(name: str = "invitation.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or b"a line of text\n", content_type="text/plain")


def test_a_file_is_looked_at_kept_replaced_and_removed(me, application):
    url = own_url(application, "write_part", part="support")
    assert me.post(url, {"paper": pdf("invitation.txt"), "done": "no"}).status_code == 302
    with within(application.organisation):
        first = ApplicationFile.objects.get(application=application)
    fetched = me.get(own_url(application, "fetch_own_file", pk=first.pk))
    assert fetched.content == b"a line of text\n"
    assert "attachment" in fetched["Content-Disposition"]
    refused = me.post(url, {"paper": pdf("programme.exe"), "done": "no"})
    assert "dsg-error" in refused.text
    me.post(url, {"paper": pdf("quotation.csv", b"what,pounds\ntrain,12\n"), "done": "no"})
    assert me.get(own_url(application, "fetch_own_file", pk=first.pk)).status_code == 404
    assert what_is_typed(application)["paper"]["name"] == "quotation.csv"
    me.post(url, {"remove_file": "paper"})
    with within(application.organisation):
        assert not ApplicationFile.objects.exists()
        assert not ApplicationFileContent.objects.exists()
    assert "file" not in what_is_typed(application)["paper"]


def test_nobody_puts_a_file_that_is_not_theirs_under_a_question(me, application):
    save(me, application, part="support", changed=["paper"], paper="7", paper_file="7")
    me.post(own_url(application, "write_part", part="support"), {"paper": "7", "paper_file": "7", "done": "no"})
    assert "paper" not in what_is_typed(application)


#: Every page of an application, for those whose it is not.
PAGES = (
    "show_application",
    "check_answers",
    "show_sent",
    "take_back_application",
    "withdraw_application",
    "answer_equality",
)
PRESSES = ("copy_application", "check_answers", "take_back_application", "withdraw_application", "answer_equality")


@pytest.mark.parametrize("who", ["another applicant", "reviewer", "chair", "manager", "lead", "nobody"])
def test_to_everybody_else_there_is_no_such_application(who, scheme, application, client_of, manager):
    file_less = {"part": "placement"}
    user = {
        "another applicant": lambda: make_application(scheme) and make_applicant(scheme, "Other Body"),
        "reviewer": lambda: with_role(scheme.organisation, Role.REVIEWER, "Rae"),
        "chair": lambda: with_role(scheme.organisation, Role.PANEL_CHAIR, "Chris"),
        "manager": lambda: manager,
        "lead": lambda: with_role(scheme.organisation, Role.LEAD, "Lee"),
        "nobody": lambda: None,
    }[who]()
    client, missing = client_of(user), 302 if user is None else 404
    before = what_is_typed(application)
    answers = [client.get(own_url(application, name)).status_code for name in PAGES]
    answers += [client.post(own_url(application, name)).status_code for name in PRESSES]
    answers += [
        client.post(own_url(application, name, **file_less), {"title": "Mine"}).status_code
        for name in ("write_part", "save_part")
    ]
    assert set(answers) == {missing}
    with within(application.organisation):
        application.refresh_from_db()
    assert (application.state, what_is_typed(application)) == ("draft", before)


def test_it_is_not_found_under_another_scheme_or_another_organisation(me, application, other_organisation, manager):
    for organisation_slug, scheme_slug in (
        (other_organisation.slug, application.scheme.slug),
        (application.organisation.slug, "other"),
    ):
        ids = {"organisation_slug": organisation_slug, "scheme_slug": scheme_slug, "reference": application.reference}
        assert me.get(reverse("placements:show_application", kwargs=ids)).status_code == 404


def test_what_waits_is_locked_and_can_be_taken_back(me, application):
    with within(application.organisation):
        applications.send(actor=None, application=application)
    assert me.get(own_url(application, "write_part", part="placement")).status_code == 302
    assert save(me, application, changed=["title"], title="Other").status_code == 409
    assert "It was not saved" in me.post(own_url(application, "write_part", part="placement"), {"title": "Other"}).text
    assert me.get(own_url(application, "check_answers")).status_code == 302
    me.post(own_url(application, "take_back_application"))
    assert save(me, application, changed=["title"], title="Other", **given(application, "title")).status_code == 200


def test_changes_open_a_part_and_go_back_to_the_same_panel(me, application, manager):
    with within(application.organisation):
        for part in ("placement", "money"):
            applications.say_done(actor=None, application=application, part=part, done=True)
    sent = received(application)
    moved(sent, "ask_for_changes", actor=manager, open_sections=["money"], words="Explain the train.")
    page = me.get(own_url(application, "show_application"))
    assert "Explain the train." in page.text
    assert page.text.count("Locked") == 4
    assert me.get(own_url(application, "write_part", part="placement")).status_code == 302
    assert me.post(own_url(application, "check_answers")).url == own_url(application, "check_answers")
    me.post(own_url(application, "write_part", part="money"), {"payee": "employer", "advance": "no", "done": "no"})
    assert "Changes asked for" in me.get(own_url(application, "show_application")).text


def test_what_cannot_be_funded_is_said_and_not_sent(me, application):
    with within(application.organisation):
        costs = [{"kind": "care", "what": "Care", "pounds": "1200", "currency": "", "foreign": ""}]
        applications.save_answers(actor=None, application=application, answers={"costs": costs})
        with pytest.raises(applications.CannotBeFunded):
            applications.send(actor=None, application=application)
    page = me.get(own_url(application, "check_answers"))
    assert "Care: £1,200 is more than the £1,000" in page.text
    assert "parts/money/#id_costs" in page.text
    assert "Send the application" not in page.text


def test_a_copy_takes_answers_and_files_and_not_what_was_said_of_oneself(me, scheme, application, applicant):
    url = own_url(application, "write_part", part="support")
    me.post(url, {"paper": pdf("invitation.txt"), "true_and_mine": "on", "done": "yes"})
    with within(scheme.organisation, user=applicant):
        keep_equality_answers(actor=applicant, application=application, answers={"sex": "female"})
    received(application, actor=applicant)
    press = uuid4()
    first, second = (me.post(own_url(application, "copy_application"), {"submission": press}) for _ in range(2))
    assert first.url == second.url
    me.post(own_url(application, "withdraw_application"), {"words": "Another time"})
    with within(scheme.organisation, user=applicant):
        new = application.copies.get()
        assert new.files.get().pk != application.files.get().pk
        assert bytes(new.files.get().content.content) == b"a line of text\n"
        assert equality_answers(new) == {}
    assert what_is_typed(new)["title"] == what_is_typed(application)["title"]


def test_what_one_says_of_oneself_is_sealed_and_told_to_nobody(me, application, applicant):
    url = own_url(application, "answer_equality")
    assert "need not answer" in me.get(url).text
    me.post(url, {"sex": "female", "age": "forties", "ethnicity": "martian", "name": "x"})
    with within(application.organisation, user=applicant):
        assert equality_answers(application) == {"sex": "female", "age": "forties"}
        row = EqualityAnswers.objects.get()
        assert b"forties" not in bytes(row.sealed)
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = 'placements_equalityanswers'"
        )
        assert {name for (name,) in cursor.fetchall()} == {"id", "organisation_id", "version_id", "key", "sealed"}
    assert "forties" not in me.get(own_url(application, "show_application")).text
    me.post(url, {})
    with within(application.organisation):
        assert not EqualityAnswers.objects.exists()


def test_without_a_key_nothing_of_the_kind_is_asked(me, application, settings):
    settings.WORKFORCE_KEYS = []
    assert me.get(own_url(application, "answer_equality")).status_code == 404
    assert "equality" not in me.get(own_url(application, "show_application")).text


def test_a_host_is_remembered_for_the_next(me, scheme, application):
    received(application)
    with within(scheme.organisation):
        assert [str(one) for one in HostPlace.objects.all()] == ["University of Hostwick, United Kingdom"]
    draft = make_application(scheme, applicant=application_user(application))
    address = own_url(draft, "find_hosts", part="placement", key="host")
    assert "University of Hostwick, United Kingdom" in me.get(address, {"host_organisation": "hostw"}).text


def application_user(application: Any) -> Any:
    from desaga.accounts.models import User

    return User.objects.get(person=application.applicant_id)


def test_the_list_of_ones_own_asks_the_same_of_the_database_for_one_and_for_three(
    scheme, application, applicant, me, organisation, manager, django_assert_num_queries
):
    url = reverse("placements:list_own_applications")
    me.get(url)
    with django_assert_num_queries(OWN_LIST):
        me.get(url)
    other = make_scheme(organisation, actor=manager)
    for one in (scheme, other):
        make_application(one, applicant=applicant)
    with django_assert_num_queries(OWN_LIST):
        assert me.get(url).text.count('data-label="Scheme"') == 3


#: Session, account, when it was seen, the standing told, how many there are, the rows.
OWN_LIST = 10


def test_what_is_to_be_changed_or_near_its_cut_off_waits_for_its_applicant(me, application, scheme, applicant, manager):
    assert "Finish" not in me.get("/my-work/").text
    make_round(scheme, actor=manager, meets_in=30)
    page = me.get("/my-work/").text
    assert f"Finish your application {application.reference}" in page
    moved(received(application), "ask_for_changes", actor=manager, open_sections=["money"])
    assert f"Change and send again your application {application.reference}" in me.get("/my-work/").text


@pytest.mark.parametrize("scan", [Scan.CLEAN, Scan.FOUND, Scan.WAITING])
def test_the_scanner_sees_what_came_while_it_was_silent(scan, application, monkeypatch):
    def scanner(content: bytes) -> Any:
        if scan == Scan.FOUND:
            raise FileIsInfected
        return scan

    monkeypatch.setattr("desaga.placements.operations.scanning.scanned", scanner)
    with within(application.organisation):
        file = CheckedFile("notes.txt", "text/plain", b"words", Scan.WAITING)
        keep_file(actor=None, application=application, key="paper", file=file)
        kept = files_not_yet_scanned().get()
        assert look_again(file=kept) is (scan != Scan.WAITING)
        assert files_not_yet_scanned().exists() is (scan == Scan.WAITING)
        removed = [one.words for one in events_told(application) if one.kind == "file_removed"]
    assert bool(removed) is (scan == Scan.FOUND)
    assert ("file" in what_is_typed(application)["paper"]) is (scan != Scan.FOUND)
