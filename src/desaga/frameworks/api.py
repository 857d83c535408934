"""Frameworks and their principles, as programs read them. Imports ninja: only the API's own assembly imports this."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from desaga.api.pages import Page, PageWanted, page_of

from .shipped import Framework, shipped_frameworks

router = Router(tags=["Frameworks"])


class PrincipleAnswer(Schema):
    """One recommendation, pledge, pillar or value."""

    code: str = Field(description="Unique within its framework; alignments name it.", examples=["R4"])
    title: str = Field(description="In our own words.")


class FrameworkAnswer(Schema):
    """A charter or report, as one dated version."""

    key: str = Field(description="The short name that addresses use.", examples=["talent"])
    name: str = Field(description="How alignments name it.", examples=["TALENT"])
    kind: str = Field(examples=["recommendations"])
    version: str = Field(examples=["2022"])
    source: str = Field(description="Where it is published.")
    principle_count: int


class FrameworkWhole(FrameworkAnswer):
    """A framework with its principles, in its own order."""

    principles: list[PrincipleAnswer]


@router.get("", response=Page[FrameworkAnswer], operation_id="list_frameworks", summary="List frameworks")
def list_frameworks(request: HttpRequest, wanted: Query[PageWanted]) -> dict[str, Any]:
    """The frameworks that Desaga knows. Needs the scope frameworks:read."""
    return page_of(request, shipped_frameworks(), wanted, framework_answer)


@router.get("/{slug:key}", response=FrameworkWhole, operation_id="show_framework", summary="One framework")
def show_framework(request: HttpRequest, key: str) -> dict[str, Any]:
    """A framework with its principles. Needs the scope frameworks:read."""
    for framework in shipped_frameworks():
        if framework.key == key:
            principles = [{"code": one.code, "title": one.title} for one in framework.principles]
            return {**framework_answer(framework), "principles": principles}
    raise Http404


def framework_answer(framework: Framework) -> dict[str, Any]:
    told = {name: getattr(framework, name) for name in ("key", "name", "kind", "version", "source")}
    return {**told, "principle_count": len(framework.principles)}
