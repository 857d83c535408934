"""What ninja does not say of the API by itself: refusals, headers, and the interchange format as it is."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

PROBLEM = {
    "title": "Problem",
    "description": "What is wrong, as RFC 9457 writes it.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Not Found"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}
REFUSALS = {
    "401": "No key, or one that does not hold",
    "403": "The key does not open this",
    "404": "Nothing there that is open to this key",
    "422": "Words of the address that cannot be understood",
    "429": "The key asks too often; Retry-After says how long to wait",
}
ETAG = {
    "description": "Send it back as If-None-Match to be told 304 where nothing changed.",
    "schema": {"type": "string"},
}
PLAN, ACTION = "InterchangePlan", "InterchangeAction"
#: An invented action, as it is answered.
EXAMPLE = {
    "id": "car-4",
    "code": "CAR-4",
    "theme": "Career development",
    "title": "Open teaching fellowship routes to technicians who teach.",
    "how": "With the education service, beginning with two faculties.",
    "success": "Eight fellowships by July 2027.",
    "timeframe": {
        "text": "Sept 25 to July 27",
        "start": "2025-09",
        "end": "2027-07",
        "precision": "month",
        "continuous": False,
    },
    "milestones": [{"label": "First applications", "start": None, "end": "2026-03"}],
    "depends_on": [],
    "owners": [{"text": "Technical services managers", "code": "TSM", "kind": "role", "role": "lead"}],
    "alignments": [{"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}],
    "status": "in_progress",
    "rag": "green",
    "comments": "",
    "updates": [],
    "business_as_usual": False,
    "source": {"sheet": "Plan", "page": None, "row": 14},
    "notices": [],
}


def described(openapi: dict[str, Any], interchange: dict[str, Any]) -> dict[str, Any]:
    """The description with the schemas of the interchange format and with every answer that may come."""
    described = deepcopy(dict(openapi))
    schemas = described["components"]["schemas"]
    schemas |= {"Problem": PROBLEM, **interchange_schemas(interchange)}
    schemas[ACTION]["examples"] = [EXAMPLE]
    schemas["ActionAnswer"]["properties"]["action"] = {"$ref": f"#/components/schemas/{ACTION}"}
    for operations in described["paths"].values():
        for operation in operations.values():
            complete(operation)
    return described


def complete(operation: dict[str, Any]) -> None:
    """Add the refusals, the ETag and the unchanged answer to an operation; an example of a word of the address stands alone."""
    for parameter in operation["parameters"]:
        if examples := parameter.pop("examples", None):
            parameter["example"] = examples[0]
    answers = {str(status): told for status, told in operation["responses"].items()}
    answers["200"]["headers"] = {"ETag": ETAG}
    if operation["operationId"] == "read_plan":
        answers["200"]["content"]["application/json"]["schema"] = {"$ref": f"#/components/schemas/{PLAN}"}
    answers["304"] = {"description": "Nothing changed since the answer whose ETag was sent"}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers |= {status: {"description": words, "content": content} for status, words in REFUSALS.items()}
    operation["responses"] = answers


def interchange_schemas(interchange: dict[str, Any]) -> dict[str, Any]:
    """The interchange format's definitions as components: `#/$defs/action` is `#/components/schemas/InterchangeAction`."""
    whole = {name: value for name, value in interchange.items() if name not in ("$schema", "$id", "$defs")}
    named = {component(name): value for name, value in interchange["$defs"].items()}
    return {name: with_components(value) for name, value in {PLAN: whole, **named}.items()}


def component(name: str) -> str:
    return f"Interchange{name[:1].upper()}{name[1:]}"


def with_components(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            name: re.sub(r"^#/\$defs/(\w+)$", lambda found: f"#/components/schemas/{component(found[1])}", value)
            if name == "$ref"
            else with_components(value)
            for name, value in schema.items()
        }
    return [with_components(one) for one in schema] if isinstance(schema, list) else schema
