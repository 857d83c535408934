"""Reads: a plan's reviews, their snapshots, and what was said, decided and left to do. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from desaga.governance.meetings import Meeting
from desaga.organisations.models import Employment, Group, GroupMembership, Person
from desaga.organisations.ownership import current_on
from desaga.plans.models import Action, Plan
from desaga.plans.states import PlanState
from desaga.rounds.calendars import Dated
from desaga.rounds.queries import uid_of

from .freezing import digest_of
from .models import Comment, Decision, PackFile, Review, Snapshot, Task, TellingMail
from .packs import Pack, pack_for
from .states import About, ReviewState

RUNNING = (ReviewState.PLANNED, ReviewState.READY)
#: So many decisions are offered as evidence of an action.
MOST_DECISIONS = 20


def reviews_of(plan: Plan) -> QuerySet[Review]:
    """A plan's reviews, the latest first, with how much was decided and is still to do."""
    return (
        Review.objects.filter(plan=plan)
        .select_related("group")
        .annotate(
            decided=Count("decisions", distinct=True),
            open_tasks=Count("tasks", filter=Q(tasks__done_at=None), distinct=True),
        )
    )


def last_review(plan: Plan) -> Review | None:
    """The review of a plan that meets last of all that were not called off."""
    rows = Review.objects.filter(plan=plan).exclude(state=ReviewState.CALLED_OFF).select_related("group")
    return rows.order_by("-meets_on", "-pk").first()


def plans_without_review() -> list[Plan]:
    """The institution's plans at work of which no review is planned."""
    planned = Review.objects.filter(state__in=RUNNING).values("plan")
    return list(
        Plan.objects.filter(state=PlanState.ACTIVE, unit=None).exclude(pk__in=planned).select_related("organisation")
    )


def review_or_404(pk: int) -> Review:
    rows = Review.objects.select_related("plan", "group", "organisation", "planned_by__person")
    return get_object_or_404(rows, pk=pk)


def last_snapshot(review: Review) -> Snapshot | None:
    """The snapshot that counts for a review: the one taken last."""
    return Snapshot.objects.filter(review=review).select_related("taken_by__person").first()


def snapshot_before(review: Review) -> Snapshot | None:
    """What a review is compared with: the last snapshot of the latest review that was held before it."""
    rows = Snapshot.objects.filter(plan=review.plan_id, review__state=ReviewState.HELD).exclude(review=review)
    return rows.filter(review__meets_on__lt=review.meets_on).order_by("-review__meets_on", "-taken_at", "-pk").first()


def snapshots_of(plan: Plan) -> QuerySet[Snapshot]:
    """What can be compared: every snapshot of a plan without its content, the latest first."""
    rows = Snapshot.objects.filter(plan=plan).select_related("review")
    return rows.only("pk", "taken_at", "review__meets_on", "plan_id", "organisation_id").order_by("-taken_at", "-pk")


def snapshot_or_404(plan: Plan, pk: int) -> Snapshot:
    return get_object_or_404(Snapshot.objects.filter(plan=plan), pk=pk)


def pack_of_review(review: Review, *, with_budget: bool) -> Pack | None:
    """The pack of a review as it was frozen, with the budget only for whoever may read amounts; None where nothing was."""
    snapshot = last_snapshot(review)
    if snapshot is None:
        return None
    pack = pack_for(review, snapshot, snapshot_before(review), comments_of(review))
    return pack if with_budget else pack.without_budget()


def file_of(review: Review, digest: str) -> PackFile | None:
    """The file of what stands in a pack, made or asked for."""
    return PackFile.objects.filter(review=review, digest=digest).first()


def pack_file_or_404(pk: int) -> PackFile:
    return get_object_or_404(PackFile.objects.select_related("review__plan", "review__group", "organisation"), pk=pk)


def comments_of(review: Review) -> list[Comment]:
    return list(Comment.objects.filter(review=review, withdrawn_at=None).select_related("by__person", "action"))


def decisions_of(review: Review) -> list[Decision]:
    return list(Decision.objects.filter(review=review).select_related("action"))


def tasks_of(review: Review) -> list[Task]:
    return list(Task.objects.filter(review=review).select_related("action", "person"))


def discussed_in(review: Review) -> set[int]:
    """The actions that the meeting has gone through."""
    return set(review.discussed.values_list("action_id", flat=True))


def open_tasks_of(plan: Plan, but: Review | None = None) -> list[Task]:
    """What earlier meetings left to do and nobody has done; what is due first comes first."""
    rows = Task.objects.filter(review__plan=plan, done_at=None).select_related("review", "action", "person")
    return list(rows.exclude(review=but) if but else rows)


def found(rows: QuerySet[Any], **which: Any) -> Any:
    """One of these rows, or 404."""
    return get_object_or_404(rows, **which)


def entry_or_404(review: Review, kind: str, pk: int) -> Decision | Task:
    """A decision or a task ("tasks") of a review."""
    rows: QuerySet[Any] = (Task if kind == "tasks" else Decision).objects.filter(review=review)
    return get_object_or_404(rows.select_related("review"), pk=pk)


def task_or_404(pk: int) -> Task:
    return get_object_or_404(Task.objects.select_related("review__plan", "review__organisation", "action"), pk=pk)


def action_or_404(review: Review, pk: int) -> Action:
    return get_object_or_404(Action.objects.filter(plan=review.plan_id), pk=pk)


def next_reviews(today: date) -> QuerySet[Review]:
    """The reviews of the current organisation that are to be prepared or held, the next first."""
    rows = Review.objects.filter(state__in=RUNNING).select_related("plan__organisation", "organisation", "group")
    return rows.order_by("meets_on", "pk")


def packs_to_comment_on(user: Any) -> QuerySet[Review]:
    """The reviews whose pack is there, of groups in which a user sits today, and on which they have not commented; the next first.

    `frozen_at` is when it was frozen first.
    """
    seats = GroupMembership.objects.filter(current_on(), person=user.person_id).values("group")
    said = Comment.objects.filter(review=OuterRef("pk"), by=user, withdrawn_at=None)
    frozen = Snapshot.objects.filter(review=OuterRef("pk")).order_by("taken_at").values("taken_at")[:1]
    rows = Review.objects.filter(~Exists(said), state=ReviewState.READY, group__in=seats).annotate(frozen_at=frozen)
    return rows.select_related("plan", "organisation").order_by("meets_on", "pk")


def tasks_for(person_id: int | None) -> QuerySet[Task]:
    """What a person was given to do and has not done."""
    rows = Task.objects.filter(person=person_id, done_at=None) if person_id else Task.objects.none()
    return rows.select_related("review__plan", "review__organisation")


def meetings_of_action(action: Action) -> tuple[list[Decision], list[Task]]:
    """What meetings decided of an action and left to do for it, the latest first; one light query where that is nothing, else two more."""
    here = OuterRef("pk")
    there = Exists(Decision.objects.filter(action=here)), Exists(Task.objects.filter(action=here))
    if not any(Action.objects.filter(pk=action.pk).values_list(*there).get()):
        return [], []
    decided = Decision.objects.filter(action=action).select_related("review").order_by("-written_at")
    left = Task.objects.filter(action=action).select_related("review", "person").order_by("-written_at")
    return list(decided), list(left)


def decisions_to_show(action: Action) -> QuerySet[Decision]:
    """What held meetings decided of an action, then of its plan as a whole, the latest first of each; so many and no more."""
    rows = Decision.objects.filter(review__plan=action.plan_id, review__state=ReviewState.HELD).select_related("review")
    rows = rows.filter(Q(action=action) | Q(action=None))
    return rows.order_by(F("action").asc(nulls_last=True), "-written_at", "-pk")[:MOST_DECISIONS]


def decisions_by_ids(ids: Collection[int]) -> QuerySet[Decision]:
    """Those of these decisions that are there, with their meetings."""
    return Decision.objects.filter(pk__in=list(ids)).select_related("review__organisation", "action")


def members_of(group: Group | None) -> list[Person]:
    """Who sits in a group today, by name."""
    if group is None:
        return []
    seats = GroupMembership.objects.filter(current_on(), group=group).select_related("person")
    return [seat.person for seat in seats.order_by("person__name")]


def people_here() -> QuerySet[Person]:
    """Whom a task can be given: the people who work here today."""
    employed = Employment.objects.filter(current_on()).values("person_id")
    return Person.objects.filter(pk__in=employed).order_by("name")


def dates_of(user: Any, organisation: Any) -> list[Dated]:
    """For a person's calendar: the reviews of groups in which they sit or that they run, and what meetings gave them to do."""
    seats = set(GroupMembership.objects.filter(current_on(), person=user.person_id).values_list("group_id", flat=True))
    reviews = [
        one
        for one in next_reviews(timezone.localdate())
        if one.group_id in seats or user.has_perm("reviews.run_review", one.plan)
    ]
    due = [one for one in tasks_for(user.person_id) if one.due_on]
    return [*(_of_review(one, organisation) for one in reviews), *(_of_task(one, organisation) for one in due)]


def _of_review(review: Review, organisation: Any) -> Dated:
    url = f"{settings.SITE_ADDRESS}{reverse('reviews:show_review', args=[organisation.slug, review.pk])}"
    words = ", ".join(filter(None, [review.place, organisation.name]))
    return Dated(
        uid_of("review", review.pk), review.meets_on, f"Review: {review.plan.title}", words, url, review.planned_at
    )


def _of_task(task: Task, organisation: Any) -> Dated:
    assert task.due_on
    url = f"{settings.SITE_ADDRESS}{reverse('reviews:finish_task', args=[organisation.slug, task.pk])}"
    words = f"{task.review.plan.title}, {organisation.name}"
    return Dated(uid_of("task", task.pk), task.due_on, f"To do: {task.text[:100]}", words, url, task.written_at)


def next_meetings(groups: Collection[int], today: date) -> dict[int, Meeting]:
    """For the groups' own pages: the first review that is planned for each, from today on. One query."""
    rows = Review.objects.filter(group__in=groups, meets_on__gte=today, state__in=RUNNING)
    first = rows.select_related("plan", "organisation").order_by("group_id", "meets_on", "pk").distinct("group_id")
    return {
        one.group_id: Meeting(one.meets_on, f"review of {one.plan.title}", one.get_absolute_url())
        for one in first
        if one.group_id
    }


def digest_told(review: Review, about: About) -> str:
    """What shows whether a group was told of this very pack, or of these very minutes."""
    if about == About.PACK:
        return Snapshot.objects.filter(review=review).values_list("digest", flat=True)[:1].get()
    decided = list(Decision.objects.filter(review=review).order_by("pk").values_list("pk", "outcome", "text"))
    given = list(Task.objects.filter(review=review).order_by("pk").values_list("pk", "text", "who", "due_on"))
    return digest_of([review.present, review.apologies, decided, [[str(one) for one in row] for row in given]])


def told_on(review: Review, about: About) -> datetime | None:
    """When the group was told last."""
    mails = TellingMail.objects.filter(review=review, about=about)
    return mails.order_by("-sent_at").values_list("sent_at", flat=True).first()
