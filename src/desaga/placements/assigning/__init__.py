"""Fair assignment of a panel: who reads which application. Pure Python, NumPy and HiGHS; no Django, no database.

    from desaga.placements.assigning import Application, Panel, Reviewer, share_out

    found = share_out(Panel(applications, reviewers, per_application=3, conflicts=…, affinity=…, spread=1, kept=…))
    found.pairs, found.why[pair], found.loads, found.impossible, found.affinity, found.bound, found.gap, found.proven

Three questions are asked in turn, each among the best answers to the one before:

1. **Seats.** Fill as many as conflicts and `max` allow. What must stay empty is shared: no application goes without a second
   reviewer before another goes without one (least sum of squares of the empty seats, which also leaves fewest empty).
2. **Loads.** As even as can be: least sum of squares. Where conflicts, `max` and kept pairs allow it, loads differ by one at most. Where they
   do not, nobody has two more than somebody to whom one could be handed over, be it along a chain of others. The sets of loads that can be had
   form an M-convex set, where this one has the smallest greatest load, the largest least load and the smallest range at once
   (A. Frank, K. Murota, "Decreasing minimization on M-convex sets", https://arxiv.org/abs/2007.09616).
3. **Affinity**, less `spread` for each reviewer of an application beyond the first of the same organisation. 0 leaves organisations out.

Why not one weighted sum: a weight says how much unfairness an affinity may buy, which nobody can answer, and the right weight
changes with every panel. In turn, evenness is a promise and the rest is as good as the promise allows.

All three are linear programmes over a network, so every corner is whole and no branching is needed. The answer to a question is
kept by allowing afterwards only what its proof allows (`programme.py`), not by a further row, which would tear the network.

A conflict is what `conflicts` says, and no more: whether the applicant's own colleague may read is the caller's to know. An application that
cannot have all its reviewers gets as many as can be, and is listed in `impossible` with the reason.

`bound` is proven by weak duality in our own arithmetic. The same panel has the same answer in whatever order its parts are
given, unless time ran out: then `proven` says how far the proof came, and the rest was tidied by exchanges.
"""

from .engine import QUESTIONS, Assignment, Wrong, share_out
from .panel import Application, BadPanel, Pair, Panel, Reviewer

__all__ = ["QUESTIONS", "Application", "Assignment", "BadPanel", "Pair", "Panel", "Reviewer", "Wrong", "share_out"]
