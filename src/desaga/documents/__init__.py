"""Files to text and tables, with provenance. Pure Python: no Django, no database, no network."""
