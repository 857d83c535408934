"""Work done in the background, in the name of the tenant that asked for it.

A job's payload holds ids only: it is kept in a table that no row-level security guards and shown in logs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from procrastinate.contrib.django import app

from .context import within

IDS = (int, str, type(None))


class NotAnId(TypeError):
    """A payload held something other than an id."""


def tenant_task(*, atomic: bool = True, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a background task of an organisation.

    The function is called `work(organisation=…, actor=…, **ids)` with the organisation and the user who asked (or
    None). With `atomic`, it runs inside one transaction under the organisation's scope; without, it opens
    `within(organisation, user=actor)` itself, once for each step that others should see. Start it with
    `work.later(organisation=…, actor=…, **ids)`, which is part of the caller's transaction: nothing runs before the
    commit. `options` go to procrastinate (`retry=`, `queue=`, `lock=`).
    """

    def decorate(work: Callable[..., Any]) -> Any:
        name = f"{work.__module__}.{work.__name__}"

        @app.task(name=name, **options)
        @functools.wraps(work)
        def run(*, organisation_id: int, actor_id: int | None, **ids: Any) -> None:
            organisation, actor = found(organisation_id, actor_id)
            if not atomic:
                work(organisation=organisation, actor=actor, **ids)
                return
            with within(organisation, user=actor):
                work(organisation=organisation, actor=actor, **ids)

        def later(*, organisation: Any, actor: Any = None, **ids: Any) -> int:
            refuse_other_than_ids(ids)
            # By name: the task that was made before the apps were ready is not the one that can be queued.
            task = app.tasks[name]
            return task.defer(organisation_id=organisation.pk, actor_id=actor and actor.pk, **ids)

        work.later = later  # type: ignore[attr-defined]
        work.run = run  # type: ignore[attr-defined]
        return work

    return decorate


def found(organisation_id: int, actor_id: int | None) -> tuple[Any, Any]:
    """The organisation, from the directory that everybody may read, and the user."""
    organisation = apps.get_model("organisations", "Organisation").objects.get(pk=organisation_id)
    actor = get_user_model().objects.get(pk=actor_id) if actor_id else None
    return organisation, actor


def refuse_other_than_ids(ids: dict[str, Any]) -> None:
    for name, value in ids.items():
        if not isinstance(value, IDS) or not name.endswith("_id"):
            raise NotAnId(f"A job may be given ids only, under names that end in _id; {name} is not one.")
