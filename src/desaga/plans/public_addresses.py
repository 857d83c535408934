"""Where the public reads a plan: slices above that have such pages say so, and pages here link to them."""

from __future__ import annotations

from collections.abc import Callable

from .models import Plan

#: Answers the address of a published plan, or "" where it has none.
Address = Callable[[Plan], str]

ADDRESSES: list[Address] = []


def add_public_address(address: Address) -> None:
    """For slices above. Repeats harmlessly."""
    if address not in ADDRESSES:
        ADDRESSES.append(address)


def public_address_of(plan: Plan) -> str:
    """Where the public reads the plan; "" where there is no such page."""
    return next(filter(None, (address(plan) for address in ADDRESSES)), "")
