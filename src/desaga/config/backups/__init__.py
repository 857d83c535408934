"""Everything that an installation holds, in one file that only a key kept elsewhere opens. Why so: docs/adr/0034-privacy-by-construction.md."""
