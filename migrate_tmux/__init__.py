"""Reads a tmux configuration and writes an aimux one: not part of this version."""
