"""From the bytes of an extract to people, contracts and faults. Pure Python: no Django, no database."""
