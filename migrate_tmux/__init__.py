"""Moves people over from tmux: its configuration, a running server, saved layouts.

Works on files and on the command lines of tmux and aimux; knows nothing of aimux's server.
"""
