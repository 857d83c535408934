"""The demo: institutions and people who do not exist, and the documents they might have."""
