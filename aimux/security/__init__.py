"""Rules that keep what programs say from doing harm; who enforces them is the server."""
