"""The prompt in a client's status line: the text typed so far and what each key does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MAX_TEXT = 4096
LINE_END = "\n"
SHOWN_LINE_END = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"


class Assistant(Protocol):
    """What helps while a prompt's text is typed."""

    def press(self, prompt: Prompt, key: str) -> bool:
        """Whether it took a key; of every other it learns that it was pressed."""
        ...

    def rows(self, prompt: Prompt) -> tuple[str, ...]:
        """What it shows beside the status line, with `#[]` styles."""
        ...


@dataclass(slots=True, eq=False)
class Prompt:
    """An open prompt.

    Attributes:
        label: What stands before the text; may hold `#[]` styles, never format-expanded again.
        answer: Called with the text on Enter, and with None when the prompt is given up.
        text: What was typed.
        cursor: Characters before the cursor.
        single: `-1` and confirm-before: the first key answers.
        numeric: `-N`: any key but a digit answers.
        history: Earlier answers, the oldest first; shared between prompts of one kind.
        changed: `-i`: called with each change: the text behind `=`, or behind `+` (C-s) or `-`
            (C-r) to look for the same again.
        key: `-k`: the first key answers with its name.
        ends_empty: `-e`: BSpace gives an empty prompt up.
        assistant: Completes, searches the history and shows help; None where nobody does.
        last: What C-r and C-s bring back into an empty `-i` prompt.
        keeps_lines: The text may have several lines: of a paste all are kept, M-Enter begins one.
        limit: The most characters that the text may have.
    """

    label: str
    answer: Callable[[str | None], None]
    text: str = ""
    cursor: int = 0
    single: bool = False
    numeric: bool = False
    changed: Callable[[str], None] | None = None
    key: bool = False
    ends_empty: bool = False
    last: str = ""
    history: list[str] | None = None
    place: int = 0
    assistant: Assistant | None = None
    keeps_lines: bool = False
    limit: int = MAX_TEXT

    @property
    def shown(self) -> str:
        """The text as it is drawn, on one row and as long."""
        return self.text.replace(LINE_END, SHOWN_LINE_END)

    def paste(self, text: str) -> None:
        """Put pasted text in, without what is not printable: its first line, or all of them."""
        lines = text.replace("\r\n", LINE_END).replace("\r", LINE_END).split(LINE_END)
        kept = lines if self.keeps_lines else lines[:1]
        self.insert(LINE_END.join("".join(c for c in line if c.isprintable()) for line in kept))

    def insert(self, text: str) -> None:
        """Put `text` in at the cursor; what would pass the limit is dropped."""
        text = text[: max(0, self.limit - len(self.text))]
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def press(self, key: str) -> bool:
        """Apply a key by its tmux name; True if it ended the prompt (`answer` has been called)."""
        if self.ends_empty and not self.text and key in BACKSPACES:
            key = "Escape"
        if self.assistant is not None and self.assistant.press(self, key):
            return False
        if key in ENDINGS:
            self.answer(ENDINGS[key](self))
            return True
        before = self.text
        if self.changed is not None and key in AGAIN:
            self._again(AGAIN[key], self.changed)
            return False
        self._edit(key)
        if self.changed is not None and self.text != before:
            self.changed(f"={self.text}")
        return False

    def _edit(self, key: str) -> None:
        edit = EDITS.get(key)
        if edit is not None:
            edit(self)
        elif len(key) == 1 and key.isprintable():
            self.insert(key)
        elif key == "Space":
            self.insert(" ")
        elif key == NEW_LINE and self.keeps_lines:
            self.insert(LINE_END)

    def _again(self, direction: str, changed: Callable[[str], None]) -> None:
        if not self.text:
            self.text, direction = self.last, "="
            self.cursor = len(self.text)
        changed(f"{direction}{self.text}")


def _accept(prompt: Prompt) -> str:
    if prompt.history is not None and prompt.text and prompt.text not in prompt.history[-1:]:
        prompt.history.append(prompt.text)
    return prompt.text


def _give_up(prompt: Prompt) -> None:
    del prompt


def _move(prompt: Prompt, place: int) -> None:
    prompt.cursor = max(0, min(len(prompt.text), place))


def _cut(prompt: Prompt, start: int, end: int) -> None:
    start, end = max(0, start), min(len(prompt.text), end)
    prompt.text = prompt.text[:start] + prompt.text[end:]
    prompt.cursor = start


def _word_start(prompt: Prompt) -> int:
    place = prompt.cursor
    while place and prompt.text[place - 1].isspace():
        place -= 1
    while place and not prompt.text[place - 1].isspace():
        place -= 1
    return place


def _word_end(prompt: Prompt) -> int:
    place = prompt.cursor
    while place < len(prompt.text) and prompt.text[place].isspace():
        place += 1
    while place < len(prompt.text) and not prompt.text[place].isspace():
        place += 1
    return place


def _recall(prompt: Prompt, step: int) -> None:
    if not prompt.history:
        return
    prompt.place = max(0, min(len(prompt.history), prompt.place + step))
    prompt.text = "" if prompt.place == 0 else prompt.history[-prompt.place]
    prompt.cursor = len(prompt.text)


ENDINGS: dict[str, Callable[[Prompt], str | None]] = {
    "Enter": _accept,
    "KPEnter": _accept,
    "C-m": _accept,
    "C-j": _accept,
    "Escape": _give_up,
    "C-c": _give_up,
    "C-g": _give_up,
}

NEW_LINE = "M-Enter"
BACKSPACES = frozenset({"BSpace", "C-h"})
AGAIN = {"C-r": "-", "C-s": "+"}

EDITS: dict[str, Callable[[Prompt], None]] = {
    "Left": lambda prompt: _move(prompt, prompt.cursor - 1),
    "C-b": lambda prompt: _move(prompt, prompt.cursor - 1),
    "Right": lambda prompt: _move(prompt, prompt.cursor + 1),
    "C-f": lambda prompt: _move(prompt, prompt.cursor + 1),
    "Home": lambda prompt: _move(prompt, 0),
    "C-a": lambda prompt: _move(prompt, 0),
    "End": lambda prompt: _move(prompt, len(prompt.text)),
    "C-e": lambda prompt: _move(prompt, len(prompt.text)),
    "M-b": lambda prompt: _move(prompt, _word_start(prompt)),
    "M-f": lambda prompt: _move(prompt, _word_end(prompt)),
    "BSpace": lambda prompt: _cut(prompt, prompt.cursor - 1, prompt.cursor),
    "C-h": lambda prompt: _cut(prompt, prompt.cursor - 1, prompt.cursor),
    "DC": lambda prompt: _cut(prompt, prompt.cursor, prompt.cursor + 1),
    "C-d": lambda prompt: _cut(prompt, prompt.cursor, prompt.cursor + 1),
    "C-u": lambda prompt: _cut(prompt, 0, len(prompt.text)),
    "C-k": lambda prompt: _cut(prompt, prompt.cursor, len(prompt.text)),
    "C-w": lambda prompt: _cut(prompt, _word_start(prompt), prompt.cursor),
    "M-BSpace": lambda prompt: _cut(prompt, _word_start(prompt), prompt.cursor),
    "Up": lambda prompt: _recall(prompt, 1),
    "C-p": lambda prompt: _recall(prompt, 1),
    "Down": lambda prompt: _recall(prompt, -1),
    "C-n": lambda prompt: _recall(prompt, -1),
}
