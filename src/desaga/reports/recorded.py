"""What was recorded of a plan in a period, gathered for `drafting.py`; as many queries however large the plan is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from desaga.plans.models import Action, Plan, Update
from desaga.plans.queries.actions import actions_chased
from desaga.plans.queries.coverage import coverage, frameworks_for
from desaga.plans.queries.evidence import evidence_of
from desaga.plans.queries.measures import MeasureRead, measures_of_plan
from desaga.plans.queries.reporting import reporting_rule
from desaga.plans.queries.updates import stood_on
from desaga.reviews.models import Decision, Review
from desaga.reviews.states import Outcome, ReviewState

from .drafting import Counted, Covered, Decided, Recorded, Said, Shown, Told

HEAVY = ("source_rows", "how", "comments", "source_sheet")


def recorded_of(plan: Plan, starts_on: date, ends_on: date) -> Recorded:
    """All that a report of this period can be drafted from. Status and RAG are those of its last day; updates and decisions those of the period."""
    said, because = _said(plan, starts_on, ends_on), _because(plan, ends_on)
    rule = reporting_rule()
    rows = list(actions_chased(plan).select_related("theme").defer(*HEAVY).order_by("theme__order", "order"))
    stood = stood_on(plan, ends_on) if ends_on < timezone.localdate() else {}
    for one in rows:
        one.status, one.rag = stood.get(one.pk, (one.status, one.rag))
    actions = [_told(one, str(rule[one.status, one.rag]), said.get(one.pk, ()), because.get(one.pk)) for one in rows]
    return Recorded(
        starts_on=starts_on,
        ends_on=ends_on,
        actions=actions,
        measures=_measures(actions, measures_of_plan(plan)),
        decisions=_decisions(plan, starts_on, ends_on),
        meetings=_meetings(plan, starts_on, ends_on),
        evidence=evidence_in(plan, starts_on, ends_on),
        coverage=[one for one in map(partial(_covered, plan), frameworks_for(plan)) if one.answered],
        staff_word=plan.organisation.staff_word,
    )


def evidence_in(plan: Plan, starts_on: date, ends_on: date) -> list[Shown]:
    """The accepted pieces of evidence of a plan that were given in a period, each once, with the first action that it serves."""
    told: dict[int, Shown] = {}
    for one in evidence_of(plan, ends_on):
        piece = one.evidence
        if starts_on <= timezone.localtime(piece.given_at).date() <= ends_on:
            name = one.action.code or one.action.short_title
            shown = Shown(piece.pk, piece.title, piece.shows, piece.given_by, piece.is_technician_voice, name)
            told.setdefault(piece.pk, shown)
    return list(told.values())


def _said(plan: Plan, starts_on: date, ends_on: date) -> Mapping[int, Sequence[Said]]:
    """By action, what was said in the period; what came with the plan's document has no day and is left out."""
    first = timezone.make_aware(datetime.combine(starts_on, time.min))
    after = timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time.min))
    rows = Update.objects.filter(plan=plan, said_at__gte=first, said_at__lt=after, nothing_new=False)
    found: dict[int, list[Said]] = defaultdict(list)
    for one in rows.select_related("unit").order_by("said_at", "pk"):
        found[one.action_id].append(_update(one))
    return found


def _because(plan: Plan, ends_on: date) -> Mapping[int, Said]:
    """By action, what was last said until a day of why it does not go as it should and how it comes back."""
    after = timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time.min))
    rows = Update.objects.filter(plan=plan, said_at__lt=after).exclude(reason="", recovery="").select_related("unit")
    # Where nothing was new the same words stand again: the first who said them is the source.
    return {one.action_id: _update(one) for one in rows.exclude(nothing_new=True).order_by("said_at", "pk")}


def _update(one: Update) -> Said:
    assert one.said_at
    return Said(
        pk=one.pk,
        on=timezone.localtime(one.said_at).date(),
        unit=one.unit.name if one.unit else "",
        text=one.text,
        next_step=one.next_step,
        reason=one.reason,
        recovery=one.recovery,
        evidence=one.evidence,
        status=one.status,
    )


def _told(action: Action, reported: str, said: Sequence[Said], because: Said | None) -> Told:
    return Told(
        pk=action.pk,
        code=action.code,
        title=action.short_title,
        theme=action.theme.name if action.theme else "",
        status=action.status,
        rag=action.rag,
        reported=reported,
        when=action.when,
        last_day=action.last_day,
        said=tuple(said),
        because=because,
    )


def _measures(actions: Sequence[Told], read: Mapping[int, Sequence[MeasureRead]]) -> list[Counted]:
    """Where each measure stands now, with the day of its last reading."""
    return [
        Counted(one.measure.pk, action, one.measure.aim, one.stands_at, one.share, one.is_met)
        for action in actions
        for one in read.get(action.pk, ())
    ]


def _decisions(plan: Plan, starts_on: date, ends_on: date) -> list[Decided]:
    rows = Decision.objects.filter(review__plan=plan, review__meets_on__range=(starts_on, ends_on))
    rows = rows.exclude(review__state=ReviewState.CALLED_OFF).select_related("review")
    return [
        Decided(one.pk, one.review_id, one.review.meets_on, str(one.review), str(Outcome(one.outcome).label), one.text)
        for one in rows.order_by("review__meets_on", "written_at", "pk")
    ]


def _meetings(plan: Plan, starts_on: date, ends_on: date) -> int:
    return Review.objects.filter(plan=plan, state=ReviewState.HELD, meets_on__range=(starts_on, ends_on)).count()


def _covered(plan: Plan, framework: Any) -> Covered:
    held = coverage(plan, framework)
    return Covered(framework.name, held.answered, held.asked, [one.code for one in held.gaps])
