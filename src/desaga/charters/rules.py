"""Who may do what with charters. Of which side a signature is, the views ask."""

import rules

from desaga.organisations.rules import is_lead, is_member, runs_the_programme

rules.add_perm("charters.see_charters", is_member)
# The body's own charters: to write, offer, enter who has no workspace, confirm, let lapse.
rules.add_perm("charters.keep_charters", runs_the_programme)
# In an organisation's name: its lead alone signs and withdraws.
rules.add_perm("charters.sign_charters", is_lead)
rules.add_perm("charters.report_on_pledges", runs_the_programme)
