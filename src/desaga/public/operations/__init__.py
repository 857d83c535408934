"""Everything that can be done with public pages, and with plans that are held for others."""
