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
# A definition is read by everybody here, since it stands beside every headcount; who falls under it, and changing it, is the steward's.
rules.add_perm("workforce.define", has_role(Role.HR_DATA_STEWARD))
rules.add_perm("workforce.settle_people", has_role(Role.HR_DATA_STEWARD))
# Counting, looking at the exact figures and releasing them is the HR data steward's; the lead looks at what others will see before it is
# released, and has the word on what the public reads. Everybody who answers for technical staff reads what is released.
rules.add_perm("workforce.release_figures", has_role(Role.HR_DATA_STEWARD))
rules.add_perm("workforce.preview_release", has_role(Role.HR_DATA_STEWARD, Role.LEAD))
rules.add_perm("workforce.show_figures", has_role(Role.LEAD))
rules.add_perm(
    "workforce.read_figures",
    has_role(
        Role.LEAD,
        Role.PROJECT_OFFICER,
        Role.HR_DATA_STEWARD,
        Role.STEERING_MEMBER,
        Role.UNIT_LEAD,
        Role.CHAMPION,
    ),
)
