"""Who may do what with reviews."""

import rules

from desaga.organisations.rules import is_member, runs_the_programme
from desaga.plans.rules import leads_unit_of

# All but commenting is asked about the plan: those who run the programme, and the unit lead of the plan's very unit.
rules.add_perm("reviews.run_review", runs_the_programme | leads_unit_of)
rules.add_perm("reviews.comment", is_member)
