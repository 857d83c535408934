"""Names of a document: settled once, remembered, taken back, reached; and what may not be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from desaga.audit.models import Entry
from desaga.organisations.models import Party
from desaga.organisations.queries import units_for_one_per
from desaga.organisations.states import PartyKind, Role, UnitKind
from desaga.organisations.tests.factories import PartyFactory, PersonFactory, UnitFactory
from desaga.tenancy.context import within

from ..explained import one_per
from ..forms.settling import field_name
from ..models import ActionOwner, RememberedChoice
from ..operations import imports
from ..operations.resolving import resolve_words, unresolve_words
from ..queries.names import names_of
from .factories import PlanFactory, action_data, make_action, stage

MANAGERS = {"text": "Lab managers", "code": None, "kind": "text", "role": "lead"}
UNEXPLAINED = {"text": "XYZ", "code": "XYZ", "kind": "text", "role": "support"}
GLOSSARY = [
    {"code": "TGR", "meaning": "Technical Group Representative", "person": None, "comment": None, "source": None}
]

FACULTIES = [
    {"code": "TGR", "meaning": "Technical Group Representative", "person": None, "source": None,
     "comment": "One per faculty with technical workforce"},
    {"code": "FIRE", "meaning": "Faculty of Fire", "person": None, "source": None, "comment": "Faculty with technical workforce"},
    {"code": "AIR", "meaning": "Faculty of  Air", "person": None, "source": None, "comment": "Faculty with technical workforce"},
    {"code": "WORDS", "meaning": "Faculty of Words", "person": None, "source": None, "comment": None},
]  # fmt: skip


def rows(*numbers: int, **owners: Any) -> list[dict[str, Any]]:
    """Rows that name managers and TGR, and one that names an unexplained code too."""
    return [
        action_data(id=f"r{n}", title=f"Row {n}", owners=["TGR", MANAGERS, *([UNEXPLAINED] if n == 1 else [])])
        for n in numbers
    ]


@pytest.fixture
def document(organisation: Any) -> Any:
    return stage(organisation, *rows(1, 2), glossary=GLOSSARY)


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.PROJECT_OFFICER))


def address(document: Any, name: str = "settle_names") -> str:
    return reverse(f"plans:{name}", args=[document.organisation.slug, document.pk])


def told(document: Any) -> list[tuple[str, int, str, bool]]:
    """Each name with how many rows say it, who is meant, and whether nobody knows."""
    with within(document.organisation):
        return [(n.words, n.rows, str(n.party or ""), n.is_open) for n in names_of(document)]


def form(document: Any, words: str, party: str, was: str = "") -> dict[str, str]:
    field = field_name("name", words)
    return {field: party, f"was-{field}": was}


def owners_of(plan: Any) -> dict[str, str]:
    with within(plan.organisation):
        rows = ActionOwner.objects.filter(plan=plan).values_list("code", "text", "party__name")
        return {code or text: party or "" for code, text, party in rows}


def test_open_names_come_first_and_an_explained_one_joins_by_itself(document: Any) -> None:
    assert told(document) == [("Lab managers", 2, "", True), ("XYZ", 1, "", True), ("TGR", 2, "", False)]


def test_a_name_settled_holds_for_the_plan_and_for_the_next_document(document: Any) -> None:
    organisation = document.organisation
    party = PartyFactory(organisation=organisation, name="Laboratory managers")
    with within(organisation):
        settled = imports.settle_names(actor=None, document=document, meant={"Lab managers": (party, None)})
        plan = imports.commit_import(actor=None, document=document)
        choice = RememberedChoice.objects.select_related("party").get()
    assert settled.saved == 1
    assert owners_of(plan) == {
        "TGR": "Technical Group Representative",
        "Lab managers": "Laboratory managers",
        "XYZ": "XYZ",
    }
    assert (choice.words, choice.party, choice.times_used) == ("Lab managers", party, 1)

    later = stage(organisation, *rows(3), title="The next plan")
    assert ("Lab managers", 1, "Laboratory managers", False) in told(later)
    with within(organisation):
        imports.commit_import(actor=None, document=later)
        choice.refresh_from_db(fields=["times_used"])
    assert choice.times_used == 2


def test_what_a_plan_says_is_remembered_for_the_next_document_until_it_is_taken_back(organisation: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, owners=[MANAGERS])
    party = PartyFactory(organisation=organisation, name="Laboratory managers")
    with within(organisation):
        resolve_words(actor=None, plan=plan, said="lab managers", party=party)
    later = stage(organisation, *rows(3))
    assert ("Lab managers", 1, "Laboratory managers", False) in told(later)

    with within(organisation):
        unresolve_words(actor=None, plan=plan, said="lab managers", party=party)
    assert ("Lab managers", 1, "", True) in told(later)


def test_a_code_can_mean_one_in_each_unit_with_technical_workforce(client: Any, document: Any) -> None:
    organisation = document.organisation
    for name, has in (("Faculty of Fire", True), ("Faculty of Words", False)):
        UnitFactory(organisation=organisation, name=name, kind=UnitKind.FACULTY, has_technical_workforce=has)
    page = client.get(f"{address(document, 'add_name')}?name=TGR").content.decode()
    assert 'value="Technical Group Representative"' in page

    sent = {"new-name": "Technical representatives of faculties", "new-code": "TGR", "new-kind": "role",
            "new-one_per": "faculty", "new-only_with_technical_workforce": "on",
            "new-contacts": "tsm@north.example"}  # fmt: skip
    answer = client.post(f"{address(document, 'add_name')}?name=TGR", sent, follow=True).content.decode()

    assert "One for each faculty with technical workforce" in answer
    assert "1 address" in answer
    with within(organisation):
        plan = imports.commit_import(actor=None, document=document)
        party = Party.objects.get(code="TGR")
    assert owners_of(plan)["TGR"] == "Technical representatives of faculties"
    shown = client.get(reverse("plans:show_plan_party", args=[organisation.slug, plan.pk, party.pk])).content.decode()
    assert "Faculty of Fire" in shown
    assert "Faculty of Words" not in shown


def test_the_page_settles_several_takes_back_and_leaves_the_rest(client: Any, document: Any) -> None:
    organisation = document.organisation
    party = PartyFactory(organisation=organisation, name="Laboratory managers", code="LM")
    sent = form(document, "Lab managers", "laboratory  MANAGERS") | form(document, "XYZ", "LM")
    assert "2 names are settled." in client.post(address(document), sent, follow=True).content.decode()
    assert [(words, who) for words, _, who, _ in told(document)] == [
        ("TGR", ""),
        ("Lab managers", party.name),
        ("XYZ", party.name),
    ]
    taken = form(document, "XYZ", "", was="Laboratory managers (LM)")
    assert "1 name is settled." in client.post(address(document), taken, follow=True).content.decode()
    assert ("XYZ", 1, "", True) in told(document)


def test_what_cannot_be_is_said_beside_the_name_and_what_was_typed_stays(client: Any, document: Any) -> None:
    PartyFactory(organisation=document.organisation, name="Technical representatives", code="TGR")
    wrong = client.post(address(document), form(document, "Lab managers", "Nobody & Sons")).content.decode()
    assert "There is no party of this name." in wrong
    assert "Nobody &amp; Sons" in wrong
    emptied = form(document, "TGR", "", was="Technical representatives (TGR)")
    assert "This name is a party’s own code or name" in client.post(address(document), emptied).content.decode()


def test_two_hands_do_not_overwrite_each_other(client: Any, document: Any) -> None:
    organisation = document.organisation
    ours, theirs = (PartyFactory(organisation=organisation, name=name) for name in ("Ours", "Theirs"))
    with within(organisation):
        imports.settle_names(actor=None, document=document, meant={"XYZ": (theirs, None)})

    first = client.post(address(document), form(document, "XYZ", "Ours")).content.decode()
    assert "Somebody has said meanwhile that this is Theirs." in first
    assert 'value="Ours"' in first
    assert 'value="Theirs"' in first
    client.post(address(document), form(document, "XYZ", "Ours", was="Theirs"))
    assert ("XYZ", 1, ours.name, False) in told(document)


def test_a_person_who_is_meant_leaves_the_public_version(document: Any) -> None:
    organisation = document.organisation
    person = PersonFactory(name="Ida Bunsen")
    with within(organisation):
        party = Party.objects.create(organisation=organisation, name="Ida", kind=PartyKind.PERSON, person=person)
        imports.settle_names(actor=None, document=document, meant={"Lab managers": (party, None)})
        plan = imports.commit_import(actor=None, document=document)
        assert set(ActionOwner.objects.filter(plan=plan, party=party).values_list("kind", flat=True)) == {"person"}


def test_a_party_of_another_organisation_or_a_retired_one_is_not_chosen(document: Any, other_organisation: Any) -> None:
    theirs = PartyFactory(organisation=other_organisation, name="Theirs")
    with within(document.organisation), pytest.raises(imports.PartyIsGone):
        imports.settle_names(actor=None, document=document, meant={"XYZ": (theirs, None)})
    with within(document.organisation), pytest.raises(imports.PartyIsGone):
        imports.give_addresses(actor=None, document=document, contacts={theirs.pk: ["a@north.example"]})
    with within(other_organisation):
        theirs.refresh_from_db()
        assert theirs.contacts == []


def test_addresses_are_pasted_looked_at_and_saved_and_the_rest_comes_back(client: Any, document: Any) -> None:
    organisation = document.organisation
    known = PartyFactory(organisation=organisation, name="Human resources", code="HR", contacts=["hr@north.example"])
    with within(organisation):
        tsm = Party.objects.get(code="TSM")
    pasted = "\n".join((
        "TSM, ann@north.example; bo@north.example", "Human resources <HR@north.example>", "Lab managers, lm@north.example",
        "TSM ann@north.example", "Nobody, no@north.example", "no address here", "alone@north.example",
    ))  # fmt: skip
    shown = client.post(address(document, "give_addresses"), {"pasted": pasted})
    assert [(one.line.who, str(one.party or ""), one.fresh, one.error) for one in shown.context["understood"]] == [
        ("TSM", tsm.name, ("ann@north.example", "bo@north.example"), ""),
        ("Human resources", known.name, (), ""),
        ("Lab managers", "", (), "Say first who Lab managers is."),
        ("TSM", tsm.name, (), ""),
        ("Nobody", "", (), "“Nobody” is neither a name here nor a party."),
        ("no address here", "", (), "There is no e-mail address in this line."),
        ("", "", (), "Write whose address this is before it."),
    ]
    sent = {"contacts": shown.context["signed"], "rest": shown.context["rest"]}
    saved = client.post(address(document, "give_addresses"), sent).content.decode()
    assert "2 addresses are saved." in saved
    assert "no@north.example" in saved
    assert "bo@north.example" not in saved
    with within(organisation):
        tsm.refresh_from_db(), known.refresh_from_db()
        entries = str(list(Entry.objects.filter(verb="changed").values_list("changes", "note")))
    assert (tsm.contacts, known.contacts) == (["ann@north.example", "bo@north.example"], ["hr@north.example"])
    assert "number of addresses" in entries
    assert "north.example" not in entries
    # Sent twice is sent once; meddled with is refused.
    assert "0 addresses are saved." in client.post(address(document, "give_addresses"), sent).content.decode()
    meddled = client.post(address(document, "give_addresses"), {"contacts": sent["contacts"] + "x"}, follow=True)
    assert "Give them again." in meddled.content.decode()


def test_addresses_are_loaded_from_a_file(client: Any, document: Any, tmp_path: Path) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text("Name,E-mail\nTSM,ann@north.example\nTSM,bo@north.example\n")
    with file.open("rb") as opened:
        shown = client.post(address(document, "give_addresses"), {"sheet": opened})
    assert [(one.line.number, one.fresh) for one in shown.context["understood"]] == [
        (2, ("ann@north.example",)),
        (3, ("bo@north.example",)),
    ]


def test_a_name_of_signs_alone_or_a_sentence_is_left_and_a_committed_document_is_shown_where_it_stands(
    client: Any, organisation: Any
) -> None:
    sentence = {**MANAGERS, "text": "Everybody who " * 30}
    document = stage(organisation, action_data(id="r1", owners=[{**MANAGERS, "text": "***"}, sentence]))
    assert told(document) == []
    assert "No row names anybody" in client.get(address(document)).content.decode()
    with within(organisation):
        imports.commit_import(actor=None, document=document)
    assert client.get(address(document)).status_code == 302


def test_names_take_as_many_queries_for_three_as_for_one(
    client: Any, organisation: Any, django_assert_num_queries: Any
) -> None:
    one = stage(organisation, action_data(id="r1", owners=[MANAGERS]))
    three = stage(organisation, *rows(1, 2, 3), title="Three")
    client.get(address(one))
    for document in (one, three):
        with django_assert_num_queries(21):
            client.get(address(document))


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("One per faculty", ("faculty", False)),
        ("One per faculty with technical workforce", ("faculty", True)),
        ("one for each School that has technicians", ("school", True)),
        ("1 in every department. With technical staff on request", ("department", False)),
        ("Faculties with technical workforce", None),
        ("One per year", None),
        (None, None),
    ],
)
def test_a_glossary_says_that_a_name_is_one_in_each_unit(comment: str | None, expected: Any) -> None:
    told = one_per({"meaning": "Technical Services Manager", "comment": comment})
    assert told == ({"one_per": expected[0], "only_with_technical_workforce": expected[1]} if expected else {})


def test_what_the_glossary_says_of_a_name_and_of_faculties_is_offered_and_committed(
    client: Any, organisation: Any
) -> None:
    UnitFactory(organisation=organisation, name="Faculty of Air", kind=UnitKind.FACULTY, has_technical_workforce=False)
    document = stage(organisation, *rows(1), glossary=FACULTIES)
    page = client.get(address(document)).content.decode()
    assert "Technical Group Representative, one for each faculty with technical workforce" in page
    assert "Faculty of Fire (FIRE), Faculty of Air (AIR)" in page
    form = client.get(f"{address(document, 'add_name')}?name=TGR").context["form"]
    assert (form["one_per"].value(), form["only_with_technical_workforce"].value()) == ("faculty", True)

    answer = client.post(address(document, "add_units_explained"), follow=True).content.decode()
    assert "2 units have technical workforce now." in answer
    assert "Faculty of Fire (FIRE)" not in answer
    client.post(address(document, "add_units_explained"))
    with within(organisation):
        imports.commit_import(actor=None, document=document)
        party = Party.objects.get(code="TGR")
        units = sorted(unit.name for unit in units_for_one_per(party))
    assert (party.one_per, party.only_with_technical_workforce) == ("faculty", True)
    assert units == ["Faculty of Air", "Faculty of Fire", "Faculty of Northmoor"]
