"""Who may do what with schemes. Who may read which application is `queries/applications.py`, and nothing else."""

from typing import Any

import rules

from desaga.organisations.rules import has_role
from desaga.organisations.states import Role

#: The roles of those who run schemes.
RUN_SCHEMES = (Role.LEAD, Role.SCHEME_MANAGER)
runs_schemes = has_role(*RUN_SCHEMES)
sits_on_panels = has_role(Role.PANEL_CHAIR, Role.REVIEWER)
keeps_money = has_role(Role.LEAD, Role.SCHEME_MANAGER, Role.FINANCE)


@rules.predicate
def leads_round(user: Any, thing: Any = None) -> bool:
    """Chairs this round of a panel, or stands in for its chair."""
    person = getattr(user, "person_id", None)
    return person is not None and person in (getattr(thing, "chair_id", None), getattr(thing, "administrator_id", None))


# To edit schemes, rounds and budgets, to check eligibility, to run panels and follow awards up.
rules.add_perm("placements.run_schemes", runs_schemes)
# To open the pages of schemes at all: what of them one sees there, the queries say.
rules.add_perm("placements.see_schemes", runs_schemes | sits_on_panels | keeps_money)
# To read claims, to mark them as paid, to take the finance file out.
rules.add_perm("placements.keep_money", keeps_money)
# To read applications as a member of a panel: which, the queries say.
rules.add_perm("placements.sit_on_panels", sits_on_panels)
# To open the meetings of panels: which, and what of them, the queries say.
rules.add_perm("placements.join_meetings", runs_schemes | sits_on_panels)
# To read the scores of a round: of which applications, the queries say.
rules.add_perm("placements.lead_round", runs_schemes | sits_on_panels & leads_round)
# To read equality figures: whoever runs the scheme day by day, unless they sit on panels too. No lead: of an institution's own scheme that is the applicants' own employer.
rules.add_perm("placements.see_equality_figures", has_role(Role.SCHEME_MANAGER) & ~sits_on_panels)
