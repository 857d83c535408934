"""Who may do what with consents."""

import rules

from desaga.organisations.rules import has_role, runs_the_programme
from desaga.organisations.states import Role

asks_people = runs_the_programme | has_role(Role.EDITOR)

rules.add_perm("consents.see_consents", asks_people)
# To ask, to ask again, to write the words, to take down what somebody asked by another way to have taken down.
rules.add_perm("consents.keep_consents", asks_people)
