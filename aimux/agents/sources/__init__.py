"""Parsers of what agents write down: pure functions from bytes to claims and numbers."""
