"""A plan taken out: every format holds what its page shows, and the public's holds no person, no comment, no source cell."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from desaga.documents import out
from desaga.documents.out import FORMATS
from desaga.documents.tests.pdf_checks import failures_of
from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import exports, reading
from ..exports import taking
from ..models import Action, Plan
from ..views import files
from .factories import PlanFactory, make_action, many_actions

SCHEMA = json.loads(Path(reading.__file__).with_name("schema.json").read_text(encoding="utf-8"))
TABLES = json.loads(Path(out.__file__).with_name("tables.schema.json").read_text(encoding="utf-8"))
#: Words that stand in what the public may not read, one for each place.
CANARIES = (
    "Zebedee",
    "Quillfeather",
    "Osgoodby",
    "Thistlewaite",
    "Marchbanks",
    "Ravenscroft",
    "Pettigrew",
    "Ellingham",
    "Wigglesworth",
    "Featherstone",
    "Haverstock",
    "Drinkwater",
    "Loxley",
    "Underhill",
    "Birtwhistle",
)
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def reader(member: Any) -> Any:
    return member(Role.READER)


@pytest.fixture
def client(reader: Any, client_of: Any) -> Any:
    return client_of(reader)


@pytest.fixture
def plan(organisation: Any) -> Plan:
    """A plan in which each canary stands where it must not leave, and ordinary words where they may."""
    made = PlanFactory(
        organisation=organisation,
        title="Technicians count",
        glossary=[
            {"code": "TSM", "meaning": "Technical services manager", "person": "Pettigrew", "comment": "Ellingham"},
            {"code": "PL", "meaning": "Project lead (Percy Loxley)", "person": None, "comment": ""},
            {"code": "PU", "meaning": "Paula Underhill", "person": None, "comment": ""},
            {"code": "PB", "meaning": "Buyer, Pat Birtwhistle", "person": "Pat Birtwhistle", "comment": ""},
        ],
        unplaced=[{"source": {"sheet": None, "page": None, "row": 4}, "text": "Ravenscroft"}],
        notices=[],
    )
    action = make_action(
        made,
        code="A1",
        title=FORMULA,
        owners=[
            {"text": "TSM (Zebedee)", "code": "TSM", "kind": "role", "role": "lead"},
            {"text": "Quillfeather", "code": None, "kind": "person", "role": "support"},
            {"text": "Osgoodby", "code": None, "kind": "text", "role": "support"},
            {"text": "Technical Manager (Jane Haverstock)", "code": None, "kind": "role", "role": "support"},
        ],
        timeframe={
            "text": "When Drinkwater is back",
            "start": None,
            "end": "2026-12",
            "precision": "term",
            "continuous": False,
        },
        milestones=[{"label": "Scoping", "start": None, "end": "2026-05"}],
        depends_on=[{"text": "A2, says Drinkwater"}],
        alignments=[
            {"framework": "TALENT", "code": "R4", "text": "see Thistlewaite", "basis": "cell"},
            {
                "framework": "TALENT",
                "code": "Wigglesworth",
                "text": "",
                "basis": "suggested",
                "reason": "Since Featherstone",
            },
        ],
        comments="Marchbanks is away",
        updates=[{"period": "Autumn 2026", "status": "delayed", "rag": "amber", "text": "Marchbanks again"}],
        notices=[{"field": "title", "kind": "torn_end", "message": "Ravenscroft breaks off"}],
        status="in_progress",
    )
    with within(organisation):
        Action.objects.filter(pk=action.pk).update(source_sheet="Pettigrew", source_rows=[[{"text": "Ellingham"}]])
    make_action(made, code="A2", title="Second action", status="complete")
    return made


def address(plan: Plan, format: str = "csv", view: str = "actions") -> str:
    return reverse("plans:take_out", args=[plan.organisation.slug, plan.pk, view, format])


def taken(client: Any, plan: Plan, format: str = "csv", **query: str) -> bytes:
    answer = client.get(address(plan, format), query)
    assert answer.status_code == 200
    return answer.content


def all_words(format: str, content: bytes) -> str:
    """Every text in a file, its properties and hidden parts included."""
    if format in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    if format == "pdf":
        with pikepdf.open(io.BytesIO(content)) as file:
            about = f"{file.docinfo!r} {file.Root.Metadata.read_bytes().decode('utf-8', 'replace')}"
        return words_of_pdf(content) + about
    return content.decode("utf-8-sig")


def codes_of(content: bytes) -> list[str]:
    return [line[0] for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]


@pytest.mark.parametrize("format", FORMATS)
def test_the_public_file_holds_no_canary_in_any_format(client: Any, plan: Plan, format: str) -> None:
    whole, public = taken(client, plan, format), taken(client, plan, format, public="yes")

    # The whole file does hold them, so that a leak would be seen; canaries of what no table has are in the JSON.
    there = {name for name in CANARIES if name in all_words(format, whole)}
    assert there >= {"Zebedee", "Quillfeather", "Osgoodby", "Marchbanks"}
    assert {name for name in CANARIES if name in all_words(format, public)} == set()
    assert "Second action" in re.sub(r"\s+", " ", all_words(format, public))


def test_every_canary_could_leak(client: Any, plan: Plan) -> None:
    told = all_words("json", taken(client, plan, "json"))

    assert {name for name in CANARIES if name in told} == set(CANARIES)


def test_what_the_public_reads_of_an_action(client: Any, plan: Plan) -> None:
    told = json.loads(taken(client, plan, "json", public="yes"))
    first = told["actions"][0]

    assert first["owners"] == [{"text": "TSM", "code": "TSM", "kind": "role", "role": "lead"}]
    assert first["timeframe"] == {"text": "", "start": None, "end": "2026-12", "precision": "term", "continuous": False}
    assert first["milestones"] == [{"label": "Scoping", "start": None, "end": "2026-05"}]
    assert first["depends_on"] == [{"text": "A2"}]
    assert [(row["code"], row["meaning"]) for row in told["glossary"]] == [
        ("TSM", "Technical services manager"),
        ("PL", "Project lead"),
    ]
    rows = list(csv.DictReader(io.StringIO(taken(client, plan, public="yes").decode("utf-8-sig"), newline="")))
    assert [(row["When"], row["Waits for"]) for row in rows] == [("December 2026", "A2"), ("", "")]


def test_a_filter_for_the_public_does_not_tell_what_is_left_out(client: Any, plan: Plan) -> None:
    assert codes_of(taken(client, plan, q="Marchbanks")) == ["A1"]
    assert codes_of(taken(client, plan, party="Quillfeather")) == ["A1"]
    assert codes_of(taken(client, plan, q="Drinkwater")) == ["A1"]
    for words in ("Marchbanks", "Drinkwater"):
        assert codes_of(taken(client, plan, q=words, public="yes")) == []
    assert codes_of(taken(client, plan, party="Technical Manager (Jane Haverstock)", public="yes")) == []
    assert codes_of(taken(client, plan, party="Quillfeather", public="yes")) == []
    assert codes_of(taken(client, plan, party="TSM", public="yes")) == ["A1"]


@pytest.mark.parametrize("public", ["", "yes"])
def test_json_is_the_interchange_format(client: Any, plan: Plan, public: str) -> None:
    told = json.loads(taken(client, plan, "json", public=public))

    jsonschema.validate(told, SCHEMA)
    assert [action["code"] for action in told["actions"]] == ["A1", "A2"]


@pytest.mark.parametrize("view", exports.views())
def test_json_of_every_view_is_as_its_schema_says(client: Any, plan: Plan, view: str) -> None:
    told = json.loads(client.get(address(plan, "json", view)).content)

    if view == "actions":
        jsonschema.validate(told, SCHEMA)
        return
    jsonschema.validate(told, TABLES)
    for table in told["tables"]:
        assert {len(row) for row in table["rows"]} <= {len(table["columns"])}
        for at, column in enumerate(table["columns"]):
            kinds = {type(row[at]) for row in table["rows"] if row[at] not in ("", None)}
            assert kinds <= ({int, float} if column["kind"] == "number" else {str}), column["heading"]
    assert len({table["key"] for table in told["tables"]}) == len(told["tables"])


def test_a_file_is_narrowed_as_its_page_is(client: Any, plan: Plan) -> None:
    assert codes_of(taken(client, plan)) == ["A1", "A2"]
    assert codes_of(taken(client, plan, status="complete")) == ["A2"]
    assert codes_of(taken(client, plan, q="second", page="7", sort="nonsense")) == ["A2"]


def test_no_cell_acts_as_a_formula(client: Any, plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken(client, plan, "xlsx")))
    kinds = {cell.data_type for page in book for line in page.iter_rows() for cell in line if cell.value == FORMULA}

    assert kinds == {"s"}
    assert f"'{FORMULA}" in taken(client, plan, "csv").decode()


def test_a_letter_holds_the_actions(client: Any, plan: Plan) -> None:
    table = docx.Document(io.BytesIO(taken(client, plan, "docx"))).tables[0]

    assert [row.cells[0].text for row in table.rows] == ["Code", "A1", "A2"]
    assert table.rows[1].cells[1].text == FORMULA


def test_a_file_says_plan_view_and_day_and_is_kept_nowhere(client: Any, plan: Plan) -> None:
    answer = client.get(address(plan, "csv"), {"public": "yes"})

    name = answer["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="technicians-count-actions-public-\d{4}-\d\d-\d\d\.csv"', name)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("view", exports.views())
def test_every_view_can_be_taken_out_in_every_format(client: Any, plan: Plan, view: str, format: str) -> None:
    answer = client.get(address(plan, format, view))

    assert (answer.status_code, answer["Content-Type"]) == (200, FORMATS[format].media_type)
    if format == "pdf":
        assert failures_of(answer.content) == []


@pytest.mark.parametrize("view", exports.views())
def test_words_that_no_database_holds_are_left_out(client: Any, plan: Plan, view: str) -> None:
    words = dict.fromkeys(("q", "party", "principle", "framework", "theme", "sort", "status", "due"), "\x00")

    assert client.get(address(plan, "csv", view), words).status_code == 200


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("view", [name for name, view in exports.views().items() if view.public])
def test_no_public_version_of_any_view_holds_a_canary(client: Any, plan: Plan, view: str, format: str) -> None:
    public = client.get(address(plan, format, view), {"public": "yes"}).content

    assert {name for name in CANARIES if name in all_words(format, public)} == set()


@pytest.mark.parametrize(("view", "format"), [("people", "csv"), ("actions", "exe"), ("actions", "html")])
def test_what_there_is_not_is_not_found(client: Any, plan: Plan, view: str, format: str) -> None:
    assert client.get(address(plan, format, view)).status_code == 404


def test_a_page_without_a_public_version_has_none(client: Any, plan: Plan, monkeypatch: Any) -> None:
    secret = exports.View("secret", exports.views()["actions"].tables)
    monkeypatch.setattr(files, "views", lambda: {"secret": secret})

    assert client.get(address(plan, view="secret")).status_code == 200
    assert client.get(address(plan, view="secret"), {"public": "yes"}).status_code == 404


def test_another_organisations_plan_is_not_found(client: Any, organisation: Any, other_organisation: Any) -> None:
    theirs = PlanFactory(organisation=other_organisation)
    make_action(theirs, title="Not yours")

    assert (
        client.get(reverse("plans:take_out", args=[organisation.slug, theirs.pk, "actions", "csv"])).status_code == 404
    )
    assert client.get(address(theirs)).status_code == 404


def test_a_pdf_that_takes_too_long_is_refused_with_a_way_out(client: Any, plan: Plan, monkeypatch: Any) -> None:
    monkeypatch.setattr(taking, "LONGEST_PDF", 20)

    answer = client.get(address(plan, "pdf"), follow=True)

    assert "take it out as Word" in answer.content.decode()
    assert taken(client, plan, "docx") != b""


def test_an_empty_plan_can_be_taken_out(client: Any, organisation: Any) -> None:
    empty = PlanFactory(organisation=organisation, title="§")

    assert codes_of(taken(client, empty)) == []
    assert f'"plan-{empty.pk}-actions-' in client.get(address(empty))["Content-Disposition"]
    assert "No action fits." in words_of_pdf(taken(client, empty, "pdf"))


@pytest.mark.parametrize("number", [1, 3])
def test_taking_out_costs_the_same_for_few_and_many(
    client: Any, organisation: Any, query_count: Any, number: int
) -> None:
    plan = PlanFactory(organisation=organisation)
    many_actions(plan, number)
    client.get(address(plan))

    with query_count(27):
        client.get(address(plan))
