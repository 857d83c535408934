"""Which principles of a framework a plan's actions answer, and which none answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desaga.frameworks.shipped import shipped_frameworks

from ..models import Action, Alignment, Plan
from ..states import Basis
from .finding import natural

#: The strongest reason first: an action that answers a principle for several counts once, for the strongest.
STRENGTH = (Basis.CELL, Basis.THEME, Basis.CODE)


@dataclass(frozen=True, slots=True)
class FrameworkMeasured:
    """A framework that a plan can be held against: one dated edition, shipped or of the plan's own document."""

    name: str
    version: str
    source: str
    principles: Sequence[tuple[str, str, bool]]
    """Code, title and whether it is optional."""


@dataclass(frozen=True, slots=True)
class Answer:
    """That an action answers a principle, and for what reason we think so."""

    action: int
    label: str
    title: str
    basis: str
    is_usual: bool
    order: int


@dataclass(frozen=True, slots=True)
class PrincipleCovered:
    """A principle with the actions that answer it, in the plan's order; business as usual is apart where it is not counted."""

    code: str
    title: str
    is_optional: bool
    answers: Sequence[Answer]
    usual: Sequence[Answer] = ()

    @property
    def is_gap(self) -> bool:
        return not self.answers and not self.is_optional


@dataclass(frozen=True, slots=True)
class Coverage:
    """A plan held against one framework."""

    framework: FrameworkMeasured
    principles: Sequence[PrincipleCovered]
    counts_usual: bool = False

    @property
    def gaps(self) -> list[PrincipleCovered]:
        return [one for one in self.principles if one.is_gap]

    @property
    def asked(self) -> int:
        """How many principles ask for an answer: all but the optional ones that none answers."""
        return sum(1 for one in self.principles if one.answers or not one.is_optional)

    @property
    def answered(self) -> int:
        return sum(1 for one in self.principles if one.answers)


def frameworks_for(plan: Plan) -> list[FrameworkMeasured]:
    """What a plan can be held against: those that its actions name first, then the other shipped ones and its own."""
    named = list(
        Alignment.objects.filter(plan=plan).order_by("framework").values_list("framework", flat=True).distinct()
    )
    known = {one.name: one for one in [*_of_document(plan), *_shipped()]}
    for name in named:
        if name and name not in known:
            known[name] = FrameworkMeasured(name, "", "", ())
    return sorted(known.values(), key=lambda one: (one.name not in named, one.name.casefold()))


def _shipped() -> Iterable[FrameworkMeasured]:
    for one in shipped_frameworks():
        principles = [(p.code, p.title, p.optional) for p in one.principles]
        yield FrameworkMeasured(one.name, one.version, one.source, principles)


def _of_document(plan: Plan) -> Iterable[FrameworkMeasured]:
    """Frameworks that the plan's document spells out itself; the shipped ones keep their own titles."""
    for sheet in plan.frameworks:
        principles = [(p["code"], " ".join(p["text"].split()), False) for p in sheet["principles"]]
        yield FrameworkMeasured(sheet["name"], "as the plan’s own document has it", "", principles)


@dataclass
class _Told:
    chased: list[Answer] = field(default_factory=list)
    usual: list[Answer] = field(default_factory=list)


def coverage(plan: Plan, framework: FrameworkMeasured, *, with_usual: bool = False) -> Coverage:
    """Each principle of a framework with the actions that answer it; one query, however many actions there are."""
    answers = _answers(plan, framework.name)
    listed = list(framework.principles)
    known = {code for code, _, _ in listed}
    listed += [(code, "", False) for code in sorted(answers.keys() - known, key=natural)]
    principles = []
    for code, title, optional in listed:
        told = answers.get(code, _Told())
        counted = sorted([*told.chased, *told.usual], key=lambda one: one.order) if with_usual else told.chased
        principles.append(PrincipleCovered(code, title, optional, counted, () if with_usual else told.usual))
    return Coverage(framework, principles, with_usual)


def _answers(plan: Plan, name: str) -> dict[str, _Told]:
    rows = (
        Alignment.objects.filter(plan=plan, framework=name)
        .order_by("action__order")
        .values_list(
            "code", "basis", "action_id", "action__code", "action__title", "action__business_as_usual", "action__order"
        )
    )
    best: dict[tuple[str, int], Answer] = {}
    for code, basis, action, label, title, usual, order in rows:
        known = best.get((code, action))
        if known is None or STRENGTH.index(Basis(basis)) < STRENGTH.index(Basis(known.basis)):
            words = " ".join(title.split()) or "(no title)"
            best[code, action] = Answer(action, label or words[:40], words, basis, usual, order)
    told: dict[str, _Told] = defaultdict(_Told)
    for (code, _), answer in best.items():
        (told[code].usual if answer.is_usual else told[code].chased).append(answer)
    return told


def actions_in_matrix(plan: Plan, *, with_usual: bool) -> list[tuple[int, str, str]]:
    """The actions that stand in the matrix, in the plan's order: id, label, title."""
    rows = Action.objects.filter(plan=plan)
    if not with_usual:
        rows = rows.filter(business_as_usual=False)
    found = rows.order_by("business_as_usual", "theme__order", "order").values_list("pk", "code", "title")
    return [(pk, code, " ".join(title.split()) or "(no title)") for pk, code, title in found]


def coverage_summary(
    plan: Plan, frameworks: Sequence[FrameworkMeasured], *, with_usual: bool = False
) -> list[tuple[FrameworkMeasured, int, int]]:
    """For each framework how many of its principles are answered, of how many that ask for it; one query for all."""
    rows = Alignment.objects.filter(plan=plan)
    if not with_usual:
        rows = rows.filter(action__business_as_usual=False)
    answered: dict[str, set[str]] = defaultdict(set)
    for name, code in rows.order_by().values_list("framework", "code").distinct():
        answered[name].add(code)
    found = []
    for one in frameworks:
        codes = answered[one.name]
        asked = {code for code, _, optional in one.principles if not optional} | codes
        found.append((one, len(codes), len(asked)))
    return found
