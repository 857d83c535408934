"""The report of a scheme's year: what it says, as plain data (`telling.py`), and how it is drawn and written (`drawing.py`, `papers.py`). Pure: no queries."""
