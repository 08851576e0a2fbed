"""The records that tmux's commands work on: sessions, windows, panes, clients; no I/O."""
