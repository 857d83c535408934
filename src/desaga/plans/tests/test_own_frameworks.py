"""Frameworks of the organisation's own: its documents are read with them, and those that a document spells out are kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse

from desaga.documents import read_document as read_file
from desaga.documents.model import Document
from desaga.frameworks.links import Link
from desaga.frameworks.models import Edition
from desaga.frameworks.queries import principles_of
from desaga.frameworks.reading import read_confined as read_framework
from desaga.frameworks.tests.factories import make_edition
from desaga.frameworks.wordings import Wording
from desaga.organisations.states import Role
from desaga.plans.reading import hints_from, understand
from desaga.plans.tests.grids import grid
from desaga.tenancy.context import within

from ..queries.remembered import hints_of_organisation
from .factories import PlanFactory

SEEDS = Path(os.environ.get("DESAGA_SEEDS") or Path(__file__).resolve().parents[4].parent / "shared" / "seeds")
LEEDS = SEEDS / "leeds-action-plan-2024-2027.txt"


def named(plan):
    return [
        [(one["framework"], one["code"], one["basis"]) for one in action["alignments"]] for action in plan["actions"]
    ]


def read(hints, *cells, codes=None):
    lines = [
        f"{code} | Do thing {at} | {cell}"
        for at, (code, cell) in enumerate(zip(codes or "ABCDEFGH", cells, strict=False))
    ]
    told = grid("Ref | Action | Alignment", *lines, title="Action plan 2025 to 2027")
    return named(understand(Document("plan.docx", "docx", [told]), hints=hints_from(hints)).as_dict())


OWN = {
    "frameworks": [
        {
            "name": "Our survey 2025",
            "principles": [
                {"code": "SR-2", "text": "Train line managers", "names": ["NTDC SR-2", "Manager training"]},
                {"code": "SR-20", "text": "Name mentors"},
                {"code": "Visibility", "text": "Ours, and the Commitment’s too"},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("SR-2", [("Our survey 2025", "SR-2", "cell")]),
        ("sr 2; R4", [("Our survey 2025", "SR-2", "cell"), ("TALENT", "R4", "cell")]),
        ("Manager trainning", [("Our survey 2025", "SR-2", "cell")]),
        # What the Commitment calls so as well stays the Commitment's.
        ("Visibility", [("Technician Commitment", "Visibility", "cell")]),
    ],
)
def test_own_principles_are_found_in_cells(cell, found) -> None:
    assert read(OWN, cell, "Recognition")[0] == found


@pytest.mark.parametrize(
    ("code", "principle"),
    [("SR-2a", "SR-2"), ("NTDC SR-2c", "SR-2"), ("SR-20b", "SR-20"), ("SR-3a", None), ("XSR-2a", None)],
)
def test_an_actions_own_code_tells_the_principle_that_it_begins_with(code, principle) -> None:
    told = [one for one in read(OWN, "Recognition", codes=[code])[0] if one[2] == "code"]
    assert told == ([("Our survey 2025", principle, "code")] if principle else [])


def test_without_own_frameworks_nothing_differs() -> None:
    assert read({"frameworks": []}, "SR-2; Visibility") == read({}, "SR-2; Visibility")


def test_a_name_like_a_shipped_one_stays_its_own() -> None:
    told = {"frameworks": [{"name": "Technician Commitment survey", "principles": [{"code": "Q7", "text": ""}]}]}
    assert read(told, "Q7")[0] == [("Technician Commitment survey", "Q7", "cell")]


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at DESAGA_SEEDS ({SEEDS})")
def test_leeds_survey_recommendations_and_values_are_recognised(organisation, tmp_path) -> None:
    """From the document itself: its values are kept as a framework, and what its own sheet does not spell out is added by hand."""
    values = next(part for part in read_framework(LEEDS.name, LEEDS.read_bytes()) if part.name == "UoL Values")
    assert [row.code for row in values.principles] == ["Collaboration", "Compassion", "Inclusivity", "Integrity"]
    make_edition(organisation, *values.principles, name="Leeds values")
    make_edition(organisation, Wording("SR-2", "Train line managers", names=("NTDC SR-2",)), name="Leeds survey")
    with within(organisation):
        hints = hints_from(hints_of_organisation())
    text = LEEDS.read_text(encoding="utf-8")
    # The next document: the same plan, whose file no longer spells the values out.
    shorter = text[: text.index("UoL Values")]
    path = tmp_path / "next.txt"
    path.write_text(shorter, encoding="utf-8")
    actions = understand(read_file(path), hints=hints).as_dict()["actions"]
    codes = {}
    for action in actions:
        for one in action["alignments"]:
            codes.setdefault((one["framework"], one["code"]), []).append(action["code"])
    assert codes[("Leeds survey", "SR-2")] == ["NTDC SR-2a", "NTDC SR-2c"]
    assert {code for framework, code in codes if framework == "Leeds values"} == {
        "Collaboration",
        "Compassion",
        "Inclusivity",
        "Integrity",
    }
    assert len(codes[("Leeds values", "Inclusivity")]) >= 15


def test_the_next_document_is_read_with_what_is_in_use_alone(organisation, other_organisation) -> None:
    make_edition(organisation, "Care: We care for each other", name="Our values")
    make_edition(organisation, "Draft", name="A draft", in_use=False)
    make_edition(other_organisation, "Theirs", name="Their values")
    with within(organisation):
        assert hints_of_organisation()["frameworks"] == [
            {
                "name": "Our values",
                "principles": [{"code": "Care", "text": "We care for each other", "names": ["We care for each other"]}],
            }
        ]


def keep(client, organisation, plan, name):
    address = reverse("plans:keep_framework", args=[organisation.slug, plan.pk])
    return client.post(address, {"name": name}, follow=True)


@pytest.fixture
def spelt_out(organisation):
    return PlanFactory(
        organisation=organisation,
        frameworks=[
            {
                "name": "Survey recommendations",
                "principles": [{"code": "SR-1", "text": "Publish it"}, {"code": "SR-1", "text": "Again"}],
            },
            {"name": "TALENT recommendations", "principles": [{"code": "R1", "text": "Lead"}]},
        ],
    )


def test_what_a_plans_document_spells_out_is_kept_as_a_draft(organisation, member, client_of, spelt_out) -> None:
    client = client_of(member(Role.PROJECT_OFFICER))
    glossary = reverse("plans:show_plan_glossary", args=[organisation.slug, spelt_out.pk])
    assert client.get(glossary).context["to_keep"] == ["Survey recommendations"]

    answer = keep(client, organisation, spelt_out, "Survey recommendations")
    with within(organisation):
        edition = Edition.objects.get()
        assert (edition.name, edition.kind, edition.state) == ("Survey recommendations", "recommendations", "draft")
        assert [(one.code, one.title) for one in principles_of(edition)] == [
            ("SR-1", "Publish it"),
            ("SR-1 (2)", "Again"),
        ]
    assert "“SR-1” stands more than once" in answer.content.decode()
    assert client.get(glossary).context["to_keep"] == []


def test_what_is_shipped_is_not_kept_again_and_what_is_not_there_is_404(
    organisation, member, client_of, spelt_out
) -> None:
    client = client_of(member(Role.LEAD))
    assert (
        "Another framework has this name."
        in keep(client, organisation, spelt_out, "TALENT recommendations").content.decode()
    )
    assert keep(client, organisation, spelt_out, "Nothing").status_code == 404


def test_only_those_who_keep_frameworks_keep_one(organisation, member, client_of, spelt_out) -> None:
    assert keep(client_of(member(Role.READER)), organisation, spelt_out, "Survey recommendations").status_code == 403


def test_a_frameworks_page_links_to_what_answers_it(organisation, member, client_of) -> None:
    plan = PlanFactory(organisation=organisation, title="Ours", state="active")
    PlanFactory(organisation=organisation, title="Draft")
    page = client_of(member(Role.READER)).get(reverse("frameworks:show_framework", args=[organisation.slug, "n8"]))
    assert page.context["links"] == [Link("Ours", f"/o/{organisation.slug}/plans/{plan.pk}/coverage/?framework=N8")]
