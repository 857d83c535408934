"""What the actions of a plan may answer, worked out from their words and from what was said of others here. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from ..models import Action, Alignment, Plan, ProposalAnswer, StudyTheme
from ..proposing import ActionText, Example, propose
from ..proposing.documents import action_texts
from ..proposing.model import has_vocabulary
from ..states import Basis
from .finding import found, short
from .offered import STUDY, Offered

#: So many principles of a framework are proposed for an action, and none that is worth less than this beside the best.
MOST, BESIDE_THE_BEST = 3, 0.6
MOST_THEMES = 2
#: Below this nothing is proposed: with words gathered by hand, and with a framework's own wording alone.
FROM, FROM_WORDING = 0.35, 0.2
#: So many actions that were answered are learnt from, the latest.
LEARNT_FROM = 400


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
