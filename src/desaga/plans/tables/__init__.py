"""What each page of a plan shows, as tables that can leave Desaga: `tables_of_<view>(plan, wanted)` in a module for each view."""
