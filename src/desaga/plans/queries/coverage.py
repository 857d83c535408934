"""Which principles of a framework a plan's actions answer, and which none answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desaga.frameworks.shipped import shipped_frameworks

from ..models import Action, Alignment, Plan
from ..reading.alignments import shipped_as
from ..states import Basis
from .finding import natural

#: The strongest reason first: an action that answers a principle for several counts once, for the strongest.
STRENGTH = (Basis.CELL, Basis.THEME, Basis.CODE, Basis.SUGGESTED)


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
    """A principle with the actions that answer it, in the plan's order.

    Business as usual is apart where it is not counted; so are the actions of which it is only suggested.
    """

    code: str
    title: str
    is_optional: bool
    answers: Sequence[Answer]
    usual: Sequence[Answer] = ()
    suggested: Sequence[Answer] = ()

    @property
    def is_only_suggested(self) -> bool:
        """Neither answered nor a gap: somebody has yet to say."""
        return bool(self.suggested) and not self.answers

    @property
    def is_gap(self) -> bool:
        return not self.answers and not self.suggested and not self.is_optional


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
        return sum(1 for one in self.principles if one.answers or one.suggested or not one.is_optional)

    @property
    def answered(self) -> int:
        return sum(1 for one in self.principles if one.answers)

    @property
    def only_suggested(self) -> list[PrincipleCovered]:
        return [one for one in self.principles if one.is_only_suggested]


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
    """Frameworks that the plan's document spells out itself; a shipped one under whatever name keeps its own titles."""
    for sheet in plan.frameworks:
        if shipped_as(sheet["name"]):
            continue
        principles = [(p["code"], " ".join(p["text"].split()), False) for p in sheet["principles"]]
        yield FrameworkMeasured(sheet["name"], "as the plan’s own document has it", "", principles)


def coverage(plan: Plan, framework: FrameworkMeasured, *, with_usual: bool = False) -> Coverage:
    """Each principle of a framework with the actions that answer it; one query, however many actions there are."""
    answers = _answers(plan, framework.name)
    listed = list(framework.principles)
    known = {code for code, _, _ in listed}
    listed += [(code, "", False) for code in sorted(answers.keys() - known, key=natural)]
    principles = []
    for code, title, optional in listed:
        principles.append(_covered(code, title, optional, answers.get(code, ()), with_usual=with_usual))
    return Coverage(framework, principles, with_usual)


def _covered(code: str, title: str, optional: bool, told: Sequence[Answer], *, with_usual: bool) -> PrincipleCovered:
    counted = [one for one in told if with_usual or not one.is_usual]
    return PrincipleCovered(
        code,
        title,
        optional,
        answers=[one for one in counted if one.basis != Basis.SUGGESTED],
        usual=[one for one in told if one.is_usual and one.basis != Basis.SUGGESTED] if not with_usual else (),
        suggested=[one for one in counted if one.basis == Basis.SUGGESTED],
    )


def _answers(plan: Plan, name: str) -> dict[str, list[Answer]]:
    """By code, the actions that name it, each once for its strongest reason, in the plan's order."""
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
    told: dict[str, list[Answer]] = defaultdict(list)
    for (code, _), answer in best.items():
        told[code].append(answer)
    return told


def actions_in_matrix(plan: Plan, *, with_usual: bool) -> list[tuple[int, str, str]]:
    """The actions that stand in the matrix, in the plan's order: id, label, title."""
    rows = Action.objects.filter(plan=plan)
    if not with_usual:
        rows = rows.filter(business_as_usual=False)
    found = rows.order_by("business_as_usual", "theme__order", "order").values_list("pk", "code", "title")
    return [(pk, code, " ".join(title.split()) or "(no title)") for pk, code, title in found]


@dataclass(frozen=True, slots=True)
class Summed:
    """A framework in numbers: its principles that are answered, those of which it is only suggested, and all that ask."""

    framework: FrameworkMeasured
    answered: int
    only_suggested: int
    asked: int


def coverage_summary(plan: Plan, frameworks: Sequence[FrameworkMeasured], *, with_usual: bool = False) -> list[Summed]:
    """How much of each framework is answered; one query for all."""
    rows = Alignment.objects.filter(plan=plan)
    if not with_usual:
        rows = rows.filter(action__business_as_usual=False)
    answered: dict[str, set[str]] = defaultdict(set)
    suggested: dict[str, set[str]] = defaultdict(set)
    for name, code, basis in rows.order_by().values_list("framework", "code", "basis").distinct():
        (suggested if basis == Basis.SUGGESTED else answered)[name].add(code)
    return [_summed(one, answered[one.name], suggested[one.name]) for one in frameworks]


def _summed(framework: FrameworkMeasured, answered: set[str], suggested: set[str]) -> Summed:
    asked = {code for code, _, optional in framework.principles if not optional} | answered | suggested
    return Summed(framework, len(answered), len(suggested - answered), len(asked))
