"""Answers in the JSON format of OData 4, and refusals in its form. Pure.

https://docs.oasis-open.org/odata/odata-json-format/v4.0/odata-json-format-v4.0.html
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from .asking import Asked
from .conditions import Row
from .rows import Answer
from .schema import SETS, EntitySet

JSON = "application/json;odata.metadata=minimal;odata.streaming=false;IEEE754Compatible=false;charset=utf-8"
BARE = "application/json;odata.metadata=none;odata.streaming=false;IEEE754Compatible=false;charset=utf-8"
XML = "application/xml;charset=utf-8"
TEXT = "text/plain;charset=utf-8"


def written(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, default=_plain, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def service_document(root: str) -> dict[str, Any]:
    """What there is at the root: the sets, by name and address."""
    sets = [{"name": one.name, "kind": "EntitySet", "url": one.name} for one in SETS.values()]
    return {"@odata.context": f"{root}$metadata", "value": sets}


def collection(root: str, asked: Asked, answer: Answer) -> dict[str, Any]:
    """A page of a set, with the address of the next where there is more."""
    found: dict[str, Any] = {"@odata.context": context(root, asked.of, asked.select)}
    if answer.count is not None:
        found["@odata.count"] = answer.count
    found["value"] = [chosen(row, asked.select) for row in answer.rows]
    if not answer.is_last:
        words = {**asked.rest, "$skiptoken": answer.next}
        found["@odata.nextLink"] = f"{root}{asked.of.name}?{urlencode(words, quote_via=quote, safe='$,')}"
    return found


def entity(root: str, of: EntitySet, row: Row, select: tuple[str, ...]) -> dict[str, Any]:
    return {"@odata.context": f"{context(root, of, select)}/$entity", **chosen(row, select)}


def context(root: str, of: EntitySet, select: Sequence[str]) -> str:
    return f"{root}$metadata#{of.name}{'(' + ','.join(select) + ')' if select else ''}"


def chosen(row: Row, select: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in select} if select else dict(row)


def error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def as_csv(of: EntitySet, rows: Iterable[Row], select: Sequence[str]) -> bytes:
    """The rows as CSV (RFC 4180) in UTF-8, a heading first. What begins like a formula is written as text, so that no sheet reckons it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = list(select or of.names())
    writer.writerow(names)
    writer.writerows([_csv_value(row[name]) for name in names] for row in rows)
    return out.getvalue().encode()


def _csv_value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") and value != "-" else value
    return _plain(value) if isinstance(value, Decimal | date) else value
