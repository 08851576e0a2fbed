"""Which agent runs in a pane, in what state, and how that is known."""
