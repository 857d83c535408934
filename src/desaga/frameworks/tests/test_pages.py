"""The pages: what they show, what they cost, who may, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Edition
from ..moving import Move, Relation
from ..queries import moves_of, principles_of, wordings_of
from ..wordings import Wording, fingerprint
from .factories import make_edition


@pytest.fixture
def client(member, client_of):
    return client_of(member(Role.PROJECT_OFFICER))


LIST_QUERIES = 14


def address(organisation, name, *keys):
    return reverse(f"frameworks:{name}", args=[organisation.slug, *keys])


def principles(organisation, edition):
    with within(organisation):
        return wordings_of(principles_of(edition))


def only(organisation, **fields):
    with within(organisation):
        return Edition.objects.select_related("replaces").get(**fields)


def rows(*told, **more):
    """What the form of principles sends."""
    data = {f"{name}-{at}": value for at, row in enumerate(told) for name, value in row.items()}
    return {**data, **more}


def seen(organisation, edition):
    return fingerprint(principles(organisation, edition))


def words_of(answer):
    return " ".join(answer.content.decode().split())


# ---- Looking


def test_the_list_groups_editions_and_finds_words(client, organisation) -> None:
    first = make_edition(organisation, "Care", name="Our values")
    make_edition(
        organisation,
        Wording("Care", "", "We look after the glassware"),
        name="Our values 2026",
        replaces=first,
        moves=(Move("Care", ("Care",), Relation.WIDENED),),
    )
    families = client.get(address(organisation, "list_frameworks")).context["page_obj"].object_list
    assert [line.name for line in families[0].editions] == ["Our values 2026", "Our values"]
    assert ["Technician Commitment", "Technician Commitment 2017"] in [
        [line.name for line in family.editions] for family in families
    ]

    found = client.get(address(organisation, "list_frameworks"), {"q": "GLASSWARE look"}).context["page_obj"]
    assert [family.editions[0].name for family in found] == ["Our values 2026"]
    assert "No framework has these words." in words_of(
        client.get(address(organisation, "list_frameworks"), {"q": "zeppelin"})
    )


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, organisation, django_assert_num_queries, many) -> None:
    for number in range(many):
        make_edition(organisation, "Care", name=f"Values {number}")
        make_edition(organisation, "Care", name=f"Draft {number}", in_use=False)
    client.get(address(organisation, "list_frameworks"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address(organisation, "list_frameworks"))


def test_the_list_pages(client, organisation) -> None:
    for number in range(20):
        make_edition(organisation, "Care", name=f"Values {number:02}")
    page = client.get(address(organisation, "list_frameworks"), {"page": "2"}).context["page_obj"]
    assert (page.number, page.has_next(), len(page.object_list)) == (2, False, 8)


def test_a_draft_is_not_there_for_those_who_only_read(organisation, member, client_of) -> None:
    draft = make_edition(organisation, in_use=False)
    reader = client_of(member(Role.READER))
    assert reader.get(address(organisation, "show_framework", draft.key)).status_code == 404
    assert "Our values" not in words_of(reader.get(address(organisation, "list_frameworks")))


@pytest.mark.parametrize("key", ["nothing", "own-0", "own-x", "own-99999999999999999999", "own-"])
def test_what_is_not_there_is_404(client, organisation, key) -> None:
    assert client.get(address(organisation, "show_framework", key)).status_code == 404


def test_a_shipped_framework_shows_what_became_of_the_one_before(client, organisation) -> None:
    answer = words_of(client.get(address(organisation, "show_framework", "technician-commitment")))
    assert "What became of Technician Commitment 2017?" in answer
    assert "Is new" in answer


def test_hostile_words_are_shown_as_words(client, organisation) -> None:
    edition = make_edition(
        organisation, Wording("<b>V1</b>", "<script>alert(1)</script>", "<i>x</i>"), name="<u>Ours</u>"
    )
    answer = client.get(address(organisation, "show_framework", edition.key)).content.decode()
    assert "<script>alert" not in answer
    assert "&lt;u&gt;Ours&lt;/u&gt;" in answer


# ---- Ways in


def test_pasted_lines_become_a_draft_to_look_at(client, organisation) -> None:
    answer = client.post(
        address(organisation, "add_framework"),
        {"name": "Our values", "kind": "values", "pasted": "V1 – Care\nV2\tCourage\r\nWe dare.  Always.\n"},
    )
    edition = only(organisation)
    assert answer.url == address(organisation, "edit_principles", edition.key)
    assert edition.is_draft
    assert [(row.code, row.title, row.text) for row in principles(organisation, edition)] == [
        ("V1", "Care", ""),
        ("V2", "", "Courage\nWe dare.  Always."),
    ]


def test_a_document_is_read_and_kept_through_an_error(client, organisation) -> None:
    content = b"Code,Recommendation\nSR-1,Publish the survey\nSR-2a,Give everybody a mentor\n"
    upload = SimpleUploadedFile("survey.csv", content, content_type="text/csv")
    first = client.post(
        address(organisation, "add_framework"),
        {"name": "TALENT", "kind": "recommendations", "source": "survey.csv", "document": upload},
    )
    form = first.context["form"]
    assert "Another framework has this name." in str(form.non_field_errors())
    assert form["source"].value() == "survey.csv"

    again = {"name": "Our survey 2025", "kind": "recommendations", "source": "survey.csv", "read": form["read"].value()}
    client.post(address(organisation, "add_framework"), again)
    assert [(row.code, row.title) for row in principles(organisation, only(organisation))] == [
        ("SR-1", "Publish the survey"),
        ("SR-2a", "Give everybody a mentor"),
    ]


def test_of_several_parts_one_is_chosen(client, organisation) -> None:
    text = "Values\n\nCode\tValue\nV1\tCare\nV2\tCourage\n\nPledges\n\nCode\tPledge\nP1\tFund it\nP2\tName it\n"
    upload = SimpleUploadedFile("two.txt", text.encode())
    data = {"name": "Ours", "kind": "pledges", "document": upload}
    form = client.post(address(organisation, "add_framework"), data).context["form"]
    assert form.errors["part"] == ["Several tables or lists may be it. Choose the one that is the framework."]

    client.post(
        address(organisation, "add_framework"),
        {"name": "Ours", "kind": "pledges", "read": form["read"].value(), "part": "1"},
    )
    assert [row.code for row in principles(organisation, only(organisation))] == ["P1", "P2"]


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (("empty.pdf", b"%PDF-1.4 nothing"), "cannot"),
        (("words.txt", b"A letter to all staff about the weather."), "No principles were found in it."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_begins(client, organisation, upload, sentence) -> None:
    data = {"name": "Ours", "kind": "values", "version": "2026", "document": SimpleUploadedFile(*upload)}
    form = client.post(address(organisation, "add_framework"), data).context["form"]
    assert list(form.errors) == ["document"]
    assert form["version"].value() == "2026"
    with within(organisation):
        assert not Edition.objects.exists()


def test_tampered_readings_count_for_nothing(client, organisation) -> None:
    client.post(address(organisation, "add_framework"), {"name": "Ours", "kind": "values", "read": "forged:words"})
    assert principles(organisation, only(organisation)) == []


# ---- Wording


def test_rows_are_added_removed_and_moved_by_their_place(client, organisation) -> None:
    edition = make_edition(organisation, "A", "B", "C", "D", in_use=False)
    told = [
        {"was": "A", "place": "1", "code": "A", "gone": "on"},
        {"was": "B", "place": "2", "code": "B2", "title": "Bees", "names": "Bee; Beehive", "optional": "on"},
        {"was": "C", "place": "3", "code": "C"},
        {"was": "D", "place": "2", "code": "D"},
        {"was": "", "place": "5", "code": "E", "text": "  as\r\nwritten"},
        {"was": "", "place": "6", "code": ""},
    ]
    client.post(address(organisation, "edit_principles", edition.key), rows(*told, seen=seen(organisation, edition)))
    assert principles(organisation, edition) == [
        Wording("D", was="D"),
        Wording("B2", "Bees", "", ("Bee", "Beehive"), True, "B2"),
        Wording("C", was="C"),
        Wording("E", "", "as\nwritten", was="E"),
    ]


def test_more_rows_keep_what_was_typed_and_keep_nothing_yet(client, organisation) -> None:
    edition = make_edition(organisation, "A", in_use=False)
    told = rows({"was": "A", "code": "A", "title": "Typed"}, {"was": "", "code": "", "text": "half"}, more="yes")
    form = client.post(address(organisation, "edit_principles", edition.key), told).context["form"]
    assert form.count == 10
    assert [form["was-0"].value(), form["title-0"].value(), form["text-1"].value()] == ["A", "Typed", "half"]
    assert principles(organisation, edition) == [Wording("A", was="A")]


def test_errors_stand_at_their_row_and_nothing_is_lost(client, organisation) -> None:
    edition = make_edition(organisation, "A", in_use=False)
    told = rows({"was": "A", "code": "A"}, {"code": "a", "title": "Twice"}, {"code": "", "title": "No code"})
    form = client.post(address(organisation, "edit_principles", edition.key), told).context["form"]
    assert form.errors == {
        "code-1": ["“a” stands above already. Give each principle its own code."],
        "code-2": ["Give it a code, such as V1, or its name in a word or two."],
    }
    assert form["title-2"].value() == "No code"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(client, organisation) -> None:
    edition = make_edition(organisation, "A", in_use=False)
    before = seen(organisation, edition)
    there = address(organisation, "edit_principles", edition.key)
    client.post(there, rows({"was": "A", "code": "B"}, seen=before))
    answer = client.post(there, rows({"was": "A", "code": "C"}, seen=before))
    assert "Somebody else changed these principles" in words_of(answer)
    assert [row.code for row in answer.context["now"]] == ["B"]
    assert [row.code for row in principles(organisation, edition)] == ["B"]

    form = answer.context["form"]
    again = {field.html_name: field.value() for field in form if field.value()}
    client.post(there, again)
    assert [row.code for row in principles(organisation, edition)] == ["C"]


def test_in_use_the_page_mends_words_only(client, organisation) -> None:
    edition = make_edition(organisation, "V1: We care for each other")
    told = rows({"was": "V1", "code": "V1", "title": "We care for one another", "optional": "False"})
    told["seen"] = seen(organisation, edition)
    client.post(address(organisation, "edit_principles", edition.key), told)
    assert [row.title for row in principles(organisation, edition)] == ["We care for one another"]


# ---- Editions


def test_a_new_edition_is_begun_mapped_and_put_in_use(client, organisation) -> None:
    first = make_edition(organisation, "V1: We care for each other", "V2: We dare", name="Our values")
    client.post(
        address(organisation, "start_edition", first.key),
        {"name": "Our values 2026", "kind": "values", "pasted": "V1 – We care for one another\nN1 – We mend things"},
    )
    second = only(organisation, name="Our values 2026")
    assert second.replaces == first

    page = client.get(address(organisation, "map_edition", second.key))
    assert [(row["old"].code, row["is_proposed"]) for row in page.context["rows"]] == [("V1", True), ("V2", False)]
    half = {"relation-0": "reworded", "new-0-0": "V1", "relation-1": "", "note-1": ""}
    answer = client.post(address(organisation, "map_edition", second.key), half, follow=True)
    assert "1 principle is still to look at" in words_of(answer)
    refused = client.post(address(organisation, "put_in_use", second.key), follow=True)
    assert "Finish the mapping first." in words_of(refused)

    client.post(
        address(organisation, "map_edition", second.key), {**half, "relation-1": "dropped", "note-1": "Said less"}
    )
    client.post(address(organisation, "put_in_use", second.key))
    with within(organisation):
        assert moves_of(second) == [
            Move("V1", ("V1",), Relation.REWORDED),
            Move("V2", (), Relation.DROPPED, "Said less"),
        ]
        assert list(Edition.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "in_use"]


def test_without_a_document_a_new_edition_begins_as_the_old_one_and_of_a_shipped_one_too(client, organisation) -> None:
    client.post(address(organisation, "start_edition", "n8"), {"name": "N8 of ours", "kind": "pledges"})
    edition = only(organisation)
    assert edition.replaces_name == "N8"
    assert len(principles(organisation, edition)) == 10
    proposed = client.get(address(organisation, "map_edition", edition.key)).context["rows"]
    assert {row["relation"].value() for row in proposed} == {"same"}


def test_an_edition_goes_out_of_use_and_a_draft_away(client, organisation) -> None:
    used = make_edition(organisation)
    draft = make_edition(organisation, name="Draft", in_use=False)
    client.post(address(organisation, "take_out_of_use", used.key))
    client.post(address(organisation, "discard_draft", draft.key))
    with within(organisation):
        assert list(Edition.objects.values_list("name", "state")) == [("Our values", "out_of_use")]


def test_what_is_said_of_an_edition_in_use_changes_but_its_name(client, organisation) -> None:
    edition = make_edition(organisation)
    data = {"name": "Another", "kind": "pledges", "version": "2", "source": "s.docx"}
    client.post(address(organisation, "edit_framework", edition.key), data)
    kept = only(organisation)
    assert (kept.name, kept.kind, kept.version, kept.source) == ("Our values", "pledges", "2", "s.docx")
