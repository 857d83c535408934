"""Who may keep series by hand. Reading indicators is for everybody of the organisation: what could tell of one person is hidden."""

import rules

from desaga.organisations.rules import is_member, runs_the_programme

rules.add_perm("indicators.see_indicators", is_member)
rules.add_perm("indicators.keep_series", runs_the_programme)
