"""What keys do to a line that is typed at a prompt: moving, cutting, pasting, by words.

Words are tmux's: runs of characters that are separators or that are none, between spaces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MAX_TEXT = 4096


def no_text() -> str:
    """Nothing to be pasted."""
    return ""


@dataclass(slots=True, eq=False)
class TypedLine:
    """A line and its cursor.

    Attributes:
        text: What was typed.
        cursor: Characters before the cursor.
        separators: The characters that are words of their own (`word-separators`).
        cut: What C-w took away last: C-y brings it back.
        pasted: What C-y brings while nothing was cut: the newest buffer's first line.
        limit: The most characters that the text may have.
    """

    text: str = ""
    cursor: int = 0
    separators: str = ""
    cut: str = ""
    pasted: Callable[[], str] = no_text
    limit: int = MAX_TEXT

    def insert(self, text: str) -> None:
        """Put `text` in at the cursor; what would pass the limit is dropped."""
        text = text[: max(0, self.limit - len(self.text))]
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def move(self, place: int) -> None:
        """Put the cursor there, or as near as the line allows."""
        self.cursor = max(0, min(len(self.text), place))

    def remove(self, start: int, end: int) -> None:
        """Take characters away; the cursor is then where they were."""
        start, end = max(0, start), min(len(self.text), end)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def is_separator(self, place: int) -> bool:
        """Whether a word of separators is there."""
        return self.text[place] in self.separators

    def changes_at(self, place: int, separators: bool) -> bool:
        """Whether a word of that kind ends before a place."""
        return self.text[place] == " " or self.is_separator(place) is not separators


def word_start(line: TypedLine) -> int:
    """Where the word begins that the cursor is in or behind."""
    place = line.cursor
    while place:
        place -= 1
        if line.text[place] != " ":
            break
    separators = bool(line.text) and line.is_separator(place)
    while place:
        place -= 1
        if line.changes_at(place, separators):
            return place + 1
    return place


def _end_from(line: TypedLine, place: int) -> int:
    """The place behind the word that begins, or goes on, at `place`."""
    separators = line.is_separator(place)
    place += 1
    while place < len(line.text) and not line.changes_at(place, separators):
        place += 1
    return place


def _spaces_end(line: TypedLine, place: int) -> int:
    while place < len(line.text) and line.text[place] == " ":
        place += 1
    return place


def word_end(line: TypedLine) -> int:
    """The place behind the next word, as emacs has it."""
    place = _spaces_end(line, line.cursor)
    return place if place == len(line.text) else _end_from(line, place)


def next_word(line: TypedLine) -> int:
    """Where the next word begins, as vi has it."""
    if line.cursor == len(line.text):
        return line.cursor
    if line.text[line.cursor] == " ":
        return _spaces_end(line, line.cursor)
    return _spaces_end(line, _end_from(line, line.cursor))


def last_of_word(line: TypedLine) -> int:
    """The last character of the next word, as vi has it; the line's end if there is none."""
    if line.cursor == len(line.text):
        return line.cursor
    place = _spaces_end(line, line.cursor + 1)
    return place if place == len(line.text) else _end_from(line, place) - 1


def cut_word(line: TypedLine) -> None:
    """Cut up to the start of the word; it can be pasted."""
    start = word_start(line)
    line.cut = line.text[start : line.cursor]
    line.remove(start, line.cursor)


def paste(line: TypedLine) -> None:
    """Put in what was cut last, or the newest buffer's beginning."""
    line.insert(line.cut or line.pasted())


def transpose(line: TypedLine) -> None:
    """Exchange the two characters before the cursor, or those around it, and go on."""
    place = min(line.cursor + 1, len(line.text))
    if place >= 2:
        text = line.text
        line.text = text[: place - 2] + text[place - 1] + text[place - 2] + text[place:]
        line.cursor = place
