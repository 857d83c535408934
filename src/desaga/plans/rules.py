"""Who may do what with plans."""

import rules

from desaga.organisations.rules import is_member, runs_the_programme

rules.add_perm("plans.see_plans", is_member)
rules.add_perm("plans.bring_in", runs_the_programme)
rules.add_perm("plans.edit_plan", runs_the_programme)
