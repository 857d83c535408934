"""Which principles of a framework a plan's actions answer, and which none answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desaga.frameworks.queries import FrameworkKnown, frameworks_known

from ..following import STRENGTH
from ..models import Action, Alignment, Plan
from ..reading.alignments import shipped_as
from ..states import Basis
from .finding import natural


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

    framework: FrameworkKnown
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


def frameworks_for(plan: Plan) -> list[FrameworkKnown]:
    """What a plan can be held against: those that its actions name first, then the others that are known and its own.

    An edition that was replaced is among them only where actions name it.
    """
    named = list(
        Alignment.objects.filter(plan=plan).order_by("framework").values_list("framework", flat=True).distinct()
    )
    listed = [one for one in frameworks_known() if one.is_current or one.name in named]
    known = {one.name: one for one in [*_of_document(plan), *listed]}
    for name in named:
        if name and name not in known:
            known[name] = FrameworkKnown(name, "", "", "")
    return sorted(known.values(), key=lambda one: (one.name not in named, one.name.casefold()))


def _of_document(plan: Plan) -> Iterable[FrameworkKnown]:
    """Frameworks that the plan's document spells out itself; a shipped one under whatever name keeps its own titles."""
    for sheet in plan.frameworks:
        if shipped_as(sheet["name"]):
            continue
        principles = tuple((p["code"], " ".join(p["text"].split()), False) for p in sheet["principles"])
        yield FrameworkKnown(sheet["name"], "", "as the plan’s own document has it", "", principles)


@dataclass(frozen=True, slots=True)
class Family:
    """The editions of one framework, the newest first."""

    label: str
    editions: Sequence[FrameworkKnown]


def families_of(frameworks: Sequence[FrameworkKnown]) -> list[Family]:
    """Editions of one framework together, in the order in which the first of each comes."""
    grouped: dict[str, list[FrameworkKnown]] = defaultdict(list)
    for one in frameworks:
        grouped[one.family or one.name].append(one)
    families = [sorted(editions, key=_age) for editions in grouped.values()]
    return [Family(f"{one[0].name}, {len(one)} editions", one) for one in families]


def _age(one: FrameworkKnown) -> tuple[bool, int]:
    """The newest first: an organisation's own editions follow one another as they were begun, and follow shipped ones."""
    return (not one.is_own, -int(one.key.rpartition("-")[2])) if one.is_own else (True, int(not one.is_current))


def editions_wanted(
    frameworks: Sequence[FrameworkKnown], old: str | None, new: str | None
) -> tuple[FrameworkKnown, FrameworkKnown] | None:
    """An older and a newer edition of one framework, as asked for or else the nearest; None where none has two."""
    families = [one.editions for one in families_of(frameworks) if len(one.editions) > 1]
    if not families:
        return None
    editions = next((f for f in families if new in [one.name for one in f]), families[0])
    newer = next((one for one in editions[:-1] if one.name == new), editions[0])
    before = editions[editions.index(newer) + 1 :]
    return next((one for one in before if one.name == old), before[0]), newer


def coverage(plan: Plan, framework: FrameworkKnown, *, with_usual: bool = False) -> Coverage:
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

    framework: FrameworkKnown
    answered: int
    only_suggested: int
    asked: int


def coverage_summary(plan: Plan, frameworks: Sequence[FrameworkKnown], *, with_usual: bool = False) -> list[Summed]:
    """How much of each framework is answered; one query for all."""
    rows = Alignment.objects.filter(plan=plan)
    if not with_usual:
        rows = rows.filter(action__business_as_usual=False)
    answered: dict[str, set[str]] = defaultdict(set)
    suggested: dict[str, set[str]] = defaultdict(set)
    for name, code, basis in rows.order_by().values_list("framework", "code", "basis").distinct():
        (suggested if basis == Basis.SUGGESTED else answered)[name].add(code)
    return [_summed(one, answered[one.name], suggested[one.name]) for one in frameworks]


def _summed(framework: FrameworkKnown, answered: set[str], suggested: set[str]) -> Summed:
    asked = {code for code, _, optional in framework.principles if not optional} | answered | suggested
    return Summed(framework, len(answered), len(suggested - answered), len(asked))
