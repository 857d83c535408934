"""The interchange format: its schema is valid, knows every notice kind, and holds for what the reader gives."""

import json
from importlib import resources

import jsonschema
import pytest

from desaga.plans.reading import read_plan
from desaga.plans.reading.notices import KINDS

SCHEMA = json.loads(resources.files("desaga.plans.reading").joinpath("schema.json").read_text(encoding="utf-8"))

PLAN = """Technician plan 2025-2027

Ref\tAction\tLead\tTimeframe\tStatus\tQ1 2025 update\tPillar
V1\tName every workshop\tEst; HR\t26-Jul\tIn progress\tAmber: waiting\tVisibility; R4
V3\tPublish a list of awards\tNobody\t31 June 2026\tperhaps\t\tRecogniton
\tCareer Development\t\t\t\t\t

Abbreviations
Est Estates
"""


def test_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_schema_lists_every_kind_of_notice() -> None:
    assert SCHEMA["$defs"]["notice"]["properties"]["kind"]["enum"] == sorted(KINDS)


@pytest.mark.parametrize("text", [PLAN, "Nothing here is a plan.\n"])
def test_what_is_read_keeps_to_the_schema(tmp_path, text) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")

    plan = json.loads(json.dumps(read_plan(path)))

    jsonschema.validate(plan, SCHEMA, cls=jsonschema.Draft202012Validator)
