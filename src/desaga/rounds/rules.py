"""Who may ask how it goes."""

import rules

from desaga.organisations.rules import runs_the_programme
from desaga.plans.rules import leads_unit_of

# Asked about the plan: those who run the programme, and the unit lead of the plan's very unit.
rules.add_perm("rounds.run_round", runs_the_programme | leads_unit_of)
