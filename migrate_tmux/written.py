"""Writes parsed commands back as text that the command language reads as the same."""

from __future__ import annotations

import re

from aimux.commands.parser import ParsedBlock, ParsedCommand
from aimux.model.command_list import CommandBlock
from migrate_tmux.placeholders import with_variables

_PLAIN = re.compile(r"[A-Za-z0-9_./:@+,|?!*^\[\]()<>&-][A-Za-z0-9_./:@+,=|?!*^\[\]()<>&%#-]*")
_ESCAPED = re.compile(r'[\\"]|\$(?=[A-Za-z_{])|^~')
_CONTINUED = re.compile(r"[ \t]*\\?\n[ \t]*")


def quoted(word: str) -> str:
    """A word, quoted if it has to be; marks become `${NAME}`."""
    if _PLAIN.fullmatch(word):
        return word
    escaped = _ESCAPED.sub(lambda found: f"\\{found[0]}", word).replace("\n", "\\n")
    return with_variables(f'"{escaped}"')


def written(command: ParsedCommand) -> str:
    """A command as text."""
    return " ".join([command.name, *(_word(word) for word in command.arguments)])


def written_block(block: ParsedBlock) -> str:
    """A block's commands, a line for each group, in braces."""
    lines = (" ; ".join(written(command) for command in group) for group in block.groups)
    return "{\n" + "\n".join(lines) + "\n}"


def one_line(text: str) -> str:
    """Text of several lines for a report."""
    return _CONTINUED.sub(" ", text).strip()


def _word(word: str | ParsedBlock | CommandBlock) -> str:
    if isinstance(word, str):
        return quoted(word)
    return written_block(word) if isinstance(word, ParsedBlock) else f"{{ {word.text} }}"
