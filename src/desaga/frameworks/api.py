"""Frameworks and their principles, as programs read them. Imports ninja: only the API's own assembly imports this."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from desaga.api.pages import Page, PageWanted, page_of

from .moving import Move, Relation, Succession
from .queries import FrameworkKnown, frameworks_known, successions

router = Router(tags=["Frameworks"])


class PrincipleAnswer(Schema):
    """One recommendation, pledge, pillar or value."""

    code: str = Field(description="Unique within its framework; alignments name it.", examples=["R4"])
    title: str = Field(description="In Desaga's words for what is shipped; in its author's for an organisation's own.")
    optional: bool = Field(description="Whether it is no gap where nothing answers it.")


class FrameworkAnswer(Schema):
    """A charter or report, as one dated edition: shipped with Desaga, or your organisation's own."""

    key: str = Field(description="The short name that addresses use.", examples=["talent", "own-12"])
    name: str = Field(description="How alignments name it.", examples=["TALENT"])
    kind: str = Field(examples=["recommendations"])
    version: str = Field(examples=["2022"])
    source: str = Field(description="Where it is published: an address, or the name of a document.")
    family: str = Field(description="What the editions of one framework share.", examples=["technician-commitment"])
    is_own: bool = Field(description="Whether it is your organisation's own.")
    is_current: bool = Field(description="False once it was replaced or taken out of use.")
    replaces: str | None = Field(
        description="The name of the edition before it.", examples=["Technician Commitment 2017"]
    )
    principle_count: int


class MoveAnswer(Schema):
    """What became of one principle of the edition before."""

    old: str = Field(description="Its code in the edition before.", examples=["Visibility"])
    new: list[str] = Field(
        description="The codes that follow it; none where it was dropped.", examples=[["Visibility"]]
    )
    relation: Relation
    note: str


class FrameworkWhole(FrameworkAnswer):
    """A framework with its principles, in its own order, and what became of those of the edition before."""

    principles: list[PrincipleAnswer]
    mapping: list[MoveAnswer]


@router.get("", response=Page[FrameworkAnswer], operation_id="list_frameworks", summary="List frameworks")
def list_frameworks(request: HttpRequest, wanted: Query[PageWanted]) -> dict[str, Any]:
    """The frameworks that Desaga knows, and your organisation's own that are or were in use. Needs the scope frameworks:read."""
    before = {one.new_name: one for one in successions()}
    return page_of(request, frameworks_known(), wanted, lambda one: framework_answer(one, before.get(one.name)))


@router.get("/{slug:key}", response=FrameworkWhole, operation_id="show_framework", summary="One framework")
def show_framework(request: HttpRequest, key: str) -> dict[str, Any]:
    """A framework with its principles. Needs the scope frameworks:read."""
    framework = next((one for one in frameworks_known() if one.key == key), None)
    if framework is None:
        raise Http404
    before = next((one for one in successions() if one.new_name == framework.name), None)
    principles = [
        {"code": code, "title": title, "optional": is_optional} for code, title, is_optional in framework.principles
    ]
    mapping = [move_answer(move) for move in before.moves] if before else []
    return {**framework_answer(framework, before), "principles": principles, "mapping": mapping}


def framework_answer(framework: FrameworkKnown, before: Succession | None) -> dict[str, Any]:
    names = ("key", "name", "kind", "version", "source", "family", "is_own", "is_current")
    return {
        **{name: getattr(framework, name) for name in names},
        "replaces": before.old_name if before else None,
        "principle_count": len(framework.principles),
    }


def move_answer(move: Move) -> dict[str, Any]:
    return {"old": move.old, "new": list(move.new), "relation": move.relation, "note": move.note}
