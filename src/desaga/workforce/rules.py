"""Who may do what with the workforce's data."""

import rules

from desaga.organisations.rules import has_role
from desaga.organisations.states import Role

# Rows of people are the HR data steward's alone: whoever runs the programme sees figures, never rows.
rules.add_perm("workforce.load_extract", has_role(Role.HR_DATA_STEWARD))
# What people said of themselves: a role of its own, which the steward does not hold by being the steward.
rules.add_perm("workforce.keep_equality", has_role(Role.EQUALITY_DATA_STEWARD))
# What figures are counted by, and how ready the data are, concerns whoever answers for the figures as well; no row of a person is in it.
rules.add_perm("workforce.state_figures", has_role(Role.HR_DATA_STEWARD, Role.LEAD))
rules.add_perm("workforce.see_readiness", has_role(Role.HR_DATA_STEWARD, Role.LEAD))
