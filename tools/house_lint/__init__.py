"""Our own small linters: a rule of the house each, with a test beside in `tools/tests`."""
