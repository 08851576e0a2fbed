"""tmux's style strings: colours, attributes, and lines with `#[...]` in them; a leaf package."""
