"""The commands of a menu's items, with the formats in them expanded when the menu opens.

tmux expands an item's command as one text and reads that when the item is chosen. A name or a word
on the screen could then bring commands of its own. Here a block is expanded word by word, and each
word stays one word, so that `#{q:...}` needs no quoting; a word that its command expands by itself
is left to it, so that nothing is expanded twice. A command that is given as a string is treated as
in tmux: who writes it quotes with `#{q:...}`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aimux.model.command_list import Arguments, BoundCommand, CommandBlock

Expand = Callable[[str], str]
TARGETS = frozenset("st")
# These expand the formats in their own words, but for targets, when they run.
EXPANDING = frozenset(
    {
        "break-pane",
        "choose-buffer",
        "choose-client",
        "choose-tree",
        "command-prompt",
        "confirm-before",
        "customize-mode",
        "display-menu",
        "display-message",
        "display-popup",
        "find-window",
        "if-shell",
        "new-session",
        "new-window",
        "pipe-pane",
        "rename-session",
        "rename-window",
        "respawn-pane",
        "respawn-window",
        "run-shell",
        "select-pane",
        "source-file",
        "split-window",
    }
)


def expanded_block(block: CommandBlock, expand: Expand) -> CommandBlock:
    """A block with the formats in its words expanded."""
    return CommandBlock(
        tuple(tuple(_command(command, expand) for command in group) for group in block.groups)
    )


def _command(command: BoundCommand, expand: Expand) -> BoundCommand:
    leaves = command.name in EXPANDING

    def word(text: str) -> str:
        return text if leaves else _word(text, expand)

    arguments = command.arguments
    flags = {
        flag: tuple(
            value if value is None else _word(value, expand) if flag in TARGETS else word(value)
            for value in values
        )
        for flag, values in arguments.flags.items()
    }
    positional = tuple(
        expanded_block(value, expand) if isinstance(value, CommandBlock) else word(value)
        for value in arguments.positional
    )
    return replace(command, arguments=Arguments(flags, positional))


def _word(text: str, expand: Expand) -> str:
    return expand(text.replace("#{q:", "#{")) if "#" in text else text
