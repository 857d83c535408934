"""What makes a job the job that it was: a decision about somebody holds until one of these changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from .defining.patterns import folded
from .population import Contract


def job_of(contracts: Iterable[Contract]) -> str:
    """A digest of title, grade, unit, occupation code and job family of contracts, whatever their order."""
    return _digest(
        tuple(sorted({(one.title, one.grade, one.unit_label, one.soc, one.job_family) for one in contracts}))
    )


@lru_cache(maxsize=50_000)
def _digest(jobs: tuple[tuple[str, ...], ...]) -> str:
    words = "\x1e".join("\x1f".join(map(folded, job)) for job in jobs)
    return blake2b(words.encode(), digest_size=16).hexdigest()
