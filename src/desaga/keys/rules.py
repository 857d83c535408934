"""Who may let programs in."""

import rules

from desaga.organisations.rules import is_lead

rules.add_perm("keys.keep_keys", is_lead)
