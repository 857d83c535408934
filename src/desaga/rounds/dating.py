"""What else a person's calendar holds: stages, measures, business as usual to look at again, terms of reference to review.

Each for those who see it in My work: stages and measures of the actions that one carries, the rest for whoever keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from desaga.governance.queries import groups
from desaga.plans.dates import last_day, precision_of, said
from desaga.plans.models import Action, Measure, Milestone
from desaga.plans.queries.usual import usual_looked_at
from desaga.plans.rechecking import a_year_after

from .calendars import Dated
from .queries import HEAVY, actions_going, uid_of


def dates_of_parts(user: Any, organisation: Any) -> Iterator[Dated]:
    """When stages of the actions that a person carries end, and by when their measures are to be reached.

    Stages are written anew whenever an action is changed, so that one is known by its place.
    """
    going = {action.pk: action for action in actions_going(user.person_id)}
    for stage in Milestone.objects.filter(action__in=going).exclude(ends=""):
        action, by = going[stage.action_id], said(stage.ends)
        when = "Stage due" if precision_of(stage.ends) == "day" else f"By the end of {by}"
        yield from _dated(f"stage-{action.pk}", stage.order, stage.ends, f"{when}: {stage.label}", action, organisation)
    for measure in Measure.objects.filter(action__in=going, ended_at=None).exclude(due=""):
        action = going[measure.action_id]
        yield from _dated("measure", measure.pk, measure.due, f"To be reached: {measure.aim}", action, organisation)


def _dated(kind: str, pk: int, by: str, summary: str, action: Action, organisation: Any) -> Iterator[Dated]:
    """Nothing where the calendar does not have the day."""
    on = last_day(by)
    if on:
        action.organisation = organisation
        url = f"{settings.SITE_ADDRESS}{action.get_absolute_url()}"
        words = f"{action.code} {action.short_title}, {action.plan.title}, {organisation.name}".strip()
        yield Dated(uid_of(kind, pk), on, " ".join(summary.split())[:200], words, url, action.changed_at)


def dates_of_usual(user: Any, organisation: Any) -> Iterator[Dated]:
    """When business as usual is to be looked at again, for whoever runs the programme: one entry for each plan and day."""
    if not user.has_perm("plans.edit_plan", organisation):
        return
    found: dict[tuple[int, date], list[Action]] = defaultdict(list)
    rows = usual_looked_at().filter(went_on=False, plan__organisation=organisation).order_by("pk")
    for action in rows.select_related("plan").defer(*HEAVY, "success"):
        found[action.plan_id, a_year_after(action.looked_at)].append(action)
    for (plan_pk, on), actions in found.items():
        yield _of_usual(plan_pk, on, actions, organisation)


def _of_usual(plan_pk: int, on: date, actions: Sequence[Action], organisation: Any) -> Dated:
    url = f"{settings.SITE_ADDRESS}{reverse('plans:show_plan_usual', args=[organisation.slug, plan_pk])}"
    number = "1 action" if len(actions) == 1 else f"{len(actions)} actions"
    summary = f"Look again whether still business as usual: {number}"
    words = f"{actions[0].plan.title}, {organisation.name}"
    changed = max(action.changed_at for action in actions)
    return Dated(uid_of(f"usual-{plan_pk}", int(f"{on:%Y%m%d}")), on, summary, words, url, changed)


def dates_of_terms(user: Any, organisation: Any) -> Iterator[Dated]:
    """When terms of reference are to be reviewed, for those who keep groups."""
    if not user.has_perm("organisations.keep_structure", organisation):
        return
    for terms in groups.terms_to_review(by=date.max):
        assert terms.review_on
        url = f"{settings.SITE_ADDRESS}{reverse('governance:show_group', args=[organisation.slug, terms.group_id])}"
        summary = f"Review the terms of reference of {terms.group}"
        uid = uid_of("terms", terms.group_id)
        yield Dated(uid, terms.review_on, summary, organisation.name, url, terms.written_at)
