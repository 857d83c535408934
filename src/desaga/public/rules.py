"""Who may open a plan to the public, and who may hold, offer and take over."""

from typing import Any

import rules

from desaga.organisations.rules import is_lead, runs_the_programme
from desaga.plans.origins import may_hold


@rules.predicate
def is_of_a_body(user: Any, thing: Any = None) -> bool:
    """The thing is of an organisation that may hold what others published, or is that organisation."""
    return thing is not None and may_hold(getattr(thing, "organisation", thing))


# Choosing and looking at the preview is work; publishing and taking down is the lead's word.
rules.add_perm("public.prepare", runs_the_programme)
rules.add_perm("public.publish", is_lead)
rules.add_perm("public.hold_plan", runs_the_programme & is_of_a_body)
# To offer is to give a grant, and to accept is to speak for the organisation.
rules.add_perm("public.offer_plan", is_lead & is_of_a_body)
rules.add_perm("public.claim_plan", is_lead)
