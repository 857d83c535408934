"""Who may see and keep what about personal data."""

import rules

from desaga.organisations.rules import has_role, keeps_people
from desaga.organisations.states import Role

# The data map, the record of processing, and what is kept how long: whoever runs the programme or keeps people's data.
rules.add_perm("privacy.see_record", keeps_people)
rules.add_perm("privacy.keep_record", has_role(Role.LEAD, Role.HR_DATA_STEWARD))
rules.add_perm("privacy.keep_retention", has_role(Role.LEAD, Role.HR_DATA_STEWARD))
rules.add_perm("privacy.see_accesses", has_role(Role.LEAD, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD))
# Whose rows somebody's are is for whoever knows the rows.
rules.add_perm("privacy.answer_objections", has_role(Role.HR_DATA_STEWARD))
# Exact numbers of people and rows too: everybody else reads figures that are protected.
rules.add_perm("privacy.see_numbers", has_role(Role.HR_DATA_STEWARD))
# So is answering whoever has no account and asks what is held about them.
rules.add_perm("privacy.answer_requests", has_role(Role.HR_DATA_STEWARD))
