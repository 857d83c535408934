"""All that one can do with extracts and snapshots: see the README."""
