"""Everything that one can do with reports: writing them (`writing`), signing them off (`signing`), their kinds (`kinds`), and forms (`forms`)."""
