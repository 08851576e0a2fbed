"""Processes on pseudoterminals: starting one, talking to it, and what /proc says of it."""
