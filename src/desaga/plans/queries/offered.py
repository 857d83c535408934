"""Of which frameworks principles are proposed for a plan's actions. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desaga.frameworks.models import Edition
from desaga.frameworks.queries.known import family_of, own_editions
from desaga.frameworks.shipped import Framework, shipped_frameworks
from desaga.frameworks.states import EditionState

from ..models import Alignment, Plan
from ..proposing import Asked, FrameworkAsked, asked_of
from ..proposing.documents import PROPOSED
from ..proposing.model import has_vocabulary, worded
from ..proposing.vocabularies import vocabulary_of
from ..reading.alignments import shipped_as
from ..reading.words import key as name_key
from ..states import PlanState

#: The themes of the sector study, of which each action has one at most.
STUDY = next(one for one in shipped_frameworks() if one.key == "themes")
#: These ask something of every signatory, named in a plan or not.
USUAL = ("technician-commitment", "talent")


@dataclass(frozen=True, slots=True)
class Offered:
    """A framework of which principles are proposed. `key` is what addresses and forms call it."""

    key: str
    name: str
    asked: FrameworkAsked
    is_own: bool = False

    @property
    def is_study(self) -> bool:
        """Whether these are the themes of the sector study, of which an action has one."""
        return self.key == STUDY.key

    @property
    def titles(self) -> dict[str, str]:
        return {one.code: "" if one.title == one.code else one.title for one in self.asked.principles}


def frameworks_offered(plan: Plan, *, with_drafts: bool = True) -> list[Offered]:
    """The frameworks that the organisation uses: named by its plans, its own, and the study's themes last.

    Of a framework with several editions the newest that is in use or named; the Commitment's pillars and TALENT always. In a
    plan that is closed only the themes are asked for: they say where it stood, and change nothing in it.
    """
    study = _shipped_offer(STUDY, {})
    if plan.state == PlanState.CLOSED:
        return [study]
    named = set(Alignment.objects.order_by().values_list("framework", flat=True).distinct())
    shipped = [one for one in shipped_frameworks() if one.kind in PROPOSED and has_vocabulary(asked_of(one))]
    used = _latest([one for one in shipped if one.key in USUAL]) | _latest(one for one in shipped if one.name in named)
    own = _own_offers(own_editions(), with_drafts=with_drafts)
    printed, sheets = _printed_in(plan)
    kept = {name_key(one.name) for one in own}
    own += [one for one in sheets if name_key(one.name) not in kept]
    return [*(_shipped_offer(used[family], printed) for family in sorted(used)), *own, study]


def _printed_in(plan: Plan) -> tuple[dict[str, dict[str, str]], list[Offered]]:
    """What the plan's own document spells out: the wording of shipped frameworks by family, and frameworks that are its alone."""
    printed: dict[str, dict[str, str]] = {}
    sheets = []
    for number, sheet in enumerate(plan.frameworks):
        told = {one["code"]: " ".join(one["text"].split()) for one in sheet["principles"]}
        if shipped := shipped_as(sheet["name"]):
            printed[shipped.family] = told
        elif told:
            asked = FrameworkAsked(sheet["name"], tuple(Asked(code, "", text) for code, text in told.items()))
            sheets.append(Offered(f"sheet-{number}", sheet["name"], asked, is_own=True))
    return printed, sheets


def _latest(shipped: Iterable[Framework]) -> dict[str, Framework]:
    """Of each family the latest of these."""
    return {one.family: one for one in sorted(shipped, key=lambda one: one.is_current)}


def _shipped_offer(one: Framework, printed: Mapping[str, Mapping[str, str]]) -> Offered:
    return Offered(one.key, one.name, worded(asked_of(one), printed.get(one.family, {})))


def _own_offers(editions: Mapping[int, Edition], *, with_drafts: bool) -> list[Offered]:
    """One edition of each of the organisation's own frameworks: the one in use, or else a draft."""
    states = (EditionState.DRAFT, EditionState.IN_USE) if with_drafts else (EditionState.IN_USE,)
    by_family: dict[str, Edition] = {}
    for state in states:
        by_family |= {family_of(one, editions): one for one in editions.values() if one.state == state}
    rows = sorted(by_family.items(), key=lambda item: item[1].name.casefold())
    return [_own_offer(one, family) for family, one in rows if one.principles.all()]


def _own_offer(one: Edition, family: str) -> Offered:
    principles = tuple(Asked(row.code, row.title, " ".join([row.text, *row.names])) for row in one.principles.all())
    vocabulary = family if _speaks_of(family, {row.code for row in principles}) else ""
    return Offered(one.key, one.name, FrameworkAsked(one.name, principles, vocabulary), is_own=True)


@lru_cache(maxsize=64)
def _codes_of(vocabulary: str) -> frozenset[str]:
    return vocabulary_of(vocabulary).principles


def _speaks_of(family: str, codes: set[str]) -> bool:
    """Whether the words gathered for a family of frameworks are those of an edition's principles, most of them."""
    return 2 * len(_codes_of(family) & codes) > len(codes)
