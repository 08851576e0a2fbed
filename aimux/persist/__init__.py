"""What outlives the server: one SQLite database, its threads, and the shape of its tables."""
