"""What makes a job the job that it was: a decision about somebody holds until one of these changes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from .defining.patterns import folded
from .population import Contract

Job = tuple[str, str, str, str, str]


class Jobs:
    """Digests of jobs. It remembers what it has seen, since many have the same job; make one for a run, so that nothing stays behind."""

    def __init__(self) -> None:
        self._words: dict[Job, str] = {}
        self._digests: dict[tuple[Job, ...], str] = {}

    def of(self, contracts: Iterable[Contract]) -> str:
        """A digest of title, grade, unit, occupation code and job family of contracts, whatever their order."""
        jobs = tuple(sorted({(one.title, one.grade, one.unit_label, one.soc, one.job_family) for one in contracts}))
        found = self._digests.get(jobs)
        if found is None:
            words = "\x1e".join(sorted(map(self._folded, jobs)))
            found = self._digests[jobs] = blake2b(words.encode(), digest_size=16).hexdigest()
        return found

    def _folded(self, job: Job) -> str:
        found = self._words.get(job)
        if found is None:
            found = self._words[job] = folded("\x1f".join(job).replace("\x1f", " \x1f "))
        return found
