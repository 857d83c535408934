"""A plan's actions as a sheet that colleagues can edit, and what they changed when it comes back.

`columns` says what stands in each column; `sheet` writes and reads the file; `comparing` tells what differs.
Pure Python: files are read in the confined child, which knows no database.
"""
