"""The reference pages say what the code says."""

import json
import re
from pathlib import Path

from desaga.plans.reading.notices import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "interchange.md").read_text(encoding="utf-8")
SCHEMA = ROOT / "src" / "desaga" / "plans" / "reading" / "schema.json"


def names_in(schema):
    """Every property and every listed value, wherever it stands in a JSON Schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (value for value in schema.get("enum", []) if isinstance(value, str))
        for value in schema.values():
            yield from names_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from names_in(value)


def test_interchange_page_lists_every_notice_with_its_meaning():
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.partition("## Notices")[2], re.M))
    assert listed == KINDS


def test_interchange_page_names_everything_in_the_schema():
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]*`", PAGE))))
    assert sorted(set(names_in(json.loads(SCHEMA.read_text(encoding="utf-8")))) - told) == []
