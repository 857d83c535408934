"""Reads. Every list, search, count, export, answer and mail about applications starts from `applications.applications_for` or `applications_of`."""
