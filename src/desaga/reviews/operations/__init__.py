"""What one can do with reviews: plan one, freeze the plan for it, comment, hold it, and do what it left to do."""
