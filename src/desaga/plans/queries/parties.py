"""Who carries what of a plan, and whom its words do not yet tell. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Func, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Lower, Trim

from desaga.organisations.models import GroupMembership, Party, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role

from ..models import Action, ActionOwner, Plan, RememberedChoice, late_on, still_to_do
from ..reading.words import key
from ..states import SETTLED, ChoiceKind, OwnerRole
from .actions import SOON
from .finding import found

NUMBERS = ("leads", "helps", "oversees", "going", "overdue", "soon", "settled", "usual")


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody carries of a plan, in actions: `leads`, `helps`, `oversees` and `going` are those still to do, of which some are
    `overdue` or due `soon`; `settled` are complete or stopped, `usual` business as usual. An action counts once in each number.

    `party` is None where nobody has said yet who `words` are; then `owner` is one of the rows that say them.
    """

    party: Party | None
    words: str
    owner: int | None
    leads: int = 0
    helps: int = 0
    oversees: int = 0
    going: int = 0
    overdue: int = 0
    soon: int = 0
    settled: int = 0
    usual: int = 0

    @property
    def name(self) -> str:
        return self.party.name if self.party else self.words


def said_once() -> Any:
    """The words by which an owner is known, however written: the code, else the text, on one line and in lower case."""
    one_line = Func(
        words_said(), Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return Lower(Trim(one_line))


def words_said() -> Any:
    return Case(When(code="", then=F("text")), default=F("code"), output_field=TextField())


def loads_of(plan: Plan, today: date) -> list[Load]:
    """Everybody whom a plan names: first those who are only words, then the parties; who has most to do first."""
    owners = ActionOwner.objects.filter(plan=plan).order_by()
    unresolved = owners.filter(party=None).annotate(said=said_once()).values("said")
    words = unresolved.annotate(shown=Min(words_said()), owner=Min("pk"), **_numbers(today))
    known = owners.exclude(party=None).values("party").annotate(**_numbers(today))
    parties = Party.objects.select_related("person", "unit", "group").in_bulk([row["party"] for row in known])
    loads = [Load(None, " ".join(row["shown"].split()), row["owner"], **_only_numbers(row)) for row in words]
    loads += [Load(parties[row["party"]], "", None, **_only_numbers(row)) for row in known]
    return sorted(loads, key=lambda one: (one.party is not None, -one.going, one.name.casefold()))


def _numbers(today: date) -> dict[str, Any]:
    chased = Q(action__business_as_usual=False)
    going = still_to_do("action__")

    def of(condition: Q) -> Count:
        return Count("action", filter=condition, distinct=True)

    return {
        "leads": of(going & Q(role=OwnerRole.LEAD)),
        "helps": of(going & Q(role=OwnerRole.SUPPORT)),
        "oversees": of(going & Q(role=OwnerRole.OVERSIGHT)),
        "going": of(going),
        "overdue": of(late_on(today, "action__")),
        "soon": of(going & Q(action__last_day__gte=today, action__last_day__lte=today + SOON)),
        "settled": of(chased & Q(action__status__in=SETTLED)),
        "usual": of(Q(action__business_as_usual=True)),
    }


def _only_numbers(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in NUMBERS}


def owner_of(plan: Plan, pk: int) -> ActionOwner | None:
    """A row that says who carries an action, with `said`, its words as `said_once` has them; None where it is gone."""
    return ActionOwner.objects.filter(plan=plan, pk=pk).annotate(said=said_once()).first()


def owners_saying(plan: Plan, said: str, party: Party | None) -> QuerySet[ActionOwner]:
    """All rows of a plan with the same words, of a party or, for None, of nobody yet."""
    return ActionOwner.objects.filter(plan=plan, party=party).annotate(said=said_once()).filter(said=said)


def parties_to_choose() -> QuerySet[Party]:
    """The parties in use, by name."""
    return Party.objects.filter(retired_on=None)


def party_of(plan: Plan, pk: int) -> Party:
    """A party that a plan names, or 404."""
    named = ActionOwner.objects.filter(plan=plan).values("party")
    return found(Party.objects.select_related("person", "unit", "group").filter(pk__in=named), pk=pk)


def carried_actions(plan: Plan, party: Party) -> QuerySet[Action]:
    """What a party carries of a plan, what is due first, business as usual last, with `as_roles`: the roles it has in each."""
    roles = ArrayAgg("owners__role", filter=Q(owners__party=party), distinct=True)
    rows = Action.objects.filter(plan=plan, owners__party=party).annotate(as_roles=roles)
    return rows.order_by("business_as_usual", F("last_day").asc(nulls_last=True), "order").defer(
        "how", "success", "comments", "source_rows"
    )


def words_for(plan: Plan, party: Party) -> list[tuple[str, int, int]]:
    """The words by which a plan means a party: as written, how many actions say so, and a row that says them."""
    rows = ActionOwner.objects.filter(plan=plan, party=party).order_by().annotate(said=said_once()).values("said")
    told = rows.annotate(shown=Min(words_said()), owner=Min("pk"), number=Count("action", distinct=True))
    return sorted((" ".join(r["shown"].split()), r["number"], r["owner"]) for r in told)


def parties_standing_for(person_id: int) -> QuerySet[Party]:
    """The current organisation's parties that mean a person: by name, through a seat in a group, or as lead of a unit."""
    seats = GroupMembership.objects.filter(current_on(), person=person_id)
    led = RoleAssignment.objects.filter(current_on(), person=person_id, role=Role.UNIT_LEAD).exclude(unit=None)
    meant = Q(person=person_id) | Q(group__in=seats.values("group")) | Q(unit__in=led.values("unit"))
    return Party.objects.filter(meant, retired_on=None)


class PartiesKnown:
    """Whom words mean: the parties in use, by what was said of the words, by code and by name, whatever their case.

    Given a plan, what its words were said to mean there goes before. `used` are the keys of remembered names that were of use.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        self.used: set[str] = set()
        self._by_code: dict[str, Party] = {}
        self._by_name: dict[str, Party] = {}
        self._by_id: dict[int, Party] = {}
        for party in parties_to_choose():
            self.note(party)
        self._of_plan = words_resolved(plan) if plan else {}
        self._said = self._remembered()

    def find(self, *, code: str | None, text: str) -> Party | None:
        """Whom the plan's words mean; else who was said to be meant by them; else the party of this code or very name."""
        if of_plan := self._of_plan.get(same_words(code or text)):
            return of_plan
        if said := self._said.get(words := key(code or text)):
            self.used.add(words)
            return said
        if code:
            return self._by_code.get(same_words(code)) or self._by_name.get(same_words(code))
        return self._by_name.get(same_words(text)) or self._by_code.get(same_words(text))

    def note(self, party: Party) -> None:
        """Know a party from now on."""
        self._by_id[party.pk] = party
        self._by_name[same_words(party.name)] = party
        if party.code:
            self._by_code[same_words(party.code)] = party

    def has_name(self, name: str) -> bool:
        return same_words(name) in self._by_name

    def _remembered(self) -> dict[str, Party]:
        said = RememberedChoice.objects.filter(kind=ChoiceKind.NAME).order_by().values_list("key", "party_id")
        return {words: self._by_id[party] for words, party in said if party in self._by_id}


def words_resolved(plan: Plan) -> dict[str, Party]:
    """Whom the words of a plan mean, as far as that was said, by the words."""
    rows = ActionOwner.objects.filter(plan=plan, party__retired_on=None).exclude(party=None).order_by()
    told = rows.values_list("code", "text", "party").distinct()
    parties = Party.objects.in_bulk([party for _, _, party in told])
    return {same_words(code or text): parties[party] for code, text, party in told}


def same_words(text: str) -> str:
    """Words on one line and in lower case, to compare them."""
    return " ".join(text.split()).casefold()
