"""The orders in which a table of actions can be read, both ways. Business as usual stands last."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Func, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Lower, NullIf, Trim

from ..models import Action, ActionOwner, Alignment
from ..states import Basis, Rag, Reported, Status
from .actions import open_doubts
from .parties import words_said
from .reporting import reporting_rule

#: The plan's own order: theme by theme, as its document has it.
OWN_ORDER = ("business_as_usual", "theme__order", "order")


def in_order(actions: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """Actions of one plan by a column of their table ("due", or "-due" backwards); by the plan's own order for "".

    What has nothing in that column stands last both ways.
    """
    return actions.order_by(*(("business_as_usual", by(sort), "order") if sort else OWN_ORDER))


def by(sort: str) -> Any:
    """The expression for a column's order; raises KeyError for a column that has none."""
    key = KEYS[sort.removeprefix("-")]()
    return key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)


def natural_order(text: Any) -> Any:
    """Text to be sorted as people count: "R2" before "R10". Every number is written with eight digits; "" is NULL."""
    wide = _replaced(Lower(Trim(text)), r"(\d+)", r"00000000\1")
    return NullIf(_replaced(wide, r"\d*(\d{8})", r"\1"), Value(""), output_field=TextField())


def _replaced(text: Any, pattern: str, by_: str) -> Func:
    return Func(text, Value(pattern), Value(by_), Value("g"), function="regexp_replace", output_field=TextField())


def _ranked(field: str, values: Any) -> Any:
    """The place of a value in its enumeration; NULL for none."""
    whens = [When(**{field: value}, then=Value(at)) for at, value in enumerate(values)]
    return Case(*whens, default=None, output_field=IntegerField())


def _reported() -> Any:
    """The place of what an action is reported as, by the organisation's rule; NULL where nothing was said of it."""
    places = {one: at for at, one in enumerate(Reported) if one != Reported.NOT_SAID}
    whens = [
        When(status=status, rag=rag, then=Value(places[one]))
        for (status, rag), one in reporting_rule().items()
        if one in places
    ]
    return Case(*whens, default=None, output_field=IntegerField())


def _first_owner() -> Any:
    owners = ActionOwner.objects.filter(action=OuterRef("pk")).order_by("order")
    return Subquery(owners.annotate(said=Lower(words_said())).values("said")[:1])


def _first_answer() -> Any:
    rows = Alignment.objects.filter(action=OuterRef("pk")).exclude(basis=Basis.SUGGESTED).order_by("order")
    return Subquery(rows.annotate(said=natural_order("code")).values("said")[:1])


KEYS = {
    "code": lambda: natural_order("code"),
    "title": lambda: NullIf(Lower(Trim("title")), Value(""), output_field=TextField()),
    "theme": lambda: F("theme__order"),
    "who": _first_owner,
    "due": lambda: F("last_day"),
    "answers": _first_answer,
    "status": lambda: _ranked("status", Status.values),
    "rag": lambda: _ranked("rag", Rag.values),
    "reported": _reported,
    "doubts": lambda: NullIf(open_doubts(), Value(0)),
}
SORTS = ("", *KEYS, *(f"-{name}" for name in KEYS))
