"""Why a pair, and why not enough: sentences for whoever chairs the panel."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from .checking import loads_of
from .panel import Application, Pair, Panel, Reviewer, listed


class Reasons:
    """What can be said of the pairs of one panel, once they are found."""

    def __init__(self, panel: Panel, pairs: Sequence[Pair]):
        self.panel = panel
        self.loads: Mapping[str, int] = loads_of(panel, pairs)
        self.kept, self.conflicts = set(panel.kept), set(panel.conflicts)
        self.reviewers = {one.id: one for one in panel.reviewers}
        self.by_hand = Counter(application for application, _ in self.kept)
        self.readers: dict[str, set[str]] = defaultdict(set)
        for application, reviewer in pairs:
            self.readers[application].add(reviewer)

    def why(self, pair: Pair) -> str:
        """Why this reviewer has this application, and what became of those with more affinity."""
        application, reviewer = pair
        if pair in self.kept:
            return "Kept as it was made by hand."
        own = self.panel.score(pair)
        better = [one for one in self._others(application) if self.panel.score((application, one.id)) > own]
        told = f"Affinity {own:g}" if self.panel.affinity else "No affinities given"
        if not better:
            return (
                f"{told}; nobody else who is free of conflict has more."
                if self.panel.affinity
                else f"{told}; shared out evenly."
            )
        return f"{told}. With more: {'; '.join(self._instead(application, self.reviewers[reviewer], better))}."

    def because(self, application: Application) -> str:
        """Why an application has too few."""
        wanted = max(self.panel.per_application, self.by_hand[application.id])
        got = self.readers[application.id]
        free = [one for one in self.panel.reviewers if (application.id, one.id) not in self.conflicts]
        said = [f"It has {len(got)} of {wanted} reviewers"]
        if len(self.panel.reviewers) < wanted:
            said.append(f"there are only {len(self.panel.reviewers)}")
        if not free:
            said.append("every reviewer has a conflict with it")
        elif len(free) < min(wanted, len(self.panel.reviewers)):
            verb = "has" if len(free) == 1 else "have"
            said.append(f"only {len(free)} of {len(self.panel.reviewers)} reviewers {verb} no conflict: {listed(free)}")
        waiting = [one for one in free if one.id not in got]
        full = [one for one in waiting if self.loads[one.id] == one.max]
        if waiting and full == waiting:
            said.append(f"everybody else without a conflict is at their max: {listed(map(self._with_max, full))}")
        elif waiting:
            said.append("no better panel was found in the time there was")
        return "; ".join(said) + "."

    def _others(self, application: str) -> list[Reviewer]:
        """Who could read it and does not."""
        taken = self.readers[application]
        return [
            one for one in self.panel.reviewers if one.id not in taken and (application, one.id) not in self.conflicts
        ]

    def _instead(self, application: str, reviewer: Reviewer, better: list[Reviewer]) -> list[str]:
        homes = {self.reviewers[one].organisation for one in self.readers[application] if one != reviewer.id} - {""}
        groups: dict[str, list[Reviewer]] = {"at their max": [], "from an organisation that reads it already": []}
        groups |= {"with as much to read already": [], "needed more elsewhere": []}
        for one in better:
            if self.loads[one.id] == one.max:
                reason = "at their max"
            elif self.panel.spread and one.organisation in homes:
                reason = "from an organisation that reads it already"
            elif self.loads[one.id] >= self.loads[reviewer.id]:
                reason = "with as much to read already"
            else:
                reason = "needed more elsewhere"
            groups[reason].append(one)
        return [f"{listed(names, 4)}, {reason}" for reason, names in groups.items() if names]

    @staticmethod
    def _with_max(one: Reviewer) -> str:
        return f"{one} ({one.max})"
