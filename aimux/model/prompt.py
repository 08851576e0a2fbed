"""The prompt in a client's status line: the text typed so far and what each key does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct

from aimux.model import prompt_vi
from aimux.model.prompt_editing import (
    TypedLine,
    cut_word,
    last_of_word,
    next_word,
    paste,
    transpose,
    word_end,
    word_start,
)

LINE_END = "\n"
SHOWN_LINE_END = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"


class PromptOptions(Struct, frozen=True):
    """The options that a prompt obeys.

    Attributes:
        vi: `status-keys` is vi.
        separators: `word-separators`.
    """

    vi: bool = False
    separators: str = ""


class Assistant(Protocol):
    """What helps while a prompt's text is typed."""

    def press(self, prompt: Prompt, key: str) -> bool:
        """Whether it took a key; of every other it learns that it was pressed."""
        ...

    def rows(self, prompt: Prompt) -> tuple[str, ...]:
        """What it shows beside the status line, with `#[]` styles."""
        ...


@dataclass(slots=True, eq=False, kw_only=True)
class Prompt(TypedLine):
    """An open prompt.

    Attributes:
        label: What stands before the text; may hold `#[]` styles, never format-expanded again.
        answer: Called with the text on Enter, and with None when the prompt is given up.
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
        vi: Its keys are vi's.
        commands: They are those of vi's command mode now.
    """

    label: str
    answer: Callable[[str | None], None]
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
    vi: bool = False
    commands: bool = False

    @property
    def shown(self) -> str:
        """The text as it is drawn, on one row and as long."""
        return self.text.replace(LINE_END, SHOWN_LINE_END)

    def paste(self, text: str) -> None:
        """Put pasted text in, without what is not printable: its first line, or all of them."""
        lines = text.replace("\r\n", LINE_END).replace("\r", LINE_END).split(LINE_END)
        kept = lines if self.keeps_lines else lines[:1]
        self.insert(LINE_END.join("".join(c for c in line if c.isprintable()) for line in kept))

    def obey(self, options: PromptOptions) -> None:
        """Obey these options from now on."""
        self.vi, self.separators = options.vi, options.separators
        self.commands = self.commands and self.vi

    def press(self, key: str) -> bool:
        """Apply a key by its tmux name; True if it ended the prompt (`answer` has been called)."""
        if self.vi:
            key = self._vi_key(key)
            if not key:
                return False
        return self._press(key)

    def _vi_key(self, key: str) -> str:
        """What a key means by vi's rules; "" for one that is done with."""
        if not self.commands:
            self.commands = key in prompt_vi.LEAVES_TYPING
            return prompt_vi.NOTHING if self.commands else prompt_vi.typed(key)
        found = prompt_vi.COMMANDS.get(key)
        if found is None:
            return prompt_vi.NOTHING
        self.commands = not found.types
        return found.key

    def _press(self, key: str) -> bool:
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


def _recall(prompt: Prompt, step: int) -> None:
    if not prompt.history:
        return
    prompt.place = max(0, min(len(prompt.history), prompt.place + step))
    prompt.text = "" if prompt.place == 0 else prompt.history[-prompt.place]
    prompt.cursor = len(prompt.text)


def _without_separators(go: Callable[[TypedLine], int]) -> Callable[[Prompt], None]:
    """Move by words that only spaces separate."""

    def run(prompt: Prompt) -> None:
        separators, prompt.separators = prompt.separators, ""
        prompt.move(go(prompt))
        prompt.separators = separators

    return run


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

_MOVES: dict[str, Callable[[Prompt], int]] = {
    **dict.fromkeys(("Left", "C-b"), lambda prompt: prompt.cursor - 1),
    **dict.fromkeys(("Right", "C-f"), lambda prompt: prompt.cursor + 1),
    **dict.fromkeys(("Home", "C-a"), lambda _: 0),
    **dict.fromkeys(("End", "C-e"), lambda prompt: len(prompt.text)),
    **dict.fromkeys(("M-b", "C-Left"), word_start),
    **dict.fromkeys(("M-f", "C-Right"), word_end),
    "vi-e": last_of_word,
    "vi-w": next_word,
}

_CUTS: dict[str, Callable[[Prompt], tuple[int, int]]] = {
    **dict.fromkeys(("BSpace", "C-h"), lambda prompt: (prompt.cursor - 1, prompt.cursor)),
    **dict.fromkeys(("DC", "C-d"), lambda prompt: (prompt.cursor, prompt.cursor + 1)),
    "C-u": lambda prompt: (0, len(prompt.text)),
    "C-k": lambda prompt: (prompt.cursor, len(prompt.text)),
}


def _moved(place: Callable[[Prompt], int]) -> Callable[[Prompt], None]:
    return lambda prompt: prompt.move(place(prompt))


def _removed(span: Callable[[Prompt], tuple[int, int]]) -> Callable[[Prompt], None]:
    return lambda prompt: prompt.remove(*span(prompt))


EDITS: dict[str, Callable[[Prompt], None]] = {
    **{key: _moved(place) for key, place in _MOVES.items()},
    **{key: _removed(span) for key, span in _CUTS.items()},
    **dict.fromkeys(("C-w", "M-BSpace"), cut_word),
    "C-y": paste,
    "C-t": transpose,
    "vi-B": _without_separators(word_start),
    "vi-E": _without_separators(last_of_word),
    "vi-W": _without_separators(next_word),
    **dict.fromkeys(("Up", "C-p"), lambda prompt: _recall(prompt, 1)),
    **dict.fromkeys(("Down", "C-n"), lambda prompt: _recall(prompt, -1)),
}
