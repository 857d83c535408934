"""Plans and actions, as programs read them. Imports ninja: only the API's own assembly imports this.

An action travels in the interchange format (`reading/schema.json`), within an envelope that says which one it is. Whoever may
not read a plan wholly gets what the public gets (`publishing.py`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from desaga.api.pages import Moment, Page, PageWanted, Words, page_of

from . import publishing
from .interchange import action_as_data, plan_as_data
from .models import Action, Plan
from .queries import actions_whole, opened, themes_of
from .states import PlanState, Status

#: The scope with which everything of a plan that is open wholly may be read.
WHOLLY = "plans:read"
HERE = "/api/v1"

plans = Router(tags=["Plans"])
actions = Router(tags=["Actions"])

StatusWanted = StrEnum("StatusWanted", [*Status.values, "none"])


class DueWanted(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    ONGOING = "ongoing"
    UNDATED = "undated"


class PeriodAnswer(Schema):
    """From when until when, as exact as the plan says: 2025, 2025-03 or 2025-03-31."""

    start: str | None = Field(examples=["2025-08"])
    end: str | None = Field(examples=["2028-07"])


class OwnerAnswer(Schema):
    """Whose plan it is."""

    slug: str = Field(examples=["wexcombe"])
    name: str = Field(examples=["University of Wexcombe"])


class PlanAnswer(Schema):
    """A plan, without what is in it."""

    id: int = Field(examples=[12])
    title: str = Field(examples=["Technician Commitment action plan 2025 to 2028"])
    period: PeriodAnswer
    state: PlanState
    organisation: OwnerAnswer
    published_at: datetime | None = Field(description="From when on everybody may read it.")
    is_whole: bool = Field(description="False where people, comments and sources are left out for this key.")
    action_count: int = Field(description="Business as usual included.")
    actions_changed_at: datetime | None = Field(description="When an action of it, or a part of one, last changed.")
    url: str
    actions_url: str
    interchange_url: str


class ActionAnswer(Schema):
    """An action in the interchange format, with which one it is."""

    id: int = Field(examples=[345])
    plan: int = Field(description="The id of its plan.", examples=[12])
    changed_at: datetime = Field(description="When it, or a part of it, last changed.")
    is_whole: bool = Field(description="False where people, comments and sources are left out for this key.")
    url: str
    action: dict[str, Any]


class PlansWanted(PageWanted):
    organisation: Words = Field(
        "",
        description="The slug of another organisation: its plans that are open to this key's. Empty: own plans.",
    )
    state: PlanState | None = Field(None, description="Only plans in this state.")


class ActionsWanted(PageWanted):
    status: StatusWanted | None = Field(None, description="Only actions with this status; none: those without one.")
    party: Words = Field(
        "", description="Only what this party carries: its code, or its words where it has none.", examples=["TSM"]
    )
    principle: Words = Field(
        "",
        description="Only what answers this principle: framework, blank, middle dot, blank, code.",
        examples=["TALENT · R4"],
    )
    due: DueWanted | None = Field(
        None, description="soon is within three months. Business as usual is never overdue, soon or later."
    )
    q: Words = Field("", description="Words, all of which must be there.")
    changed_since: Moment | None = Field(
        None,
        description="Only actions that changed at this moment or later, with the offset from UTC. Ask from a few minutes before your"
        " last look: a change counts from when its writing began.",
        examples=["2026-11-01T00:00:00Z"],
    )


@plans.get("", response=Page[PlanAnswer], operation_id="list_plans", summary="List plans")
def list_plans(request: HttpRequest, wanted: Query[PlansWanted]) -> dict[str, Any]:
    """Your organisation's plans, or those that another one published or granted, the latest first. Needs plans:read or plans:read-public."""
    found = opened.plans_open_to(organisation_of(request), of=wanted.organisation or None, state=wanted.state)
    return page_of(request, found, wanted, lambda plan: plan_answer(request, plan))


@plans.get("/{int:id}", response=PlanAnswer, operation_id="show_plan", summary="One plan")
def show_plan(request: HttpRequest, id: int) -> dict[str, Any]:
    """One plan, without what is in it. Needs plans:read or plans:read-public."""
    return plan_answer(request, opened.plan_open_to(organisation_of(request), id))


@plans.get("/{int:id}/interchange", response=dict[str, Any], operation_id="read_plan", summary="A whole plan")
def read_plan(request: HttpRequest, id: int) -> dict[str, Any]:
    """A whole plan in the interchange format, the same that Desaga reads and writes as a file. Needs plans:read or plans:read-public."""
    plan = opened.plan_open_to(organisation_of(request), id)
    with opened.opened(plan):
        tell = plan_as_data if is_whole(request, plan) else publishing.public_plan
        return tell(plan, themes_of(plan), actions_whole(plan).order_by("order", "pk"))


@plans.get("/{int:id}/actions", response=Page[ActionAnswer], operation_id="list_actions", summary="Actions of a plan")
def list_actions(request: HttpRequest, id: int, wanted: Query[ActionsWanted]) -> dict[str, Any]:
    """A plan's actions in its own order, business as usual included. Needs plans:read or plans:read-public."""
    plan = opened.plan_open_to(organisation_of(request), id)
    wholly = is_whole(request, plan)
    found = opened.actions_open(plan, wanted.dict(), wholly=wholly)
    return page_of(request, found, wanted, lambda action: action_answer(request, action, wholly=wholly))


@actions.get("/{int:id}", response=ActionAnswer, operation_id="show_action", summary="One action")
def show_action(request: HttpRequest, id: int) -> dict[str, Any]:
    """One action. Needs plans:read or plans:read-public."""
    action = opened.action_open_to(organisation_of(request), id)
    return action_answer(request, action, wholly=is_whole(request, action.plan))


def organisation_of(request: HttpRequest) -> Any:
    return request.organisation  # type: ignore[attr-defined]


def is_whole(request: HttpRequest, plan: Plan) -> bool:
    """Whether this key reads everything of a plan."""
    may = WHOLLY in request.key.scopes  # type: ignore[attr-defined]
    return may and plan.is_open_wholly  # type: ignore[attr-defined]


def address(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(f"{HERE}/{path}")


def plan_answer(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    here = address(request, f"plans/{plan.pk}")
    return {
        "id": plan.pk,
        "title": plan.title,
        "period": {"start": plan.starts or None, "end": plan.ends or None},
        "state": plan.state,
        "organisation": {"slug": plan.organisation.slug, "name": plan.organisation.name},
        "published_at": plan.published_at,
        "is_whole": is_whole(request, plan),
        "action_count": plan.action_count,  # type: ignore[attr-defined]
        "actions_changed_at": plan.actions_changed_at,  # type: ignore[attr-defined]
        "url": here,
        "actions_url": f"{here}/actions",
        "interchange_url": f"{here}/interchange",
    }


def action_answer(request: HttpRequest, action: Action, *, wholly: bool) -> dict[str, Any]:
    return {
        "id": action.pk,
        "plan": action.plan_id,
        "changed_at": action.changed_at,
        "is_whole": wholly,
        "url": address(request, f"actions/{action.pk}"),
        "action": (action_as_data if wholly else publishing.public_action)(action),
    }
