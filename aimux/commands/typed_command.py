"""A command line that is being typed, as far as it goes: which command, which word, which flag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from aimux.commands.build import CommandRow
from aimux.commands.lookup import resolve
from aimux.errors import ParseError

BLANKS = " \t"
ENDS = ";}"  # of a command, also within a word


class Word(Struct, frozen=True):
    """A word and where it begins in the line."""

    text: str
    start: int


class Typed(Struct, frozen=True):
    """What stands before the cursor.

    Attributes:
        row: The command that is being typed; None while its name is, or where it is unknown.
        current: The word at the cursor; empty behind a blank.
        flag: The flag whose value the current word is; empty if it is none's.
        flags: The flags that were given before.
        positional: The words behind the flags, without the current one.
        is_name: Whether the current word is the command's name.
    """

    row: CommandRow | None
    current: Word
    flag: str = ""
    flags: frozenset[str] = frozenset()
    positional: tuple[str, ...] = ()
    is_name: bool = False

    @property
    def may_be_flag(self) -> bool:
        """Whether the current word may begin with `-`: no other word came before it."""
        return self.row is not None and not self.flag and not self.positional


def typed_command(text: str, cursor: int, table: Sequence[CommandRow]) -> Typed:
    """Take apart what stands before the cursor. Never raises: half a line is the usual case."""
    words = list(_words(text[:cursor]))
    *before, current = words
    if not before:
        return Typed(_row(current.text, table), current, is_name=True)
    row = _row(before[0].text, table)
    if row is None:
        return Typed(None, current)
    return _behind_name(row, before[1:], current)


def _behind_name(row: CommandRow, before: Sequence[Word], current: Word) -> Typed:
    flag, ended = "", False
    flags: set[str] = set()
    positional: list[str] = []
    for word in before:
        if flag:
            flag = ""
        elif not ended and not positional and word.text.startswith("-") and len(word.text) > 1:
            ended = word.text == "--"
            flag = "" if ended else _read_flags(word.text[1:], row, flags)
        else:
            positional.append(word.text)
    return Typed(row, current, flag, frozenset(flags), tuple(positional))


def _read_flags(letters: str, row: CommandRow, flags: set[str]) -> str:
    """Note the flags of one word; the last one, if its value is the next word."""
    template = row.spec.template
    for place, letter in enumerate(letters):
        flags.add(letter)
        found = template.find(letter)
        if found >= 0 and template[found + 1 : found + 2] == ":":
            return letter if place == len(letters) - 1 else ""
    return ""


def _row(name: str, table: Sequence[CommandRow]) -> CommandRow | None:
    try:
        return resolve(name, table) if name else None
    except ParseError:
        return None


def _words(text: str) -> Iterator[Word]:
    """The words of the last command of a text; the last of them is the one at its end."""
    found: list[Word] = []
    quote, start, parts = "", None, list[str]()
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
            if quote:
                parts.append(character)
        elif character in BLANKS or character in ENDS or (character == "{" and start is None):
            if start is not None:
                found.append(Word("".join(parts), start))
            if character not in BLANKS:
                found.clear()
            start, parts = None, []
        else:
            start = place if start is None else start
            if character in "'\"":
                quote = character
            else:
                parts.append(character)
    yield from found
    yield Word("".join(parts), len(text) if start is None else start)
