"""Who may do what here. Groups are kept by those who keep the structure: `organisations.keep_structure`."""

import rules

from desaga.organisations.rules import has_role, runs_the_programme
from desaga.organisations.states import Role

# A champion may look up the people of the unit, whom the lead and the project officer see already.
rules.add_perm("governance.name_champions", runs_the_programme)
# Amounts are for those who decide and account for them, not for everybody: see docs/adr/0023.
rules.add_perm("governance.see_budget", runs_the_programme | has_role(Role.FINANCE, Role.STEERING_MEMBER))
rules.add_perm("governance.keep_budget", runs_the_programme)
