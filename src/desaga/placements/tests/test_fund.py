"""The report of a year: what it says, how it is protected, published once, and taken off."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.documents.out import Table
from desaga.documents.tests.pdf_checks import failures_of
from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..fund.facts import Answered, Award, Days, Given, Program, Session, Spent, Year
from ..fund.money import TOGETHER, by_kind, lines
from ..fund.papers import report_paper
from ..fund.telling import FEW, SECTIONS, content_of
from ..fund.written import HIDES, names_consent, with_words, without_consent
from ..models import FundPublication, FundPublicationFile, FundReport, FundReportDraft, FundReportText
from ..operations import fund
from ..queries import reported
from .factories import make_scheme, with_role
from .fund import make_year, published
from .test_figures import told

MANY = ["closed"] * 24 + ["declined"] * 19 + ["withdrawn"] * 9
YEAR = Year(
    "2026", date(2026, 1, 1), date(2026, 12, 31), Program("Placements.", "Technicians.", "Travel."), Decimal(50_000)
)


def given(person: int, **more) -> Given:
    return Given(person, **({"became": "Taken up", "is_abroad": False, "host": f"Host {person}", "committed": Decimal(100), "paid": Decimal(0), "session_promised": False} | more))  # fmt: skip


def section(content, key):
    return next(one for one in content["sections"] if one["key"] == key)


def cells(content, key, table=0):
    return {label: [one[0] for one in row] for label, row in section(content, key)["tables"][table]["rows"]}


# ---- What is told


def test_money_is_told_where_enough_stand_behind_it_and_the_budget_always():
    many = replace(YEAR, given=[given(n, paid=Decimal(50)) for n in range(9)])
    assert lines(many) == [
        ("Budget", Decimal(50_000)),
        ("Awarded", Decimal(1350)),
        ("Of which paid", Decimal(450)),
        ("Of which still to be paid", Decimal(900)),
        ("Left", Decimal(48_650)),
    ]
    few = replace(YEAR, given=[given(n) for n in range(4)])
    assert [amount for _, amount in lines(few)] == [Decimal(50_000), None, None, None, None]
    some_paid = replace(YEAR, given=[given(n, paid=Decimal(50 * (n < 3))) for n in range(9)])
    assert dict(lines(some_paid))["Of which paid"] is None


def test_kinds_of_cost_that_few_claimed_are_told_together():
    spent = [Spent("Travel", Decimal(10), n) for n in range(20)] + [Spent("Care", Decimal(30), n) for n in range(2)]
    assert by_kind(spent) == [(TOGETHER, Decimal(260))]
    wide = [*spent, *[Spent("Rooms", Decimal(5), n) for n in range(12)]]
    assert by_kind(wide) == [("Travel", Decimal(200)), (TOGETHER, Decimal(120))]
    assert by_kind([Spent("Care", Decimal(30), 1)]) == []


def test_a_year_of_many_is_told_in_every_section():
    year = replace(
        YEAR,
        told=told(("England", "Glass", "Awarded", 24), ("Wales", "Glass", "Not funded", 19)),
        given=[given(n, is_abroad=n % 2 == 0, session_promised=True) for n in range(24)],
        days=[Days(n, 5) for n in range(24)],
        reports=["In time"] * 20 + ["Late"] * 4,
        sessions=[Session(n, 10) for n in range(12)],
        answered=[Answered("After a year", "What came of it?", "A new service")] * 11,
        awards=[Award(3, "Glass in Wales", "Ines", "Farfield", "Hostwick", "We blow our own.")],
    )
    content = content_of(year, date(2027, 1, 20))
    assert [one["key"] for one in content["sections"]] == list(SECTIONS)
    assert cells(content, "awards") == {"Taken up": ["25"], "All": ["25"]}
    assert cells(content, "awards", 1) == {
        "Days at hosts in this year, as they confirmed": ["120"],
        "Days for each who went, on average": ["5"],
    }
    assert cells(content, "reports", 1) == {"Reports that came in time": ["80 %"]}
    assert cells(content, "sessions")["People who came, all sessions together"] == ["120"]
    assert section(content, "stories")["awards"][0]["title"] == "Glass in Wales"
    assert section(content, "outcomes")["tables"][0]["chart"] == [["A new service", "10", 10.0, "10"]]


def test_a_year_of_few_tells_of_nobody():
    year = replace(
        YEAR,
        told=told(("England", "Glass", "Awarded", 2), ("Wales", "Glass", "Not funded", 1)),
        given=[given(1, paid=Decimal("77.50")), given(2)],
        days=[Days(1, 11)],
        spent=[Spent("Care", Decimal("77.50"), 1)],
        sessions=[Session(1, 14)],
    )
    content = content_of(year, date(2027, 1, 20))
    words = str(content["sections"])
    assert FEW in section(content, "money")["words"]
    assert not any(told in words for told in ("77", "£78", "Care", "'11'", "'14'", "'15'"))


def test_a_consent_that_is_taken_back_leaves_the_report():
    year = replace(YEAR, awards=[Award(3, "Kept", "", "", "", ""), Award(4, "Gone", "", "", "", "")])
    content = content_of(year, date(2027, 1, 20))
    assert names_consent(content, 4)
    after = without_consent(content, 4)
    assert not names_consent(after, 4)
    assert [one["title"] for one in section(after, "stories")["awards"]] == ["Kept"]


# ---- Files


@pytest.fixture(scope="module")
def content():
    year = replace(
        YEAR,
        told=told(("England", "Glass", "Awarded", 24), ("Wales", "Glass", "Not funded", 19)),
        given=[given(n) for n in range(24)],
        awards=[Award(3, "Glass in Wales", "Ines", "Farfield", "Hostwick", "We blow our own.")],
    )
    counted = content_of(year, date(2027, 1, 20))
    return with_words(counted, title="Placements: report of 2026", foreword="First.\n\nSecond.", remarks={"money": "It held."})  # fmt: skip


def test_the_pdf_is_one_that_a_screen_reader_can_walk(content):
    pdf = fund.write_one(content, "pdf", "Northmoor University", date(2027, 1, 21))
    assert failures_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alone = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert len(alone) == 2
        assert all(str(one.get("/Alt", "")) for one in alone)
    words = words_of_pdf(pdf)
    for said in (
        "Foreword",
        "What the programme funds",
        "Rounded to the nearest 5",
        "It held.",
        "Glass in Wales",
        "Draft.",
    ):
        assert said in words


def test_a_table_with_hidden_figures_says_so_and_no_other():
    year = replace(YEAR, given=[given(n, paid=Decimal(50 * (n < 3))) for n in range(12)])
    told = with_words(content_of(year, date(2027, 1, 20)), title="Report", foreword="", remarks={})
    said = {one.key for one in report_paper(told) if isinstance(one, Table) and HIDES in one.notes}
    hidden = {table["key"] for one in told["sections"] for table in one["tables"] if ".." in str(table["rows"])}
    assert said == hidden
    assert "money" in said
    assert "hosts" not in said
    for format in ("pdf", "docx"):
        file = fund.write_one(told, format, "Northmoor University", date(2027, 1, 21))
        words = words_of_pdf(file) if format == "pdf" else words_of_word(file)
        assert words.count("Two dots (..) stand where a figure is hidden") == len(hidden), format


def words_of_word(file):
    import docx

    return "\n".join(one.text for one in docx.Document(io.BytesIO(file)).paragraphs)


def test_the_word_file_says_the_same(content):
    import docx

    book = docx.Document(io.BytesIO(fund.write_one(content, "docx", "Northmoor University", date(2027, 1, 21))))
    headings = [one.text for one in book.paragraphs if one.style.name == "Heading 2"]
    assert headings == ["Foreword", "Contents", *SECTIONS.values()]
    assert len(book.inline_shapes) == 2
    assert len(report_paper(content)) > len(headings)


# ---- Published


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def public(scheme, name="show_open_scheme", *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def test_a_published_report_stays_as_it_was_counted(scheme, manager, client_of):
    budget = make_year(scheme, actor=manager, states=MANY)
    assert "Applications in figures" not in client_of(None).get(public(scheme)).text
    published(budget, actor=manager)
    page = client_of(None).get(public(scheme)).text
    assert '<th scope="row">England</th>' in page
    assert "Rounded to the nearest 5." in page
    with within(scheme.organisation, user=manager):
        publication = FundPublication.objects.get()
        before = publication.content["figures"]
        # What becomes of somebody later moves nothing that was published.
        scheme.applications.filter(state="declined").update(state="withdrawn")
        report = reported.report_or_404(scheme, budget.pk)
        fund.write_report_text(report=report, foreword="Thank you.", remarks={"money": "Less next year."}, seen=0, actor=manager)  # fmt: skip
    published(budget, actor=manager, is_made=True)
    with within(scheme.organisation, user=manager):
        first, second = FundPublication.objects.order_by("number")
        assert second.content["figures"] == before
        assert (first.published_at, second.content["foreword"]) == (None, "Thank you.")
    pdf = client_of(None).get(public(scheme, "take_published_report", second.pk, "pdf"))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert client_of(None).get(public(scheme, "take_published_report", first.pk, "pdf")).status_code == 404
    rows = client_of(None).get(public(scheme, "take_scheme_figures")).content.decode("utf-8-sig").splitlines()
    assert any("By nation" in row and "England" in row for row in rows)


def test_a_year_is_published_when_it_is_over_and_all_of_it_is_told(scheme, manager):
    year = timezone.localdate().year
    going = make_year(scheme, actor=manager, year=year + 2, states=MANY)
    with pytest.raises(fund.YearNotOver):
        published(going, actor=manager)
    with pytest.raises(fund.NothingTold):
        published(make_year(scheme, actor=manager, year=year - 2), actor=manager)
    budget = make_year(scheme, actor=manager, states=["declined"] * 12)
    with within(scheme.organisation, user=manager):
        report = fund.begin_report(budget=budget, actor=manager)
        with pytest.raises(fund.OtherThanRead):
            fund.publish_report(report=report, seen="another", actor=manager)
        scheme.rounds.filter(meets_on__year=year - 1).update(state="sitting", released_at=None)
        with pytest.raises(fund.YearNotOver):
            fund.publish_report(report=report, seen="", actor=manager)


def test_days_that_are_in_one_report_are_in_no_other(scheme, manager):
    budget = make_year(scheme, actor=manager, states=MANY)
    published(budget, actor=manager)
    with within(scheme.organisation, user=manager):
        FundReport.objects.update(ends_on=date(budget.starts_on.year, 12, 31), starts_on=date(budget.starts_on.year - 1, 12, 1))  # fmt: skip
    earlier = make_year(scheme, actor=manager, year=budget.starts_on.year - 1, states=MANY)
    with pytest.raises(fund.DaysArePublished):
        published(earlier, actor=manager)


def test_a_report_taken_down_is_nobodys_to_fetch(scheme, manager, client_of):
    report = published(make_year(scheme, actor=manager, states=MANY), actor=manager)
    with within(scheme.organisation, user=manager):
        pk = FundPublication.objects.get().pk
        fund.take_report_down(report=report, actor=manager)
        assert FundPublicationFile.objects.count() == 0
        with pytest.raises(fund.NotPublished):
            fund.take_report_down(report=report, actor=manager)
    assert client_of(None).get(public(scheme, "take_published_report", pk, "pdf")).status_code == 404
    assert "Applications in figures" not in client_of(None).get(public(scheme)).text


def test_what_two_write_at_once_is_not_written_over(scheme, manager):
    with within(scheme.organisation, user=manager):
        report = fund.begin_report(budget=make_year(scheme, actor=manager), actor=manager)
        told = {"report": report, "actor": manager, "remarks": {"nowhere": "x", "money": " Held. "}}
        first = fund.write_report_text(foreword="One.", seen=0, **told)
        assert (first.number, first.remarks) == (1, {"money": "Held."})
        assert fund.write_report_text(foreword="One.", seen=0, **told).number == 1
        with pytest.raises(fund.TextChanged):
            fund.write_report_text(foreword="Another.", seen=0, **told)
        assert FundReportText.objects.count() == 1


def test_the_pages_of_a_report(scheme, manager, client_of):
    budget = make_year(scheme, actor=manager, states=MANY)
    client = client_of(manager)
    here = [scheme.organisation.slug, scheme.slug]
    client.post(reverse("placements:begin_fund_report", args=[*here, budget.pk]))
    page = client.get(reverse("placements:show_fund_report", args=[*here, budget.pk])).text
    assert [title in page for title in SECTIONS.values()] == [True] * len(SECTIONS)
    address = reverse("placements:write_fund_report", args=[*here, budget.pk])
    client.post(address, {"foreword": "To our funders.", "remark_money": "It held.", "seen": "0"})
    page = client.get(reverse("placements:show_fund_report", args=[*here, budget.pk])).text
    assert "To our funders." in page
    assert "Version 1" in page
    word = client.get(reverse("placements:take_fund_report_out", args=[*here, budget.pk, "docx"]))
    assert word["Content-Disposition"].startswith("attachment; filename=")
    assert client.get(reverse("placements:take_fund_report_out", args=[*here, budget.pk, "txt"])).status_code == 404


def test_the_pdf_of_a_draft_is_made_by_the_worker(scheme, manager, client_of):
    budget, client = make_year(scheme, actor=manager, states=MANY[:9]), client_of(manager)
    with within(scheme.organisation, user=manager):
        fund.begin_report(budget=budget, actor=manager)
    here = [scheme.organisation.slug, scheme.slug, budget.pk]
    page, file = reverse("placements:show_fund_report", args=here), reverse("placements:take_fund_report_out", args=[*here, "pdf"])  # fmt: skip
    assert client.get(file)["Location"] == page
    client.post(reverse("placements:make_fund_draft", args=here))
    assert "The PDF is being made" in client.get(page).text
    with within(scheme.organisation, user=manager):
        draft = fund.make_draft(draft_id=FundReportDraft.objects.get().pk)
        assert fund.ask_for_draft(report=draft.report, digest=draft.digest, actor=manager).made_at == draft.made_at
    assert client.get(file).content == bytes(draft.content)


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_page_costs_the_same_at_one_and_three(scheme, manager, client_of, query_count, number):
    for back in range(1, number + 1):
        budget = make_year(scheme, actor=manager, year=timezone.localdate().year - back, states=MANY[:30])
        published(budget, actor=manager)
    client = client_of(None)
    client.get(public(scheme))
    with query_count(17):
        client.get(public(scheme))
