"""Suites of other programs that drive tmux, run on tmux and on aimux (see README.md)."""
