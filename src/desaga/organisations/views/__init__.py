"""The pages of an organisation's structure, people, grants, settings and audit."""
