"""Everything that can be done with plans, split by noun."""
