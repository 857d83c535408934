"""Extracts of institutions that do not exist: for the demo, for tests and for the bench. Seeded; every name is invented."""
