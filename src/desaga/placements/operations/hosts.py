"""Remembering where people wanted to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models import HostPlace


def remember_host(*, organisation: Any, host: Mapping[str, str]) -> None:
    """Keep the host for the next who types it; known already, nothing is written. Call inside a transaction."""
    name, country = host["organisation"], host["country"][:100]
    if not HostPlace.objects.filter(name__iexact=name, country__iexact=country).exists():
        HostPlace.objects.get_or_create(organisation=organisation, name=name, country=country)
