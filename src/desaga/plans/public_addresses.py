"""Where the public reads plans: slices above that have such pages say so, and pages here link to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from .models import Plan

#: Answers the addresses of published plans by their ids, in as many queries however many there are; leaves out those that have none.
Addresses = Callable[[Collection[Plan]], Mapping[int, str]]

ADDRESSES: list[Addresses] = []


def add_public_addresses(addresses: Addresses) -> None:
    """For slices above. Repeats harmlessly."""
    if addresses not in ADDRESSES:
        ADDRESSES.append(addresses)


def public_addresses_of(plans: Collection[Plan]) -> dict[int, str]:
    """Where the public reads each of these plans, by its id; none of those that have no such page."""
    return {pk: url for addresses in ADDRESSES for pk, url in addresses(plans).items()} if plans else {}
