"""Versions of a scheme: each to read, two beside each other, out as a file and in again; the form before anybody applies by it."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..comparing import Compared, compare
from ..defined_files import NoDefinition, as_file, from_file
from ..defining import Definition
from ..models import SchemeVersion
from ..operations.editing import change_definition
from ..operations.schemes import put_in_force
from ..shipped import NAMES, shipped
from .factories import make_scheme, with_role

PLACEMENTS = shipped("knowledge-exchange").definition


def other(**told):
    return Definition.model_validate({**PLACEMENTS.as_data(), **told})


# ---- Compared


def test_nothing_differs_from_itself():
    assert compare(PLACEMENTS, PLACEMENTS) == []


def test_a_fact_says_what_was_and_is():
    (one,) = compare(PLACEMENTS, other(most="2500"))
    assert one == Compared("The most that is awarded", ("5000",), ("2500",))


def test_a_thing_is_added_removed_changed_and_moved():
    kinds = [one.model_dump(mode="json") for one in PLACEMENTS.cost_kinds]
    added = [*kinds[:-1], {**kinds[-1], "cap": "300"}, {"key": "fees", "label": "Course fees"}]
    told = compare(PLACEMENTS, other(cost_kinds=added[1:]))
    assert told == [
        Compared("Kind of cost", ("Something else", "At most £: 500"), ("Something else", "At most £: 300")),
        Compared("Kind of cost", (), ("Course fees",)),
        Compared(
            "Kind of cost",
            ("Travel", "Hint: The cheapest sensible way: standard class on trains, economy on planes."),
            (),
        ),
    ]
    (moved,) = compare(PLACEMENTS, other(cost_kinds=[kinds[1], kinds[0], *kinds[2:]]))
    assert moved.what == "Order of each kind of cost"
    assert moved.now[:2] == ("Accommodation", "Travel")


def test_a_question_of_the_report_and_of_a_part():
    data = PLACEMENTS.as_data()
    data["report"]["questions"][0]["words"] = 250
    data["sections"][1]["questions"][0]["hint"] = "In ten words."
    told = compare(PLACEMENTS, Definition.model_validate(data))
    assert [(one.what, one.now) for one in told] == [
        ("Question", ("A title for it", "Hint: In ten words.", "Kind: line")),
        ("Question of the report", ("What did you do?", "250", "Kind: text")),
    ]


# ---- Files


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_goes_out_and_comes_in_the_same(name):
    definition = shipped(name).definition
    assert Definition.model_validate(from_file(as_file(definition, scheme="S", version=3))) == definition


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "no text in UTF-8"),
        (b"{", "cannot be read"),
        (b"a = [", "cannot be read"),
        (b"[1]", "has no definition"),
        (b'{"purpose": "x"}', "has no definition"),
        (b" " * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_what_is_no_definition_is_refused_in_words(content, words):
    with pytest.raises(NoDefinition, match=words):
        from_file(content)


# ---- Pages


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    with within(organisation, user=manager):
        change_definition(actor=manager, scheme=scheme, change=lambda data: {**data, "most": "2500"})
    return scheme


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def test_each_version_is_read_by_its_number_and_none_is_changed_there(scheme, manager, client_of):
    browser = client_of(manager)
    first, second = (browser.get(at("show_version", scheme, number)).text for number in (1, 2))
    assert "Up to £5,000" in first
    assert "Up to £2,500" in second
    assert "Change whom and what it funds" not in first + second
    assert browser.get(at("show_version", scheme, 3)).status_code == 404


def test_two_are_compared_on_a_page(scheme, manager, client_of):
    browser = client_of(manager)
    page = browser.get(at("compare_versions", scheme))
    assert [(one.was, one.now) for one in page.context["differences"]] == [(("5000",), ("2500",))]
    page = browser.get(at("compare_versions", scheme), {"from": "2", "to": "1"})
    assert [(one.was, one.now) for one in page.context["differences"]] == [(("2500",), ("5000",))]
    assert "Nothing differs" in browser.get(at("compare_versions", scheme), {"from": "2", "to": "2"}).text


def test_a_file_is_taken_out_and_loaded_elsewhere(scheme, manager, other_organisation, client_of):
    file = client_of(manager).get(at("take_version_out", scheme, 2))
    assert json.loads(file.content)["definition"]["most"] == "2500"
    other_manager = with_role(other_organisation, Role.SCHEME_MANAGER, "Ola Other")
    theirs = make_scheme(other_organisation, actor=other_manager, like="collaboration-fund")
    browser = client_of(other_manager)
    upload = SimpleUploadedFile("definition.json", file.content, "application/json")
    answer = browser.post(at("upload_definition", theirs), {"file": upload, "note": "As the neighbours do."})
    assert answer["Location"] == at("show_definition", theirs)
    with within(other_organisation, user=other_manager):
        version = SchemeVersion.objects.get(scheme=theirs, in_force_at=None)
        assert version.definition.noun == "placement"
        assert version.note == "As the neighbours do."
        put_in_force(actor=other_manager, scheme=theirs)


def test_a_file_that_cannot_work_is_said_and_nothing_is_written(scheme, manager, client_of):
    browser = client_of(manager)
    for content, words in ((b"{", "cannot be read"), (b'{"sections": []}', "purpose")):
        page = browser.post(
            at("upload_definition", scheme), {"file": SimpleUploadedFile("d.json", content), "note": ""}
        )
        assert page.status_code == 200
        assert words in page.text
    with within(scheme.organisation):
        assert SchemeVersion.objects.get(scheme=scheme, number=2).definition.most == 2500


def test_the_form_is_seen_before_it_is_in_force(scheme, manager, client_of):
    with within(scheme.organisation, user=manager):

        def with_question(data):
            asked = [
                *data["sections"][0]["questions"],
                {"key": "shoes", "kind": "line", "label": "Size of your safety shoes"},
            ]
            return {**data, "sections": [{**data["sections"][0], "questions": asked}, *data["sections"][1:]]}

        change_definition(actor=manager, scheme=scheme, change=with_question)
    page = client_of(manager).get(at("preview_form", scheme)).text
    assert "Size of your safety shoes" in page
    assert "being written" in page
    assert "Line manager" in page, "whom one names"
    assert "Ethnic group" in page, "what is asked apart"
    assert '<fieldset class="dsg-prose dsg-asked-form dsg-preview" disabled>' in page
