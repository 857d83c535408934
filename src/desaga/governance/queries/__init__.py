"""What can be read here. All answer within the current scope.

For other slices: `groups_of(organisation)`, `champion_coverage(organisation)`, `budget_summary(organisation, year)`.
"""

from .budget import BudgetSummary, budget_summary
from .champions import Coverage, champion_coverage
from .groups import GroupState, groups_of

__all__ = ["BudgetSummary", "Coverage", "GroupState", "budget_summary", "champion_coverage", "groups_of"]
