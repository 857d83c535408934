"""Who may do what with consents."""

import rules

from desaga.organisations.rules import runs_the_programme

rules.add_perm("consents.see_consents", runs_the_programme)
# To ask, to ask again, to write the words, to take down what somebody asked by another way to have taken down.
rules.add_perm("consents.keep_consents", runs_the_programme)
