"""Pages of the workforce."""
