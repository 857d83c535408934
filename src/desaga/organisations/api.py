"""The directory of organisations, as programs read it. Imports ninja: only the API's own assembly imports this."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from desaga.api.pages import Page, PageWanted, Words, page_of

from . import queries
from .models import Organisation
from .states import OrganisationKind

router = Router(tags=["Organisations"])


class OrganisationAnswer(Schema):
    """What the directory says of an organisation."""

    slug: str = Field(description="The short name that addresses use.", examples=["wexcombe"])
    name: str = Field(examples=["University of Wexcombe"])
    short_name: str = Field(examples=["Wexcombe"])
    kind: OrganisationKind = Field(examples=["institution"])
    home_page: str | None = Field(examples=["https://www.wexcombe.example/"])


class OrganisationsWanted(PageWanted):
    q: Words = Field("", description="Words of the name, all of which must be there.")
    kind: OrganisationKind | None = Field(None, description="Only organisations of this kind.")


@router.get("", response=Page[OrganisationAnswer], operation_id="list_organisations", summary="List organisations")
def list_organisations(request: HttpRequest, wanted: Query[OrganisationsWanted]) -> dict[str, Any]:
    """The directory, by name. Needs the scope organisations:read."""
    return page_of(request, queries.directory(words=wanted.q, kind=wanted.kind), wanted, organisation_answer)


@router.get("/{slug:slug}", response=OrganisationAnswer, operation_id="show_organisation", summary="One organisation")
def show_organisation(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One organisation of the directory. Needs the scope organisations:read."""
    return organisation_answer(queries.organisation_of_directory(slug))


def organisation_answer(organisation: Organisation) -> dict[str, Any]:
    return {
        "slug": organisation.slug,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": organisation.kind,
        "home_page": organisation.home_page or None,
    }
