"""The demo's plan that follows a new edition of a framework, some of what is suggested answered already."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.frameworks.queries import succession
from desaga.organisations.models import Organisation
from desaga.plans.interchange import action_as_data
from desaga.plans.models import Followed, Following, Plan
from desaga.plans.operations.actions import edit_action
from desaga.plans.operations.following import accept_suggestions, follow_edition
from desaga.plans.queries import actions_whole
from desaga.tenancy.context import within

from .world import email_of, world


def load_followings() -> None:
    """Let each plan follow that has not yet."""
    for told in world()["followings"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            load_following(actor, told)


def load_following(actor: User, told: dict[str, Any]) -> None:
    """Say what a plan's actions answer, follow, and accept what is to be accepted; nothing where the plan has followed."""
    plan, moves = Plan.objects.get(title=told["plan"]), succession(told["old"], told["new"])
    if moves is None or Following.objects.filter(plan=plan, new_name=told["new"]).exists():
        return
    for code, principle in told["answers"]:
        action = actions_whole(plan).get(code=code)
        data = action_as_data(action)
        answer = {"framework": told["old"], "code": principle, "text": principle, "basis": "cell"}
        if answer not in data["alignments"]:
            edit_action(actor=actor, action=action, data={**data, "alignments": [*data["alignments"], answer]})
    made = follow_edition(actor=actor, plan=plan, succession=moves)
    for code, principle in told["accepted"]:
        row = Followed.objects.get(following=made, action__code=code, code=principle)
        accept_suggestions(actor=actor, plan=plan, pks=[row.pk])
