"""aimux: a terminal multiplexer that understands what runs in its panes."""

__version__ = "0.1.0"
