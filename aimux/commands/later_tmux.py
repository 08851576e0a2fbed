"""What tmux's command language got after 3.3a, as 3.7c has it.

All of it is read, so that a configuration written for a later tmux loads. A command whose own row
has such a flag does what it says; of the others each use fails, with a line that says so. Lists
show what is new only where the option tmux-version says that aimux is such a tmux.
"""

FIRST_VERSIONS = ("1.", "2.", "3.0", "3.1", "3.2", "3.3")  # that have no more than 3.3a has
LATER_COMMANDS = ("new-pane",)

LATER_FLAGS = {
    "capture-pane": "FHLM",
    "choose-buffer": "y",
    "choose-client": "y",
    "choose-tree": "y",
    "command-prompt": "Cel",
    "confirm-before": "c:y",
    "customize-mode": "y",
    "display-menu": "b:C:H:s:S:M",
    "display-message": "Cl",
    "display-popup": "Nk",
    "kill-session": "g",
    "list-buffers": "O:r",
    "list-clients": "f:O:r",
    "list-keys": "F:O:r",
    "list-panes": "O:r",
    "list-sessions": "O:r",
    "list-windows": "O:r",
    "run-shell": "Es:c:",
    "send-keys": "c:K",
    "source-file": "t:",
    "split-window": "Ekm:R:s:S:",
    "switch-client": "O:",
}


def is_later(version: str) -> bool:
    """Whether a version of tmux is one after 3.3."""
    return not version.startswith(FIRST_VERSIONS)


def later_flags(name: str, getopt: str) -> dict[str, str]:
    """The later flags of a command that its own grammar lacks: each with `:` if it has a value.

    Args:
        name: The command's full name.
        getopt: The flags of its row.
    """
    text = LATER_FLAGS.get(name, "")
    flags = {}
    for place, flag in enumerate(text):
        if flag != ":" and flag not in getopt:
            flags[flag] = ":" if text[place + 1 : place + 2] == ":" else ""
    return flags
