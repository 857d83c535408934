from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.audit.models import Entry
from desaga.organisations.models import GlossaryTerm, Party, Person
from desaga.organisations.states import PartyKind
from desaga.tenancy.context import within
from tools.no_skips import seeds_folder

from .. import queries
from ..interchange import action_as_data
from ..models import Action, DocumentContent, ImportedDocument, Plan
from ..operations import imports
from ..operations.gate import NotNow
from ..states import DocumentState
from ..tasks import read_import
from .factories import DEMO_DOCUMENTS, action_data, read_document, stage

SEEDS = sorted(seeds_folder().glob("*action-plan*.txt"))
DEMOS = sorted(DEMO_DOCUMENTS.glob("*plan*.*"))
DOCUMENTS = [path for path in [*SEEDS, *DEMOS] if path.suffix in {".txt", ".docx", ".xlsx", ".pdf"}]
TABLE = b"Action\tLead\tTimeframe\nPut technicians on panels\tHR\tMar-27\n"


def committed_as_data(plan: Plan) -> list[dict[str, Any]]:
    return [action_as_data(action) for action in queries.actions_whole(plan).order_by("order")]


def hand_in(organisation: Any, content: bytes = TABLE, **options: Any) -> imports.HandedIn:
    options = {"name": "plan.tsv", "in_background": False, **options}
    return imports.hand_in(actor=None, organisation=organisation, content=content, **options)


# ---- Nothing is lost between the reader and the database


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commit_loses_nothing_of_what_was_read(organisation: Any, path: Path) -> None:
    document = read_document(organisation, path)
    with within(organisation):
        reading = queries.content_of(document).reading
        people = Person.objects.count()

        plan = imports.commit_import(actor=None, document=document)

        assert committed_as_data(plan) == reading["actions"]
        assert [{"code": t.code or None, "title": t.title} for t in plan.themes.all()] == reading["themes"]
        for name in ("glossary", "phases", "frameworks", "unplaced", "notices"):
            assert json.dumps(getattr(plan, name)) == json.dumps(reading[name])
        assert Person.objects.count() == people
        terms = {code.casefold() for code in GlossaryTerm.objects.values_list("code", flat=True)}
        assert {t["code"].casefold() for t in reading["glossary"] if len(t["code"]) <= 40} <= terms
        parties = {code.casefold() for code in Party.objects.values_list("code", flat=True)}
        coded = {o["code"].casefold() for a in reading["actions"] for o in a["owners"] if o["code"]}
        assert coded <= parties
        assert bytes(queries.content_of(document).content) == path.read_bytes()


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
SOME = TEXT.filter(bool)
PARTIAL = st.none() | st.dates().filter(lambda d: d.year >= 1000).flatmap(
    lambda d: st.sampled_from([d.isoformat()[:4], d.isoformat()[:7], d.isoformat()])
)
STATUS = st.none() | st.sampled_from(["not_started", "in_progress", "complete", "delayed", "paused", "stopped"])
RAG = st.none() | st.sampled_from(["red", "amber", "green"])
ACTIONS = st.fixed_dictionaries(
    {
        "code": st.none() | SOME, "theme": st.none() | SOME, "title": TEXT, "how": TEXT, "success": TEXT,
        "timeframe": st.fixed_dictionaries(
            {"text": TEXT, "start": PARTIAL, "end": PARTIAL, "precision": st.sampled_from(["day", "term", "none"]), "continuous": st.booleans()}
        ),
        "milestones": st.lists(st.fixed_dictionaries({"label": TEXT, "start": PARTIAL, "end": PARTIAL}), max_size=2),
        "depends_on": st.lists(st.fixed_dictionaries({"text": SOME}), max_size=2),
        "owners": st.lists(
            st.fixed_dictionaries(
                {
                    "text": SOME, "code": st.none() | SOME,
                    "kind": st.sampled_from(["person", "role", "group", "unit", "text"]),
                    "role": st.sampled_from(["lead", "support", "oversight"]),
                }
            ),
            max_size=3,
        ),
        "alignments": st.lists(
            st.fixed_dictionaries(
                {"framework": st.none() | SOME, "code": SOME, "text": TEXT, "basis": st.sampled_from(["cell", "theme", "code", "suggested"])}
            )
            | st.fixed_dictionaries(
                {"framework": st.just("Our values"), "code": SOME, "text": TEXT, "basis": st.just("suggested"), "reason": SOME}
            ),
            max_size=3,
        ),
        "status": STATUS, "rag": RAG, "comments": TEXT, "business_as_usual": st.booleans(),
        "updates": st.lists(st.fixed_dictionaries({"period": TEXT, "status": STATUS, "rag": RAG, "text": TEXT}), max_size=2),
        "notices": st.lists(st.fixed_dictionaries({"field": st.just("title"), "kind": st.just("debris"), "message": TEXT}), max_size=2),
    }
)  # fmt: skip


@given(actions=st.lists(ACTIONS, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_commit_loses_nothing_of_whatever_could_be_read(organisation: Any, actions: list[dict[str, Any]]) -> None:
    whole = [action_data(id=f"w-{uuid4()}", **action) for action in actions]
    document = stage(organisation, *whole)
    with within(organisation):
        plan = imports.commit_import(actor=None, document=document)

        assert committed_as_data(plan) == whole


# ---- Handing in


def test_the_same_form_sent_twice_makes_one_import(tenant: Any) -> None:
    submission = uuid4()

    first = hand_in(tenant, submission=submission)
    second = hand_in(tenant, submission=submission)

    assert (second.document, second.is_known) == (first.document, False)
    assert ImportedDocument.objects.count() == 1


def test_the_same_bytes_are_recognised_and_can_be_read_anew_all_the_same(tenant: Any) -> None:
    first = hand_in(tenant, name="one.tsv")

    second = hand_in(tenant, name="other name.tsv")
    third = imports.hand_in_again(actor=None, document=first.document, submission=uuid4())

    assert (second.document, second.is_known) == (first.document, True)
    assert third != first.document
    assert (third.sha256, third.name) == (first.document.sha256, "one.tsv")


def test_another_organisations_bytes_are_not_recognised(organisation: Any, other_organisation: Any) -> None:
    with within(other_organisation):
        theirs = hand_in(other_organisation)
    with within(organisation):
        ours = hand_in(organisation)

    assert not ours.is_known
    assert ours.document.pk != theirs.document.pk


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", imports.DocumentIsEmpty), (b" \n ", imports.DocumentIsEmpty), (b"x" * (imports.LARGEST_DOCUMENT + 1), imports.DocumentTooLarge)],
)  # fmt: skip
def test_nothing_and_too_much_are_refused(tenant: Any, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        hand_in(tenant, content)

    assert not ImportedDocument.objects.exists()


# ---- Reading


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.xlsx", b"PK\x03\x04 broken"),
        ("plan.exe", b"MZ\x90\x00\x03" + bytes(range(256)) * 8),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("plan.pdf", b"%PDF-1.7\n%%EOF"),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    ],
)
def test_what_cannot_be_read_says_why_and_is_kept(organisation: Any, name: str, content: bytes) -> None:
    with within(organisation):
        document = hand_in(organisation, content, name=name).document
    read_import(organisation=organisation, actor=None, document_id=document.pk)

    with within(organisation):
        document.refresh_from_db()
        assert document.state == DocumentState.REFUSED
        assert document.refusal.endswith(".")
        assert "Traceback" not in document.refusal
        assert bytes(DocumentContent.objects.get(document=document).content) == content


def test_the_job_reads_what_waits_and_leaves_the_rest_alone(organisation: Any) -> None:
    with within(organisation):
        document = hand_in(organisation).document
    for _ in range(2):
        read_import(organisation=organisation, actor=None, document_id=document.pk)

    with within(organisation):
        document.refresh_from_db()
        assert document.state == DocumentState.READ
        assert [str(row) for row in document.rows.all()] == ["Put technicians on panels"]
        assert Entry.objects.filter(thing_kind="plans.importeddocument", verb="read").count() == 1


def test_a_reading_that_never_ended_can_be_asked_for_again_but_not_at_once(tenant: Any) -> None:
    document = hand_in(tenant).document
    imports.begin_reading(actor=None, document=document)
    with pytest.raises(imports.StillBeingRead):
        imports.read_again(actor=None, document=document)
    ImportedDocument.objects.update(began_at=timezone.now() - timedelta(minutes=5))

    document = imports.read_again(actor=None, document=document)

    assert document.state == DocumentState.UPLOADED


def test_thousands_of_rows_are_read_and_shown_by_pages(organisation: Any, member: Any, client_of: Any) -> None:
    rows = "".join(f"A{n},Give talk number {n} in the series of talks,TSM,Mar-27\n" for n in range(3_000))
    with within(organisation):
        document = hand_in(organisation, b"Ref,Action,Lead,Timeframe\n" + rows.encode(), name="plan.csv").document
        document = imports.read_now(actor=None, document=document)

        assert document.state == DocumentState.READ
        assert document.rows.count() == 3_000

    page = client_of(member("lead")).get(f"/o/{organisation.slug}/imports/{document.pk}/review/")

    assert len(page.context["rows"]) == 50


# ---- Looking through


def test_rows_are_dropped_taken_back_corrected_and_given_another_theme(organisation: Any) -> None:
    document = stage(
        organisation,
        action_data(code="A1", title="Frist"),
        action_data(code="A2", title="Second"),
        themes=[{"code": None, "title": "Careers"}],
    )
    with within(organisation):
        first, second = document.rows.all()
        imports.drop_row(actor=None, row=second)
        imports.edit_row(actor=None, row=first, data=action_data(code="A1", title="First", owners=["TSM"]))
        imports.retheme_row(actor=None, row=first, theme="Careers")

        assert queries.review_summary(document).committed == 1
        imports.restore_row(actor=None, row=second)
        plan = imports.commit_import(actor=None, document=document)

        told = [(a.code, a.title, a.theme and a.theme.title) for a in plan.actions.order_by("order")]
        assert told == [("A1", "First", "Careers"), ("A2", "Second", None)]
        first.refresh_from_db()
        assert first.understood["title"] == "Frist"


def test_after_the_commit_rows_stay_as_they_are(organisation: Any) -> None:
    document = stage(organisation, action_data())
    with within(organisation):
        imports.commit_import(actor=None, document=document)
        row = document.rows.get()

        for operation in (imports.drop_row, imports.keep_row):
            with pytest.raises(NotNow):
                operation(actor=None, row=row)


# ---- Committing


def test_a_second_commit_answers_the_same_plan(organisation: Any) -> None:
    document = stage(organisation, action_data(), action_data(code="2"))
    with within(organisation):
        first = imports.commit_import(actor=None, document=document)
        second = imports.commit_import(actor=None, document=document)

        assert second == first
        assert (Plan.objects.count(), Action.objects.count()) == (1, 2)
        assert Entry.objects.filter(verb="committed", thing_kind="plans.plan").count() == 1


def test_a_commit_that_fails_half_way_leaves_nothing(organisation: Any) -> None:
    row = action_data(rag="purple")
    document = stage(organisation, action_data(glossary=None, owners=["NEW"]), row)
    with within(organisation):
        parties = Party.objects.count()
        with pytest.raises(Exception, match="action_rag_known"):
            imports.commit_import(actor=None, document=document)

        document.refresh_from_db()
        assert document.state == DocumentState.READ
        assert (Plan.objects.count(), Action.objects.count(), Party.objects.count()) == (0, 0, parties)


def test_nothing_left_is_not_committed(organisation: Any) -> None:
    document = stage(organisation, action_data())
    with within(organisation):
        imports.drop_row(actor=None, row=document.rows.get())

        with pytest.raises(imports.NothingToCommit):
            imports.commit_import(actor=None, document=document)


def test_parties_are_found_by_code_and_name_and_added_by_code_alone(organisation: Any) -> None:
    owners = [
        {"text": "TSMs", "code": "TSM", "kind": "role", "role": "lead"},
        {"text": "technical services managers", "code": None, "kind": "text", "role": "support"},
        {"text": "HR", "code": "HR", "kind": "unit", "role": "lead"},
        {"text": "JA", "code": "JA", "kind": "person", "role": "lead"},
        {"text": "whoever is free", "code": None, "kind": "text", "role": "lead"},
    ]
    glossary = [
        {"code": "HR", "meaning": "Human resources", "person": "A. Person", "comment": None},
        {"code": "JA", "meaning": "Technical services managers", "person": "Another Person", "comment": None},
        {"code": "TSM", "meaning": "Not what we say", "person": None, "comment": None},
    ]
    document = stage(organisation, action_data(owners=owners), glossary=glossary)
    with within(organisation):
        people = Person.objects.count()
        plan = imports.commit_import(actor=None, document=document)

        action = queries.actions_whole(plan).get()
        named = [owner.party and (owner.party.name, owner.party.kind) for owner in action.owners.all()]
        tsm = ("Technical services managers", PartyKind.TEXT)
        assert named == [
            tsm, tsm, ("Human resources", PartyKind.UNIT), ("Technical services managers (JA)", PartyKind.TEXT), None,
        ]  # fmt: skip
        assert GlossaryTerm.objects.get(code="TSM").meaning == "Technical services manager"
        assert GlossaryTerm.objects.get(code="HR").contact == "A. Person"
        assert Person.objects.count() == people


# ---- Putting aside


def test_what_is_put_aside_comes_back_as_it_was(organisation: Any) -> None:
    document = stage(organisation, action_data())
    with within(organisation):
        imports.drop_row(actor=None, row=document.rows.get())
        imports.discard_import(actor=None, document=document)
        with pytest.raises(NotNow):
            imports.commit_import(actor=None, document=document)

        document = imports.restore_import(actor=None, document=document)

        assert document.state == DocumentState.READ
        assert document.rows.get().is_dropped


def test_a_committed_import_cannot_be_put_aside(organisation: Any) -> None:
    document = stage(organisation, action_data())
    with within(organisation):
        imports.commit_import(actor=None, document=document)

        with pytest.raises(NotNow):
            imports.discard_import(actor=None, document=document)


def test_more_than_a_request_can_make_is_refused_whole(organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports.committing, "MOST_COMMITTED", 1)
    document = stage(organisation, action_data(), action_data())
    with within(organisation):
        with pytest.raises(imports.TooManyToCommit, match="split the document"):
            imports.commit_import(actor=None, document=document)
        assert not Plan.objects.exists()

        imports.drop_row(actor=None, row=document.rows.first())
        assert imports.commit_import(actor=None, document=document).actions.count() == 1
