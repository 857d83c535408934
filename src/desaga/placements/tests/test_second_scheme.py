"""The second scheme is data: no page and no mail of it speaks the words of the first."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..fund.papers import report_paper
from ..models import Application, Attendance, Award, Certificate, PastAward
from ..operations import applications, asking, hosting, reports, telling_of
from ..operations import fund as fund_operations
from ..operations.awards import accept_award
from ..operations.copying import remind_of_draft
from ..queries import reported
from .awarding import afresh, applicant_of, offered
from .factories import (
    answered,
    answers_for,
    asking_of,
    letters,
    link_to,
    make_application,
    make_scheme,
    moved,
    received,
    with_role,
)
from .fund import make_year, offer_told
from .panels import declared, given, make_member

#: What a scheme that asks for a letter of support, pays for projects and has partners never says.
OTHER_WORDS = re.compile(r"\b(line managers?|placements?|hosts?|approvals?|approved?|agreement)\b", re.IGNORECASE)


#: What only the first scheme is about; staff do ask for approvals, of whichever scheme.
NOT_ITS_OWN = re.compile(r"\b(placements?|hosts?)\b", re.IGNORECASE)
#: Attributes that people read or hear.
HEARD = re.compile(
    r"""\s(?:aria-label|aria-description|alt|title|placeholder|content|data-label|data-[a-z-]*words?)="([^"]*)\""""
)


def said(page):
    """What a page says to people, its head and what is only heard too: without its markup, scripts and addresses."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    words = f"{re.sub(r'<[^>]*>', ' ', text)} {' '.join(HEARD.findall(text))}"
    return re.sub(r"\S+/\S+", " ", unescape(words))


def other_words(text, words=OTHER_WORDS):
    return sorted({one.group(0).lower() for one in words.finditer(text)})


def wrong(browser, pages, words=NOT_ITS_OWN):
    """Page to the words that it should not say; each must be there."""
    found = {}
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        found[page] = other_words(said(answer.text), words)
    return {page: told for page, told in found.items() if told}


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def fund(organisation, manager):
    return make_scheme(organisation, actor=manager, like="collaboration-fund", name="Joint fund")


def at(name, application, **more):
    ids = {
        "organisation_slug": application.organisation.slug,
        "scheme_slug": application.scheme.slug,
        "reference": application.reference,
    }
    return reverse(f"placements:{name}", kwargs=ids | more)


def test_no_page_of_an_applicant_says_it(fund, client_of, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = make_application(fund, like="collaboration-fund")
    browser = client_of(User.objects.get(person=draft.applicant_id))
    pages = [
        reverse("placements:show_open_scheme", args=[fund.organisation.slug, fund.slug]),
        reverse("placements:apply", args=[fund.organisation.slug, fund.slug]),
        reverse("placements:list_host_offers", args=[fund.organisation.slug, fund.slug]),
        at("show_application", draft),
        *(at("write_part", draft, part=part) for part in ("about_you", "activity", "money", "people_to_ask")),
        at("check_answers", draft),
    ]
    told = {page: other_words(said(browser.get(page).text)) for page in pages}
    assert {page: words for page, words in told.items() if words} == {}
    with within(fund.organisation), django_capture_on_commit_callbacks(execute=True):
        fund.rounds.update(cut_off_on=timezone.localdate() + timedelta(days=3))
        Application.objects.filter(pk=draft.pk).update(begun_at=timezone.now() - timedelta(days=9))
        assert remind_of_draft(application=Application.objects.get(pk=draft.pk))
        applications.send(actor=None, application=Application.objects.get(pk=draft.pk))
        asking.remind(actor=None, asking=asking_of(draft, "leader"), now=timezone.now() + timedelta(days=2))
    for page in (at("show_sent", draft), at("show_application", draft), link_to("lena.lead@farfield.example")):
        assert (
            other_words(said(browser.get(page).text if "by-link" not in page else client_of(None).get(page).text)) == []
        )
    answered(draft, "leader")
    assert other_words(said(browser.get(at("show_application", draft)).text)) == []
    assert len(mail.outbox) + len(letters()) >= 5
    for one in [*((m.subject, m.body) for m in mail.outbox), *((m.subject, m.text) for m in letters())]:
        assert other_words(re.sub(r"\S+/\S+", " ", " ".join(one))) == [], one


def test_no_page_of_an_award_says_it(fund, manager, client_of):
    award = offered(fund, actor=manager, amount="500", like="collaboration-fund")
    application = award.application
    user = User.objects.get(person=application.applicant_id)
    browser = client_of(user)
    assert other_words(said(browser.get(at("show_application", application)).text)) == []
    with within(fund.organisation, user=user):
        accept_award(award=award, parties={}, actor=user)
    pages = [at("show_application", application), at("ask_change", application), at("cannot_go", application)]
    told = {page: other_words(said(browser.get(page).text)) for page in pages}
    assert {page: words for page, words in told.items() if words} == {}
    page = browser.get(pages[0]).text
    assert "Under way" in page
    assert "Ask for other days or another partner" in page
    for one in letters(user.email):
        assert other_words(re.sub(r"\S+/\S+", " ", f"{one.subject} {one.text}")) == [], one.subject


@pytest.fixture
def told_award(fund, manager):
    """An award that was accepted and reported on, and that may be told of."""
    award = offered(fund, actor=manager, amount="500", like="collaboration-fund")
    user = applicant_of(award)
    with within(fund.organisation, user=user):
        accept_award(award=award, parties={}, actor=user)
        award = afresh(award)
        reports.send_report(award=award, answers={"did": "We met.", "stays": "A procedure."}, actor=user)
        past = telling_of.agree_to_be_told(
            award=award, sentence="We meet.", wish="named", name="Ines Field", actor=user
        )
    with within(fund.organisation, user=manager):
        telling_of.put_on_page(past=past, actor=manager)
    return afresh(award)


def test_no_page_after_an_award_says_it(fund, told_award, client_of):
    application = told_award.application
    browser = client_of(User.objects.get(person=application.applicant_id))
    names = ("show_application", "write_report", "agree_told", "offer_story", "record_session")
    assert wrong(browser, [at(name, application) for name in names], OTHER_WORDS) == {}
    page = browser.get(at("agree_told", application)).text
    assert "May the scheme’s page tell of your project?" in page
    assert "what my project was about, my employer, my partner, the year" in unescape(page)
    with within(fund.organisation):
        assert other_words(PastAward.objects.get().words, OTHER_WORDS) == []


def test_giving_it_to_the_employer_says_partner(fund, told_award, organisation, client_of):
    user = applicant_of(told_award)
    with within(organisation):
        RoleAssignment.objects.create(
            organisation=organisation, person=user.person, role=Role.READER, starts_on=timezone.localdate()
        )
    browser = client_of(user)
    assert "Title, partner, days" in browser.get(at("give_to_employer", told_award.application)).text
    assert wrong(browser, [at("give_to_employer", told_award.application)]) == {}


def test_an_employer_that_is_told_reads_none_of_it(
    fund, manager, other_organisation, django_capture_on_commit_callbacks
):
    lead = with_role(other_organisation, Role.LEAD, "Lea Lead")
    with django_capture_on_commit_callbacks(execute=True):
        draft = make_application(fund, like="collaboration-fund", employer={"name": other_organisation.name})
        received(draft)
    mails = [f"{one.subject} {one.text}" for one in letters(lead.email)]
    assert len(mails) == 1
    assert other_words(re.sub(r"\S+/\S+", " ", mails[0])) == []


def test_no_public_page_says_it(fund, told_award, manager, client_of):
    with within(fund.organisation, user=manager):
        hosting.record_offer(scheme=fund, actor=manager, **offer_told(page="https://kestrel.example/visits"))
    slugs = [fund.organisation.slug, fund.slug]
    names = ("show_open_scheme", "list_past_awards", "list_host_offers", "say_offer")
    pages = [reverse(f"placements:{name}", args=slugs) for name in names]
    assert wrong(client_of(None), pages) == {}
    assert "with University of Hostwick" in client_of(None).get(pages[1]).text


def test_no_page_of_those_who_run_it_says_it(fund, told_award, manager, client_of):
    with within(fund.organisation, user=manager):
        hosting.record_offer(scheme=fund, actor=manager, **offer_told(page="https://kestrel.example/visits"))
    application = moved(received(make_application(fund, like="collaboration-fund")), "find_eligible")
    award, slugs = told_award.application, [fund.organisation.slug, fund.slug]
    names = (
        "show_scheme", "list_applications", "list_approvals", "list_members", "list_awards", "list_claims", "list_fund_reports",
        "list_offers", "record_offer", "list_told", "list_stories", "list_outcomes", "show_keeping",
    )  # fmt: skip
    pages = [
        *(reverse(f"placements:{name}", args=slugs) for name in names),
        *(reverse(f"placements:{name}", args=[*slugs, application.reference]) for name in ("look_at_application", "blacken_words", "note_conflict", "declare_as_staff")),
        *(reverse(f"placements:{name}", args=[*slugs, award.reference]) for name in ("show_award", "change_award", "enter_days")),
    ]  # fmt: skip
    assert wrong(client_of(manager), pages) == {}
    assert "Partner" in said(client_of(manager).get(pages[1]).text)


def test_no_page_of_the_panel_says_it(fund, manager, client_of):
    application = moved(received(make_application(fund, like="collaboration-fund")), "find_eligible")
    reader, member = make_member(fund, actor=manager)
    given(application, member, actor=manager)
    browser, slugs = client_of(reader), [fund.organisation.slug, fund.slug]
    pages = [
        reverse("placements:list_reading", args=slugs),
        reverse("placements:declare", args=[*slugs, application.reference]),
    ]
    assert wrong(browser, pages) == {}
    declared(application, reader)
    pages = [
        reverse("placements:read_application", args=[*slugs, application.reference]),
        reverse("placements:list_declarations", args=slugs),
    ]
    assert wrong(browser, pages) == {}


def printed(content):
    """What a report says, without the keys by which it is kept."""
    tables = [table for section in content["sections"] for table in section["tables"]]
    words = [word for section in content["sections"] for word in (section["title"], *section["words"])]
    return " ".join([*words, *(word for one in tables for word in (one["title"], *one["columns"], *(row[0] for row in one["rows"])))])  # fmt: skip


@pytest.mark.parametrize("name", ["take_applications_out", "take_awards_out"])
def test_no_file_of_a_list_says_it(fund, told_award, manager, client_of, name):
    address = reverse(f"placements:{name}", args=[fund.organisation.slug, fund.slug, "csv"])
    text = client_of(manager).get(address).content.decode()
    assert other_words(text, NOT_ITS_OWN) == []
    assert "Partner" in text


def test_the_report_of_a_year_speaks_of_partners(fund, manager, client_of):
    budget = make_year(fund, actor=manager, states=["closed"] * 24 + ["declined"] * 12)
    with within(fund.organisation, user=manager):
        heard_at = Application.objects.all()
        for number, one in enumerate(heard_at):
            Application.objects.filter(pk=one.pk).update(title=f"Project {number}", host=f"Partner {number % 7}")
        for number, one in enumerate(Award.objects.all()):
            Award.objects.filter(pk=one.pk).update(host=f"Partner {number % 7}")
            Attendance.objects.create(
                organisation=fund.organisation, award=one, days=[one.starts_on], confirmed_at=timezone.now(), confirmed_by="Pat Partner"
            )  # fmt: skip
        report = fund_operations.begin_report(budget=budget, actor=manager)
        content = reported.content_of(report)
    told = {
        **content,
        "sections": [{**one, "awards": [AWARD] if one["key"] == "stories" else []} for one in content["sections"]],
    }
    assert other_words(printed(told), NOT_ITS_OWN) == []
    words = str(report_paper(told))
    assert [
        one in words
        for one in (
            "Partner: University of Hostwick",
            "Days with partners",
            "Where projects were",
            "Different partners",
        )
    ] == [True] * 4
    slugs = [fund.organisation.slug, fund.slug, budget.pk]
    pages = [reverse(f"placements:{name}", args=slugs) for name in ("show_fund_report", "write_fund_report")]
    assert wrong(client_of(manager), pages) == {}


AWARD = {"consent": 1, "title": "Joint work", "name": "", "home": "Farfield", "host": "University of Hostwick", "sentence": "We meet."}  # fmt: skip


def test_a_certificate_of_it_is_checked_in_its_words(fund, told_award, manager, client_of):
    content = {"noun": "project", "name": "Ines Field"}
    with within(fund.organisation, user=manager):
        Certificate.objects.create(
            organisation=fund.organisation, award=told_award, code="ABCD-EFGH", content=content, made_at=timezone.now()
        )
    page = reverse("placements:check_certificate", args=[fund.organisation.slug, "ABCD-EFGH"])
    assert wrong(client_of(None), [page]) == {}


def test_the_first_scheme_keeps_its_own_words(organisation, manager, client_of):
    scheme = make_scheme(organisation, actor=manager)
    page = said(client_of(None).get(reverse("placements:apply", args=[organisation.slug, scheme.slug])).text)
    assert {"line manager", "placement"} <= set(other_words(page))
    assert set(answers_for("collaboration-fund")) - set(answers_for()) == {"what", "pillars", "stays", "ask_leader"}
