"""Patterns that people write: globs (fnmatch(3)) and extended regular expressions (regex(7)).

Whatever the pattern and the text, the time is bounded and nothing is raised.
"""
