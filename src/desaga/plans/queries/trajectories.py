"""What became of a plan's actions by theme, by framework and by theme of the sector study. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from ..models import Action, Alignment, Lineage, Plan, StudyTheme, TrajectoryRule
from ..states import Basis
from ..trajectories import Ended, Metrics, metrics_of, rule_from, whole_of
from .finding import natural
from .proposals import study_themes

WITHOUT_THEME, WITHOUT_FRAMEWORK = "Without a theme", "No known framework"
BY_THEME, BY_FRAMEWORK, BY_STUDY = "theme", "framework", "study"


@dataclass(frozen=True)
class Trajectories:
    """The metrics of each group and of the whole. `frameworks` are those that can be looked at principle by principle."""

    by: str
    framework: str
    groups: Mapping[str, Metrics]
    whole: Metrics
    frameworks: list[str]
    has_study_themes: bool


def trajectory_rule() -> dict[str, str]:
    """The current organisation's rule, whole."""
    return rule_from(TrajectoryRule.objects.values_list("changed", flat=True).first() or {})


def study_themes_of(plan: Plan) -> Mapping[int, str]:
    """Which of the sector study's 26 themes each action has, by its id; none where nobody has said so."""
    titles = dict(study_themes())
    chosen = StudyTheme.objects.filter(plan=plan).values_list("action_id", "code")
    return {pk: titles.get(code, code) for pk, code in chosen}


def trajectories_of(plan: Plan, by: str = "", framework: str = "") -> Trajectories:
    """What became of a plan's actions; `framework` asks principle by principle. Five queries, however many actions there are."""
    rule, rows = trajectory_rule(), list(_rows(plan))
    aligned, study = _aligned(plan), study_themes_of(plan)
    frameworks = sorted({name for told in aligned.values() for name, _ in told if name})
    by = _wanted(by, framework, frameworks, study)

    def groups_of(pk: int, theme: str) -> tuple[str, ...]:
        if by == BY_STUDY:
            return (study[pk],) if pk in study else ()
        if by == BY_THEME:
            return (theme or WITHOUT_THEME,)
        if framework in frameworks:
            return tuple(code for name, code in aligned.get(pk, ()) if name == framework)
        return tuple(name or WITHOUT_FRAMEWORK for name, _ in aligned.get(pk, ()))

    ended = [Ended(groups_of(pk, theme), completion, fate) for pk, theme, completion, fate, _ in rows]
    found = metrics_of(ended, rule)
    whole = whole_of(ended, rule)
    if any(came for *_, came in rows):
        _count_new(found, whole, [(one.groups, came) for one, (*_, came) in zip(ended, rows, strict=True)])
    in_order = found if by == BY_THEME else {name: found[name] for name in sorted(found, key=natural)}
    return Trajectories(by, framework if framework in frameworks else "", in_order, whole, frameworks, bool(study))


def _wanted(by: str, framework: str, frameworks: list[str], study: Mapping[int, str]) -> str:
    if framework in frameworks or by == BY_FRAMEWORK:
        return BY_FRAMEWORK
    return BY_STUDY if by == BY_STUDY and study else BY_THEME


def _count_new(found: Mapping[str, Metrics], whole: Metrics, rows: list[tuple[tuple[str, ...], bool]]) -> None:
    """Actions that came from none of an earlier plan; asked only of a plan of which some did."""
    for groups, came in rows:
        if not came:
            whole.new += 1
            for group in dict.fromkeys(groups):
                found[group].new += 1


def _rows(plan: Plan) -> list[tuple[int, str, str, str, bool]]:
    """Of each action: id, theme, completion, fate, whether it came from another."""
    came = Exists(Lineage.objects.filter(later=OuterRef("pk")))
    rows = Action.objects.filter(plan=plan).select_related("theme", "outcome").annotate(came=came)
    rows = rows.order_by("theme__order", "order").only(
        "plan_id", "theme__code", "theme__title", "outcome__completion", "outcome__fate"
    )
    told = []
    for one in rows:
        outcome = getattr(one, "outcome", None)
        theme = one.theme.name if one.theme else ""
        told.append((one.pk, theme, outcome.completion if outcome else "", outcome.fate if outcome else "", one.came))
    return told


def _aligned(plan: Plan) -> dict[int, list[tuple[str, str]]]:
    """What each action answers, suggestions left out: framework and code."""
    rows = Alignment.objects.filter(plan=plan).exclude(basis=Basis.SUGGESTED).order_by("action_id", "order")
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for action, framework, code in rows.values_list("action_id", "framework", "code"):
        told[action].append((framework, code))
    return told
