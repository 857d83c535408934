"""Load, check permission, one call, respond."""
