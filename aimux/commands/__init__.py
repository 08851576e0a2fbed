"""The tmux command language: parsing, targets, formats, the queue and the commands themselves."""
