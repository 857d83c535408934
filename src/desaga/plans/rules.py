"""Who may do what with plans."""

from typing import Any

import rules

from desaga.organisations.rules import is_lead, is_member, membership_in, runs_the_programme
from desaga.organisations.states import Role

from .queries.parties import parties_standing_for


@rules.predicate
def leads_unit_of(user: Any, plan: Any = None) -> bool:
    """The user is unit lead of the very unit whose plan this is; an institution's plan has no unit."""
    unit, membership = getattr(plan, "unit_id", None), membership_in(user, plan)
    return unit is not None and membership is not None and (Role.UNIT_LEAD, unit) in membership.roles


may_edit_plan = runs_the_programme | leads_unit_of


@rules.predicate
def carries_action(user: Any, action: Any = None) -> bool:
    """The action names the user: as a person, through a seat in a group, or as lead of a unit."""
    if action is None or not user.person_id or membership_in(user, action) is None:
        return False
    return action.owners.filter(party__in=parties_standing_for(user.person_id)).exists()


@rules.predicate
def may_edit_its_plan(user: Any, action: Any = None) -> bool:
    return action is not None and may_edit_plan(user, action.plan)


@rules.predicate
def owns_view(user: Any, view: Any = None) -> bool:
    """It is the user's own view, and they still belong to its organisation."""
    return view is not None and view.owner_id == user.pk and membership_in(user, view) is not None


@rules.predicate
def keeps_shared_view(user: Any, view: Any = None) -> bool:
    """The view is shared, and the user may change the plan that it is for; or plans of the organisation, if it is for all."""
    return view is not None and view.is_shared and may_edit_plan(user, view.plan or view)


rules.add_perm("plans.see_plans", is_member)
rules.add_perm("plans.bring_in", runs_the_programme)
# What a plan says and how it goes. Whose plan it is, and under which it stands, is for those who run the programme.
rules.add_perm("plans.edit_plan", may_edit_plan)
# Saying how it goes is another thing than changing what it is: whoever carries an action may do the first alone.
rules.add_perm("plans.give_update", may_edit_its_plan | carries_action)
# Closing ends a cycle, so the lead does it: of the organisation, or of the unit whose plan it is.
rules.add_perm("plans.close_plan", is_lead | leads_unit_of)
rules.add_perm("plans.place_plan", runs_the_programme)
rules.add_perm("plans.change_view", owns_view | keeps_shared_view)
