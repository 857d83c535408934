"""Nothing internal leaves with a public plan: a word of its own is put into every field of text, and looked for in all that goes out.

Of the tables that a public copy is made from, each field of text is decided here: what the public may read of it. A new field fails until it
is. Of all other tables nothing goes out, and whatever text they have, or come to have, is looked for by itself.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pikepdf
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, models, transaction
from django.test import Client
from django.urls import reverse

from desaga.documents.tests.pdf_words import words_of_pdf
from desaga.evidence.models import Evidence
from desaga.evidence.tests.factories import photograph
from desaga.keys.tests.factories import Program, make_key
from desaga.organisations.models import Party, Unit
from desaga.organisations.states import PartyKind
from desaga.plans.exports import views
from desaga.plans.models import (
    Action,
    ActionOwner,
    Alignment,
    Dependency,
    Doubt,
    Measure,
    MeasureReading,
    Milestone,
    Plan,
    Theme,
    Update,
)
from desaga.plans.operations.imports import hand_in
from desaga.plans.publishing import PARTS
from desaga.plans.states import PlanState
from desaga.public.models import Publication
from desaga.public.operations import publications
from desaga.public.presenting import rows_of
from desaga.public.queries import copy_at
from desaga.tenancy.context import within, within_platform

TEXTS = (models.CharField, models.TextField, models.JSONField, ArrayField)
#: Never public; no text that anybody writes; by hand below, since half of it is public.
NEVER, FIXED, BY_HAND = "never", "fixed", "by hand"

#: What the public may read of each field: the part with which it goes, "" for always.
DECIDED: dict[str, dict[str, str]] = {
    "organisations.organisation": {
        "name": "", "slug": "", "short_name": NEVER, "staff_word": NEVER, "staff_word_singular": NEVER, "accent": FIXED, "home_page": NEVER,
    },
    "organisations.unit": {"name": "", "code": NEVER},
    "organisations.party": {"name": "who", "code": NEVER, "role_title": NEVER, "contacts": NEVER, "comment": NEVER},
    "plans.plan": {
        "title": "", "starts": FIXED, "ends": FIXED, "glossary": BY_HAND, "phases": "when", "frameworks": "answers", "unplaced": NEVER,
        "notices": NEVER, "public_parts": FIXED,
    },
    "plans.theme": {"code": "themes", "title": "themes"},
    "plans.action": {
        "reading_id": "", "code": "", "title": "", "how": "how", "success": "success", "when_text": NEVER, "starts": FIXED, "ends": FIXED,
        "comments": NEVER, "usual_reason": NEVER, "source_sheet": NEVER, "source_rows": NEVER,
    },
    "plans.actionowner": {"text": NEVER, "code": "who"},
    "plans.alignment": {"framework": "answers", "code": "answers", "text": NEVER, "reason": NEVER},
    "plans.milestone": {"label": "when", "starts": FIXED, "ends": FIXED},
    "plans.dependency": {"text": NEVER},
    "plans.update": {
        "period": "status", "text": "narrative", "next_step": NEVER, "reason": NEVER, "recovery": NEVER, "evidence": NEVER, "given_by": NEVER,
    },
    "plans.doubt": {"field": NEVER, "kind": NEVER, "message": NEVER},
    "plans.measure": {
        "what": "measures", "due": FIXED, "words": NEVER, "indicator": NEVER, "indicator_cut": NEVER, "indicator_part": NEVER,
        "source_name": NEVER,
    },
    "plans.measurereading": {"note": NEVER},
    "public.publication": {
        "slug": BY_HAND, "parts": FIXED, "words": "", "contact_name": "", "contact_role": "", "contact_address": "",
    },
}  # fmt: skip
#: Of whose fields a word is asked for in the public page's search: an action's own, and of what hangs on it.
SEARCHED = ("plans.action.", "plans.actionowner.", "plans.update.", "organisations.party.")
#: What the world's own furniture leaves without rows, or the database keeps from being written: everything else has a word.
ELSEWHERE = "elsewhere"


def texts_of(model: Any) -> list[Any]:
    """The fields of a model in which somebody's words may stand: not those with a list of choices, nor lists of numbers."""
    found = [one for one in model._meta.concrete_fields if isinstance(one, TEXTS) and not one.choices]
    return [one for one in found if not isinstance(getattr(one, "base_field", None), models.IntegerField)]


class Words:
    """A word of its own for each field, short enough for any of them."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def of(self, key: str) -> str:
        return self.given.setdefault(key, f"ZQ{len(self.given):03d}X")

    def found_in(self, text: str) -> set[str]:
        folded = text.casefold()
        return {key for key, word in self.given.items() if word.casefold() in folded}

    def __call__(self, label: str) -> dict[str, Any]:
        """A word for each decided field of a model."""
        return {
            name: self.shaped(f"{label}.{name}", apps.get_model(label)._meta.get_field(name))
            for name, part in DECIDED[label].items()
            if part not in (FIXED, BY_HAND)
        }

    def shaped(self, key: str, field: Any) -> Any:
        """The word as the field takes it."""
        word = self.of(key)
        if isinstance(field, models.JSONField):
            return [word]
        if isinstance(field, models.URLField):
            return f"https://{word.lower()}.example/"
        address = f"{word.lower()}@words.example"
        if isinstance(field, ArrayField):
            return [address] if isinstance(field.base_field, models.EmailField) else [word]
        return (
            address
            if isinstance(field, models.EmailField)
            else word.lower()
            if isinstance(field, models.SlugField)
            else word
        )


def test_every_field_of_what_a_public_copy_is_made_from_is_decided() -> None:
    fields = {label: {one.name for one in texts_of(apps.get_model(label))} for label in DECIDED}
    assert fields == {label: set(told) for label, told in DECIDED.items()}


# ---- The words, put into the database


def plant_everywhere(organisation: Any, words: Words) -> None:
    """A word in each text of the first row of every table of the organisation, where the database lets it be written."""
    for model in apps.get_models():
        owned = any(one.name == "organisation" for one in model._meta.concrete_fields)
        if not model.__module__.startswith("desaga.") or not owned:
            continue
        row = model._base_manager.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True).first()
        for field in texts_of(model) if row else ():
            key = f"{ELSEWHERE} {model._meta.label_lower}.{field.name}"
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row).update(**{field.name: words.shaped(key, field)})
            except Error:
                del words.given[key]


def plant_plan(organisation: Any, words: Words) -> Plan:
    """A plan with a word in every field of everything that hangs on it."""
    unit = Unit.objects.create(organisation=organisation, kind="faculty", **words("organisations.unit"))
    abbreviation = {"code": words.of("glossary code"), "meaning": words.of("glossary meaning")}
    glossary = [{**abbreviation, "person": words.of("glossary person"), "comment": words.of("glossary comment")}]
    sheet = {"name": "Spelt out", "principles": [{"code": "P1", "text": words.of("plans.plan.frameworks")}]}
    told = {**words("plans.plan"), "glossary": glossary, "frameworks": [sheet]}
    plan = Plan.objects.create(organisation=organisation, unit=unit, state=PlanState.ACTIVE, **told)
    owner = {"organisation": organisation, "plan": plan}
    theme = Theme.objects.create(**owner, order=0, **words("plans.theme"))
    action = Action.objects.create(
        **owner,
        theme=theme,
        order=0,
        business_as_usual=True,
        ends="2027",
        status="in_progress",
        **words("plans.action"),
    )
    part = {**owner, "action": action, "order": 0}
    plant_owners(organisation, part, words)
    Alignment.objects.create(**part, basis="cell", framework=words.of("plans.alignment.framework"),
                             code=words.of("plans.alignment.code"), text=words.of("plans.alignment.text"))  # fmt: skip
    Alignment.objects.create(**{**part, "order": 1}, basis="suggested", framework="F", code=words.of("suggested code"),
                             reason=words.of("plans.alignment.reason"))  # fmt: skip
    Milestone.objects.create(**part, **words("plans.milestone"))
    Dependency.objects.create(**part, **words("plans.dependency"))
    Update.objects.create(**part, period="Before", text=words.of("earlier account"))
    Update.objects.create(**{**part, "order": 1}, status="in_progress", **words("plans.update"))
    Doubt.objects.create(**part, **words("plans.doubt"))
    measure = Measure.objects.create(**part, target=4, **words("plans.measure"))
    MeasureReading.objects.create(
        **owner, measure=measure, on=date(2026, 1, 2), value=3, **words("plans.measurereading")
    )
    return plan


def plant_owners(organisation: Any, part: dict[str, Any], words: Words) -> None:
    """An office by its code, a group by its party's name, and two who may be people."""
    party = Party.objects.create(organisation=organisation, kind=PartyKind.GROUP,
                                 **{**words("organisations.party"), "code": ""})  # fmt: skip
    office = Party.objects.create(organisation=organisation, kind=PartyKind.ROLE, name="Office", code=words.of("organisations.party.code"))  # fmt: skip
    ActionOwner.objects.create(**part, kind="role", party=office, **words("plans.actionowner"))
    ActionOwner.objects.create(**{**part, "order": 1}, kind="group", text=words.of("group’s words"), party=party)
    for order, kind in ((2, "person"), (3, "text")):
        told = {"text": words.of(f"{kind}’s name"), "code": words.of(f"{kind}’s code") if kind == "person" else ""}
        ActionOwner.objects.create(**{**part, "order": order}, kind=kind, **told)


def plant_document(organisation: Any, lead: Any, words: Words) -> None:
    """A document whose metadata hold words."""
    file, told = docx.Document(), io.BytesIO()
    file.core_properties.author, file.core_properties.comments = words.of("docx author"), words.of("docx comments")
    file.add_paragraph(words.of("docx text"))
    file.save(told)
    hand_in(actor=lead, organisation=organisation, name=f"{words.of('file name')}.docx", content=told.getvalue(),
            in_background=False)  # fmt: skip


# ---- All that goes out


def everything_out(plan: Plan, publication: Publication, program: Program) -> Iterator[tuple[str, str]]:
    """What anybody, and another organisation's program, can read of a published plan: where, and its text."""
    client, here = Client(), publication.public_url
    for path in ("", "?status=in_progress", "?status=usual", "plan.json", "plan.csv", "changes.atom"):
        yield path, client.get(f"{here}{path}").content.decode()
    yield "PDF", text_of_pdf(client.get(f"{here}plan.pdf").content)
    yield "list", client.get(reverse("public:list_public_plans", args=[plan.organisation.slug])).content.decode()
    of, action = (
        {"organisation": plan.organisation.slug},
        program.get(f"plans/{plan.pk}/actions").json()["items"][0]["id"],
    )
    for path in (
        "plans",
        f"plans/{plan.pk}",
        f"plans/{plan.pk}/interchange",
        f"plans/{plan.pk}/actions",
        f"actions/{action}",
    ):
        yield f"API {path}", program.get(path, of if path == "plans" else None).content.decode()


def files_out(plan: Plan, browser: Client) -> Iterator[tuple[str, str]]:
    """What a member takes out for the public, from each page that has a public version."""
    for name in (one.name for one in views().values() if one.public):
        for ending in ("json", "docx"):
            address = reverse("plans:take_out", args=[plan.organisation.slug, plan.pk, name, ending])
            content = browser.get(f"{address}?public=yes").content
            yield f"{name}.{ending}", content.decode() if ending == "json" else text_of_package(content)


def text_of_pdf(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as file:
        meta = (
            f"{dict(file.docinfo.items())} {bytes(file.Root.Metadata.read_bytes()) if '/Metadata' in file.Root else ''}"
        )
    return f"{words_of_pdf(content)} {meta}"


def text_of_package(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return " ".join(package.read(name).decode(errors="replace") for name in package.namelist())


@pytest.fixture(scope="module")
def sown(world: Any) -> Any:
    """The world with words everywhere, a plan that is to be published, and another that is not."""
    cache.clear()
    words, organisation, lead = Words(), world.here, world.users["lead"]
    with within(organisation, user=lead):
        plant_everywhere(organisation, words)
        plant_document(organisation, lead, words)
        plan = plant_plan(organisation, words)
        publication = publications.choose(actor=lead, plan=plan, parts=list(PARTS), **words("public.publication"))
    with within_platform():
        for name, part in DECIDED["organisations.organisation"].items():
            if part == NEVER:
                setattr(organisation, name, words.shaped(f"organisations.organisation.{name}", type(organisation)._meta.get_field(name)))  # fmt: skip
        organisation.save()
    return words, organisation, lead, plan, publication


def expected(words: Words, parts: list[str]) -> set[str]:
    """The words that are public with these parts."""
    told = {f"{label}.{name}": part for label, fields in DECIDED.items() for name, part in fields.items()}
    told |= {"glossary code": "", "glossary meaning": ""}
    public = {key for key in words.given if told.get(key, NEVER) in ("", *parts)}
    # With what was last said goes the period of which it was said.
    return public | ({"plans.update.period"} if {"narrative", "rag", "status"} & set(parts) else set())


def stored(organisation: Any) -> str:
    """Everything that stands in the organisation's rows."""
    told = []
    with within(organisation):
        for model in apps.get_models():
            if model.__module__.startswith("desaga.") and any(
                one.name == "organisation" for one in model._meta.concrete_fields
            ):
                told += [str(row) for row in model._base_manager.filter(organisation=organisation).values_list(*(one.name for one in texts_of(model)))]  # fmt: skip
    return " ".join(told)


def test_only_what_was_chosen_goes_out_and_all_of_it(sown: Any, world: Any, clients: Any) -> None:
    words, organisation, lead, plan, publication = sown
    program = Program(make_key(world.there)[1])
    inside = words.found_in(stored(organisation) + json.dumps(vars(organisation), default=str))
    assert set(words.given) - inside - {"docx author", "docx comments", "docx text"} == set()
    assert len([key for key in words.given if key.startswith(ELSEWHERE)]) > 60
    for parts in (list(PARTS), ["status"], []):
        with within(organisation, user=lead):
            publications.choose(actor=lead, plan=plan, parts=parts)
            publications.publish(actor=lead, publication=publication)
        public = expected(words, parts)
        out = dict(everything_out(plan, publication, program)) | dict(files_out(plan, clients["lead"]))
        assert words.found_in(" ".join(out.values())) == public, parts
        # Each by itself, since what one holds too much might stand in another by right.
        assert {name: found for name, told in out.items() if (found := words.found_in(told) - public)} == {}
        assert_words_find_nothing(words, publication, public)
        assert_search_finds_nothing(words, publication, public, parts)


def assert_words_find_nothing(words: Words, publication: Publication, public: set[str]) -> None:
    """Nor does a search tell what it leaves out."""
    rows = rows_of(copy_at(publication.organisation.slug, publication.slug).content)
    assert {
        key for key, word in words.given.items() if key not in public and any(row.holds(word) for row in rows)
    } == set()


def assert_search_finds_nothing(words: Words, publication: Publication, public: set[str], parts: list[str]) -> None:
    """The page’s own search, asked for a word of each kind that is not public, and by each filter that is closed."""
    client = Client()

    def found(**query: str) -> int:
        return client.get(publication.public_url, query).content.decode().count('<td class="dsg-code">')

    assert found(q=words.of("plans.action.title")) == 1
    closed = {
        key: words.of(key) for label in SEARCHED for key in words.given if key.startswith(label) and key not in public
    }
    assert "plans.action.comments" in closed
    assert {key for key, word in closed.items() if found(q=word)} == set()
    if "status" not in parts:
        # Whichever status is asked for, the answer is the same: it does not say which one is right.
        assert {found(status=status) for status in ("in_progress", "complete", "none")} == {1}


def test_no_picture_tells_where_it_was_taken(
    sown: Any, world: Any, clients: Any, settings: Any, tmp_path: Path
) -> None:
    """A logo and a photograph as evidence of a published action, each with a place and a camera: nowhere, not even within."""
    _, organisation, lead, plan, publication = sown
    settings.MEDIA_ROOT = tmp_path
    taken, browser = photograph(), clients["lead"]
    assert set(traces_in(taken)) == set(TRACES)
    give_logo(browser, organisation, taken)
    with within(organisation):
        action = plan.actions.get()
    about = {"shows": "The prize.", "given_by": "Office", "submission": str(uuid4())}
    browser.post(reverse("plans:give_evidence", args=[organisation.slug, plan.pk, action.pk]),
                 {**about, "file": SimpleUploadedFile("prize.jpg", taken)})  # fmt: skip
    with within(organisation, user=lead):
        publications.publish(actor=lead, publication=publication)
        piece = Evidence.objects.get(file_name="prize.jpg")

    logo = browser.get(reverse("organisations:show_logo", args=[organisation.slug]))
    kept = browser.get(reverse("evidence:fetch_file", args=[organisation.slug, piece.pk]))
    assert (logo.content[:3], kept.content[:3]) == (b"\xff\xd8\xff", b"\xff\xd8\xff")
    assert (traces_in(logo.content), traces_in(kept.content)) == ([], [])
    assert (b"Exif" in taken, b"Exif" in logo.content, b"Exif" in kept.content) == (True, False, False)
    # And of the public's pages and files, which show neither.
    program = Program(make_key(world.there)[1])
    public = " ".join(told for _, told in (*everything_out(plan, publication, program), *files_out(plan, browser)))
    assert traces_in(public.encode()) == []
    assert [word for word in ("<img", "og:image", "prize.jpg", "/logo/") if word in public] == []


#: What a photograph of `evidence.tests.factories` says besides its points.
TRACES = (b"CANARY-CAMERA", b"GPSLatitude", b"53,48.4170N")


def traces_in(content: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in content]


def give_logo(browser: Client, organisation: Any, content: bytes) -> None:
    address = reverse("organisations:edit_settings", args=[organisation.slug])
    shown = browser.get(address).context["form"]
    typed = {name: value for name, value in shown.initial.items() if name not in ("logo", "accent") and value}
    answer = browser.post(address, {**typed, "logo": SimpleUploadedFile("team.jpg", content)})
    assert answer.status_code == 302, answer.context["form"].errors


def test_what_is_not_published_is_at_no_address(sown: Any, world: Any) -> None:
    words, organisation, lead, plan, publication = sown
    program = Program(make_key(world.there)[1])
    with within(organisation, user=lead):
        publications.take_down(actor=lead, publication=publication)
    answers = {
        path: Client().get(f"{publication.public_url}{path}").status_code for path in ("", "plan.json", "changes.atom")
    }
    assert answers == {"": 404, "plan.json": 404, "changes.atom": 404}
    assert program.get(f"plans/{plan.pk}").status_code == 404
    assert words.found_in(program.get("plans", {"organisation": organisation.slug}).content.decode()) == set()  # fmt: skip
