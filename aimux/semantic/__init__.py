"""What ran in a pane, as records: shell marks in, commands with their rows and results out."""
