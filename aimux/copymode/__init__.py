"""Copy mode and view mode: a cursor, searches and a selection over rows that no longer change.

The commands, their names and what they do are those of tmux 3.3a's `send-keys -X`. Nothing here
knows where keys come from or what becomes of the text that was copied.
"""
