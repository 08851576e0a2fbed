"""What tmux's command language got after 3.3a, as 3.7c has it.

All of it is read and done. Lists show what is new only where the option tmux-version says that
aimux is such a tmux.
"""

FIRST_VERSIONS = ("1.", "2.", "3.0", "3.1", "3.2", "3.3")  # that have no more than 3.3a has
LATER_COMMANDS = ("new-pane",)


def is_later(version: str) -> bool:
    """Whether a version of tmux is one after 3.3."""
    return not version.startswith(FIRST_VERSIONS)
