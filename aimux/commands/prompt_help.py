"""Help while a command is typed: Tab completes, C-r searches the history, a row says the usage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aimux.commands.build import Language
from aimux.commands.completion import UNFINISHED, Completion, common_start, complete, option_help
from aimux.commands.typed_command import typed_command
from aimux.model.prompt import Prompt
from aimux.model.state import State
from aimux.model.theme import Chrome
from aimux.styles.width import text_width

GREETING = "Tab completes   Up, C-r earlier commands   Esc closes"
STEPS = {"Tab": 1, "BTab": -1}
GAP = 2


@dataclass(slots=True, eq=False)
class CommandHelp:
    """The assistant of a prompt for a command (`aimux.model.prompt.Assistant`).

    Args:
        state: What names there are.
        language: What commands there are.
        columns: Gives the width of its row.
    """

    state: State
    language: Language
    columns: Callable[[], int]
    _words: tuple[str, ...] = ()
    _chosen: int | None = None
    _span: tuple[int, int] = (0, 0)
    _searched: str | None = None
    _found: list[str] = field(default_factory=list)

    # ---- keys ----

    def press(self, prompt: Prompt, key: str) -> bool:
        """Complete or search; every other key ends both."""
        if key in STEPS:
            self._searched = None
            self._tab(prompt, STEPS[key])
            return True
        self._words, self._chosen = (), None
        if key == "C-r":
            self._search(prompt)
            return True
        self._searched = None
        return False

    # ---- completion ----

    def complete(self, prompt: Prompt) -> Completion:
        """What can stand where the cursor is."""
        return complete(self.state, self.language, prompt.text, prompt.cursor)

    def _tab(self, prompt: Prompt, step: int) -> None:
        if len(self._words) > 1:
            self._take_next(prompt, step)
            return
        found = self.complete(prompt)
        if len(found.words) == 1:
            word = found.words[0]
            self._put(prompt, found.start, word + ("" if word.endswith(UNFINISHED) else " "))
        elif found.words:
            self._offer(prompt, found)

    def _offer(self, prompt: Prompt, found: Completion) -> None:
        """Put in what all have in common, and show them."""
        common = common_start(found.words)
        if len(common) > prompt.cursor - found.start:
            self._put(prompt, found.start, common)
        self._words, self._chosen = found.words, None
        self._span = found.start, prompt.cursor

    def _take_next(self, prompt: Prompt, step: int) -> None:
        """Put the next of the words in, in place of the one before."""
        first = 0 if step > 0 else len(self._words) - 1
        place = first if self._chosen is None else (self._chosen + step) % len(self._words)
        self._chosen = place
        start, end = self._span
        prompt.cursor = end
        self._put(prompt, start, self._words[place])
        self._span = start, prompt.cursor

    def _put(self, prompt: Prompt, start: int, word: str) -> None:
        """Replace what stands from `start` to the cursor."""
        prompt.text = prompt.text[:start] + prompt.text[prompt.cursor :]
        prompt.cursor = start
        prompt.insert(word)

    # ---- the history ----

    def _search(self, prompt: Prompt) -> None:
        """Go to the last command that holds what was typed, or on to the one before."""
        if self._searched is None:
            self._searched = prompt.text
            seen = dict.fromkeys(reversed(prompt.history or ()))
            self._found = [text for text in seen if prompt.text in text and text != prompt.text]
        if self._found:
            prompt.text = self._found.pop(0)
            prompt.cursor = len(prompt.text)

    # ---- what is shown ----

    def rows(self, prompt: Prompt) -> tuple[str, ...]:
        """One row: the words to choose from, or the usage of what is typed."""
        chrome = self.state.theme.chrome
        if len(self._words) > 1:
            return (self._word_row(chrome),)
        if self._searched is not None:
            text = f"'{self._searched}': {len(self._found)} more that hold it"
            return (f" #[{chrome.quiet}]{_plain(text)}",)
        return (self.usage(prompt, chrome),)

    def _word_row(self, chrome: Chrome) -> str:
        """As many words as fit, from a place on at which the chosen one is seen."""
        parts: list[str] = []
        room = self.columns() - 1
        for place in range(self._first_shown(room), len(self._words)):
            word = self._words[place]
            room -= text_width(word) + GAP
            if room < 0:
                break
            style = "reverse" if place == self._chosen else "default"
            parts.append(f"#[{style}]{_plain(word)}#[default]{' ' * GAP}")
        if room < 0:
            parts.append(f"#[{chrome.quiet}]…")
        return " " + "".join(parts)

    def _first_shown(self, room: int) -> int:
        first, used = 0, 0
        for place, word in enumerate(self._words[: (self._chosen or 0) + 1]):
            used += text_width(word) + GAP
            if used > room - 2:
                first, used = place, text_width(word) + GAP
        return first

    def usage(self, prompt: Prompt, chrome: Chrome) -> str:
        """What is said while there is nothing to choose from."""
        typed = typed_command(prompt.text, prompt.cursor, self.language.table)
        if typed.row is None:
            return f" #[{chrome.quiet}]{GREETING}"
        about = option_help(self.state, typed)
        if about:
            return f" #[{chrome.quiet}]{_plain(about)}"
        name = typed.row.name
        usage = _cut(typed.row.usage, self.columns() - text_width(name) - 2)
        return f" #[{chrome.key}]{_plain(name)}#[default,{chrome.quiet}] {_plain(usage)}"


def _cut(usage: str, room: int) -> str:
    """One that says that it goes on."""
    return usage if len(usage) <= room else f"{usage[: max(0, room - 1)]}…"


def _plain(text: str) -> str:
    return text.replace("#", "##")
