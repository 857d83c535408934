"""What the actions of a plan may answer, worked out from their words and from what was said of others here. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from desaga.frameworks.models import Edition
from desaga.frameworks.queries.known import family_of, own_editions
from desaga.frameworks.shipped import Framework, shipped_frameworks
from desaga.frameworks.states import EditionState

from ..models import Action, Alignment, Plan, ProposalAnswer, StudyTheme
from ..proposing import ActionText, Asked, Example, FrameworkAsked, asked_of, propose
from ..proposing.documents import PROPOSED, action_texts
from ..proposing.model import has_vocabulary, worded
from ..proposing.vocabularies import vocabulary_of
from ..reading.alignments import shipped_as
from ..reading.words import key as name_key
from ..states import Basis, PlanState
from .finding import found, short

#: The themes of the sector study, of which each action has one at most.
STUDY = next(one for one in shipped_frameworks() if one.key == "themes")
#: These ask something of every signatory, named in a plan or not.
USUAL = ("technician-commitment", "talent")
#: So many principles of a framework are proposed for an action, and none that is worth less than this beside the best.
MOST, BESIDE_THE_BEST = 3, 0.6
MOST_THEMES = 2
#: Below this nothing is proposed: with words gathered by hand, and with a framework's own wording alone.
FROM, FROM_WORDING = 0.35, 0.2
#: So many actions that were answered are learnt from, the latest.
LEARNT_FROM = 400


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


@dataclass(frozen=True, slots=True)
class Proposed:
    """That an action may answer a principle: the action's words that made it so, and the actions of which it was said here."""

    action: int
    framework: Offered
    code: str
    because: tuple[str, ...]
    like: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """What a form calls it."""
        return f"{self.action} {self.framework.key} {self.code}"

    @property
    def anchor(self) -> str:
        return f"p-{self.action}-{self.framework.key}-{slugify(self.code)}"

    @property
    def title(self) -> str:
        return self.framework.titles.get(self.code, "")


# ---- Of which frameworks


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


# ---- What was said of other actions


def answers_of(plan: Plan) -> QuerySet[ProposalAnswer]:
    """What was said to proposals in a plan, the latest first."""
    return (
        ProposalAnswer.objects.filter(plan=plan).select_related("answered_by__person").order_by("-answered_at", "-pk")
    )


def _said(names: Collection[str]) -> list[tuple[int, str, str, bool]]:
    """All that the organisation has said of these frameworks: action, framework, code, and whether it holds.

    What holds is what actions are aligned with, however it came there; so what was accepted and then taken out by hand holds no more.
    """
    refused = ProposalAnswer.objects.filter(framework__in=names, is_accepted=False).order_by()
    aligned = Alignment.objects.filter(framework__in=names).exclude(basis=Basis.SUGGESTED).order_by()
    themed = StudyTheme.objects.order_by().values_list("action", "code") if STUDY.name in names else ()
    return [
        *((*row, True) for row in aligned.values_list("action", "framework", "code").distinct()),
        *((*row, False) for row in refused.values_list("action", "framework", "code")),
        *((action, STUDY.name, code, True) for action, code in themed),
    ]


def _examples(names: Collection[str]) -> dict[str, list[Example]]:
    """By framework, what was said of actions here; of the latest actions only, so that it stays quick."""
    said = _said(names)
    latest = sorted({action for action, *_ in said}, reverse=True)[:LEARNT_FROM]
    texts = texts_of(Action.objects.filter(pk__in=latest))
    told: dict[str, list[Example]] = defaultdict(list)
    for action, name, code, is_accepted in said:
        if action in texts:
            told[name].append(Example(texts[action], code, is_accepted, str(action)))
    return told


def texts_of(actions: QuerySet[Action]) -> dict[int, ActionText]:
    """What actions say, by their ids, without what they state of frameworks. Two queries."""
    rows = list(
        actions.order_by().select_related("theme", "plan").only(
            "code", "title", "how", "success", "theme__code", "theme__title", "plan__frameworks"
        )
    )  # fmt: skip
    by_plan: dict[int, list[Action]] = defaultdict(list)
    for row in rows:
        by_plan[row.plan_id].append(row)
    codes: dict[int, list[str]] = defaultdict(list)
    for plan, code in Action.objects.filter(plan__in=by_plan).order_by().values_list("plan", "code"):
        codes[plan].append(code)
    return {pk: text for plan, of_plan in by_plan.items() for pk, text in _texts(of_plan, codes[plan]).items()}


def _texts(rows: Sequence[Action], codes: Sequence[str]) -> dict[int, ActionText]:
    themes = {row.theme_id: row.theme for row in rows if row.theme}
    data = {
        "actions": [
            {
                "code": row.code,
                "title": row.title,
                "how": row.how,
                "success": row.success,
                "theme": row.theme and (row.theme.code or row.theme.title),
            }
            for row in rows
        ],
        "frameworks": rows[0].plan.frameworks,
        "themes": [{"code": theme.code, "title": theme.title} for theme in themes.values()],
    }
    return {row.pk: text for row, text in zip(rows, action_texts(data, codes), strict=True)}


# ---- What is proposed


def proposals_for(actions: Collection[int], frameworks: Sequence[Offered]) -> dict[int, list[Proposed]]:
    """For each action what is proposed of each framework, the best first; the number of queries is the same for all.

    What the action is aligned with already, if only as a suggestion, is left out, and so is what was answered. Of the study's
    themes none is proposed where the action has one.
    """
    pks = list(actions)
    texts = texts_of(Action.objects.filter(pk__in=pks))
    examples = _examples([one.name for one in frameworks])
    settled = _settled(pks)
    themed = set(StudyTheme.objects.filter(action__in=pks).values_list("action", flat=True))
    told: dict[int, list[Proposed]] = {pk: [] for pk in pks}
    for framework in frameworks:
        asked = [pk for pk in pks if pk in texts and not (framework.is_study and pk in themed)]
        for pk, proposed in _of_framework(framework, {pk: texts[pk] for pk in asked}, examples[framework.name]).items():
            told[pk] += [one for one in proposed if (pk, framework.name, one.code) not in settled]
    return told


def _of_framework(
    framework: Offered, texts: Mapping[int, ActionText], examples: Sequence[Example]
) -> dict[int, list[Proposed]]:
    itself = [str(pk) for pk in texts]
    found = propose(list(texts.values()), framework.asked, examples, itself)
    least = FROM if has_vocabulary(framework.asked) else FROM_WORDING
    proposed: dict[int, list[Proposed]] = {}
    for pk, suggestions in zip(texts, found, strict=True):
        best = suggestions[0].score if suggestions else 0.0
        kept = [one for one in suggestions if one.score >= max(least, BESIDE_THE_BEST * best)]
        most = MOST_THEMES if framework.is_study else MOST
        proposed[pk] = [Proposed(pk, framework, one.code, one.because, one.like) for one in kept[:most]]
    return proposed


def _settled(actions: Collection[int]) -> set[tuple[int, str, str]]:
    """What was said of these actions already, one way or the other."""
    aligned = Alignment.objects.filter(action__in=actions).order_by().values_list("action", "framework", "code")
    answered = ProposalAnswer.objects.filter(action__in=actions).order_by().values_list("action", "framework", "code")
    return {*aligned, *answered}


# ---- For the pages


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Of how many of a plan's actions anything was said to what is proposed."""

    done: int
    total: int


def looked_at(plan: Plan) -> LookedAt:
    done = ProposalAnswer.objects.filter(plan=plan).order_by().values("action").distinct().count()
    return LookedAt(done, Action.objects.filter(plan=plan).count())


def actions_to_look_at(plan: Plan, *, only_left: bool) -> QuerySet[Action]:
    """A plan's actions in its order, or only those of which nothing was said yet."""
    rows = Action.objects.filter(plan=plan).select_related("theme", "study_theme__said_by__person")
    if only_left:
        rows = rows.exclude(pk__in=ProposalAnswer.objects.filter(plan=plan).values("action"))
    return rows.order_by("order", "pk")


def answers_about(actions: Collection[int]) -> dict[int, list[ProposalAnswer]]:
    """What was said of each of these actions, the latest first; in one query."""
    told: dict[int, list[ProposalAnswer]] = defaultdict(list)
    rows = ProposalAnswer.objects.filter(action__in=actions).select_related("answered_by__person")
    for row in rows.order_by("-answered_at", "-pk"):
        told[row.action_id].append(row)
    return told


def last_answers(plan: Plan, user: Any) -> list[int]:
    """What somebody answered with their last press, as ids."""
    mine = ProposalAnswer.objects.filter(plan=plan, answered_by=user).order_by("-answered_at")
    last = mine.values_list("answered_at", flat=True).first()
    return list(mine.filter(answered_at=last).values_list("pk", flat=True)) if last else []


def names_of_actions(pks: Iterable[str], plan: Plan) -> dict[str, str]:
    """What to call these actions in a sentence: by code or in short, and of which plan where that is another."""
    rows = Action.objects.filter(pk__in={int(pk) for pk in pks}).select_related("plan")
    return {
        str(row.pk): (row.code or f"“{short(row.title, 50)}”")
        + (f" of {short(row.plan.title, 50)}" if row.plan_id != plan.pk else "")
        for row in rows.only("code", "title", "plan__title")
    }


def study_themes() -> list[tuple[str, str]]:
    """The themes of the sector study by code and title, in their order."""
    return [(one.code, one.title) for one in STUDY.principles]


def action_to_look_at(plan: Plan, pk: int) -> Action:
    """One action of a plan with what its proposals' page shows, or 404."""
    return found(actions_to_look_at(plan, only_left=False), pk=pk)


def study_theme_of(action: Action) -> str:
    """The title of the study's theme that an action has been said to belong to; "" where nobody has said."""
    said = getattr(action, "study_theme", None)
    return dict(study_themes()).get(said.code, said.code) if said else ""
