"""Input to clean data, by what it is about."""
