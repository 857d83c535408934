"""Readiness for the HESA Staff record: its fields, the coded export, and the rules that it is checked against. No Django."""
