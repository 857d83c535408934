"""The API against its own description: Schemathesis makes up requests, good and bad, and judges each answer.

In this process, with the real database and a key with rows; the same requests each time.
"""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from desaga.keys.tests.factories import make_key
from desaga.plans.models import Action
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
OPERATIONS = (
    "show_key", "list_organisations", "show_organisation", "list_frameworks", "show_framework",
    "list_plans", "show_plan", "read_plan", "list_actions", "show_action",
)  # fmt: skip
EXAMPLES = 15


@pytest.fixture(autouse=True)
def same_connection():
    """A served request gives its connection back at its end; within a test there is but one, as Django's own client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def plan(organisation):
    plan = PlanFactory(organisation=organisation)
    whole = {
        "code": "1.1",
        "theme": "Careers",
        "owners": ["TSM", {"text": "Jane Smith", "code": None, "kind": "person", "role": "support"}],
        "alignments": [{"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}],
        "milestones": [{"label": "Scoping", "start": "2026-01", "end": None}],
        "updates": [{"period": "Q1", "status": "in_progress", "rag": "green", "text": "Begun"}],
        "status": "in_progress",
        "rag": "amber",
    }
    for number in range(3):
        make_action(plan, title=f"Action {number}", **whole)
    return plan


def test_the_contract_names_every_operation():
    assert {operation.ok().definition.raw["operationId"] for operation in schema().get_all_operations()} == set(
        OPERATIONS
    )


def schema():
    from desaga.config.api import description

    loaded = schemathesis.openapi.from_dict(description())
    loaded.app = get_wsgi_application()
    return loaded


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_described(operation, mode, plan, organisation, settings):
    settings.API_RATE = "100000/m"
    _, words = make_key(organisation)
    with within(organisation):
        action = Action.objects.values_list("pk", flat=True).first()
    strategy = schema().find_operation_by_id(operation).as_strategy(generation_mode=mode)
    seen = []

    @given(case=strategy)
    @bounded
    def judge(case):
        # What it makes up for ids and names is seldom there: every other time they are what there is.
        if len(seen) % 2:
            there = {
                "id": action if operation == "show_action" else plan.pk,
                "slug": organisation.slug,
                "key": "talent",
            }
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
        answer = case.call(headers={**(case.headers or {}), "Authorization": f"Bearer {words}"})
        seen.append(answer.status_code)
        case.validate_response(answer, checks=[*CHECKS, *([negative_data_rejection] if is_wrong(case) else [])])

    judge()
    assert seen
    assert 200 in seen or mode == GenerationMode.NEGATIVE


def is_wrong(case):
    """Whether the words of the address are wrong: the key is always right, and ids may have been put right above."""
    query = case.meta.components.get(ParameterLocation.QUERY)
    return query is not None and query.mode == GenerationMode.NEGATIVE


bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
