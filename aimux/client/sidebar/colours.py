"""The sidebar's colours by what they mean. A person's attention is spent on two of them only."""

HEADING = "bold blue"
QUIET = "dim"
ATTENTION = "bold yellow"
FAILURE = "bold red"
CHOSEN = "reverse"
