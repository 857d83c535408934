"""Who looks after an organisation's sign-in, and who confirms domains."""

from __future__ import annotations

import rules

from desaga.accounts.rules import runs_the_platform
from desaga.organisations.rules import is_lead

rules.add_perm("federation.keep_sign_in", is_lead)
rules.add_perm("federation.confirm_domains", runs_the_platform)
