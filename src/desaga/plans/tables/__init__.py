"""What each page of a plan shows, as tables that can leave Desaga: a module for each view (see `exports/registry.py`)."""
