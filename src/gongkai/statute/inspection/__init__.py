"""Checks of a text before and after publication, one a file; pure, each returns all that it finds."""
