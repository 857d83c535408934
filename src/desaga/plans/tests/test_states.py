from __future__ import annotations

from typing import Any, get_args

import pytest

from desaga.audit.models import Entry
from desaga.tenancy.context import within

from ..models import StateChange
from ..operations import gate
from ..reading import model as reading
from ..states import (
    DOCUMENT_TRANSITIONS,
    PLAN_TRANSITIONS,
    Basis,
    DocumentState,
    OwnerRole,
    PlanState,
    Precision,
    Rag,
    Status,
)
from .factories import PlanFactory, action_data, stage


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("name", PLAN_TRANSITIONS)
def test_a_plan_moves_only_as_the_table_says(organisation: Any, state: str, name: str) -> None:
    plan = PlanFactory(organisation=organisation, state=state)
    with within(organisation):
        if state not in PLAN_TRANSITIONS[name].sources:
            with pytest.raises(gate.NotNow):
                gate.move_plan(plan, name, actor=None)
            assert not StateChange.objects.exists()
            return

        gate.move_plan(plan, name, actor=None)

        plan.refresh_from_db()
        assert plan.state == PLAN_TRANSITIONS[name].target
        assert list(StateChange.objects.values_list("was", "became")) == [(state, plan.state)]
        assert Entry.objects.filter(thing_kind="plans.plan").first().verb == PLAN_TRANSITIONS[name].verb


def test_a_document_can_reach_every_state_and_leave_all_but_the_plan(organisation: Any) -> None:
    targets = {transition.target for transition in DOCUMENT_TRANSITIONS.values()}
    sources = {source for transition in DOCUMENT_TRANSITIONS.values() for source in transition.sources}

    assert targets == set(DocumentState)
    assert sources == set(DocumentState) - {DocumentState.COMMITTED}


def test_every_step_of_a_document_leaves_a_history_row(organisation: Any) -> None:
    document = stage(organisation, action_data())
    with within(organisation):
        steps = StateChange.objects.filter(document=document).order_by("id").values_list("was", "became")

        assert list(steps) == [("uploaded", "reading"), ("reading", "read")]


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (Basis, reading.Basis),
        (OwnerRole, reading.OwnerRole),
        (Precision, reading.Precision),
        (Rag, reading.Rag),
        (Status, reading.Status),
    ],
)
def test_whatever_the_reader_says_can_be_kept(kept: Any, read: Any) -> None:
    assert set(kept.values) == set(get_args(read))
