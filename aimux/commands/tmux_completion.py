"""Tab at a prompt as tmux 3.3a has it: names of commands, options, layouts, and targets.

What all that fit begin with is put in; if that is there already, a menu shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aimux.commands.build import Language
from aimux.commands.client_view import status_rows
from aimux.commands.command import Command
from aimux.commands.completion import common_start
from aimux.model.client import Client
from aimux.model.layout_presets import PRESETS
from aimux.model.menu import FRAME_COLUMNS, FRAME_ROWS, Menu, make_item, placed_within
from aimux.model.options_table import OPTIONS
from aimux.model.prompt import Prompt
from aimux.model.session import Session
from aimux.model.state import State
from aimux.styles.width import text_width

TARGETS = ("target", "window-target")
"""The kinds of prompts that ask for a target (`command-prompt -T`)."""
TARGET_FLAGS = ("-t", "-s")
MAX_WORD = 63
MAX_ROWS = 10
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What a word may become.

    Attributes:
        words: Each in full, as it is put in.
        names: The same as a menu shows them.
        put: What is put in at once; "" for nothing.
        newest: A menu that has no room for all shows the last of them, not the first.
    """

    words: Sequence[str]
    names: Sequence[str]
    put: str = ""
    newest: bool = True


NOTHING = _Found((), ())


class TmuxCompletion:
    """The assistant of such a prompt (`aimux.model.prompt.Assistant`).

    Args:
        language: What commands there are.
        state: What sessions there are.
        client: Whose prompt it is.
        kind: What is asked for, as `command-prompt -T` says it.
    """

    def __init__(
        self, language: Language, state: State, client: Client, kind: str = "command"
    ) -> None:
        self._language = language
        self._state = state
        self._client = client
        self._kind = kind

    def press(self, prompt: Prompt, key: str) -> bool:
        """Complete the word that the cursor is in; every other key is the prompt's."""
        if key != "Tab":
            return False
        start, end = _word(prompt)
        word = prompt.text[start:end]
        if len(word) <= MAX_WORD and (word or not prompt.text):
            found = self._found(word, is_first=start == 0)
            if found.put and found.put != word:
                _put(prompt, found.put)
            elif not found.put or found.put == word:
                flagged = self._kind not in TARGETS and word.startswith(TARGET_FLAGS)
                self._offer(prompt, found, start + 2 * flagged)
        return True

    def rows(self, prompt: Prompt) -> tuple[str, ...]:
        """No help is shown."""
        del prompt
        return ()

    # ---- what fits ----

    def _found(self, word: str, *, is_first: bool) -> _Found:
        session = self._client.session
        if self._kind == "window-target":
            return NOTHING if session is None else self._windows(session, word, "")
        if self._kind == "target":
            return self._targets(word, "")
        if word.startswith(TARGET_FLAGS):
            return self._targets(word[2:], word[:2])
        if not word:
            return NOTHING
        words = sorted(name for name in self._names(is_first=is_first) if name.startswith(word))
        put = f"{words[0]} " if len(words) == 1 else _common(words)
        return _Found(words, words, put)

    def _names(self, *, is_first: bool) -> Iterator[str]:
        rows = [row for row in self._language.table if isinstance(row, Command)]
        yield from {
            name for row in rows if not row.is_addition for name in (row.name, row.alias) if name
        }
        for alias in self._state.server_options.items("command-alias").values():
            name, equals, _ = str(alias).partition("=")
            if equals:
                yield name
        if not is_first:
            yield from (row.name for row in OPTIONS if not (row.is_addition or row.is_later))
            yield from PRESETS

    def _targets(self, text: str, flag: str) -> _Found:
        """Sessions, or the windows of the one before a colon."""
        name, colon, rest = text.partition(":")
        if not colon:
            words = sorted(flag + one for one in self._sessions(text))
            return _Found(words, [one.removeprefix(flag) for one in words], _common(words))
        session = self._client.session if not name else self._session_called(name)
        if session is None or "." in rest:
            return NOTHING
        return self._windows(session, rest, flag)

    def _sessions(self, text: str) -> Iterator[str]:
        for session in self._state.sessions_by_name():
            if session.name.startswith(text):
                yield f"{session.name}:"
            elif text.startswith("$") and str(session.id).startswith(text[1:]):
                yield f"${session.id}:"

    def _session_called(self, name: str) -> Session | None:
        sessions = self._state.sessions.values()
        return next((one for one in sessions if one.name == name), None)

    def _windows(self, session: Session, text: str, flag: str) -> _Found:
        links = [link for link in session.ordered() if str(link.index).startswith(text)]
        owner = "" if self._kind == "window-target" else f"{session.name}:"
        words = [f"{flag}{owner}{link.index}" for link in links]
        names = [f"{owner}{link.index} ({link.window.name})" for link in links]
        return _Found(words, names, words[0] if len(words) == 1 else "", newest=False)

    # ---- the menu ----

    def _offer(self, prompt: Prompt, found: _Found, offset: int) -> None:
        """Show what fits beside the prompt; what is chosen takes the word's place."""
        client, session = self._client, self._client.session
        if session is None or client.overlay is not None or len(found.words) < 2:
            return
        lines = status_rows(session.options)
        height = min(client.rows - lines - 2, MAX_ROWS, len(found.words))
        if client.rows - lines < LEAST_ROWS:
            return
        part = slice(-height, None) if found.newest else slice(height)
        words = found.words[part]
        items = tuple(
            make_item(name, str(number), columns=client.window_columns)
            for number, name in enumerate(found.names[part])
        )

        def ended(chosen: int | None) -> None:
            if chosen is not None:
                self._choose(prompt, words[chosen])

        on_top = session.options.text("status-position") == "top"
        menu = Menu("", items, 0, lines if on_top else client.rows - 3 - height, ended, tabbed=True)
        left = max(0, offset + text_width(prompt.label) - 2)
        whole = client.window_columns
        if menu.columns + FRAME_COLUMNS <= whole and height + FRAME_ROWS <= client.rows:
            menu.column = placed_within(left, menu.columns + FRAME_COLUMNS, whole)
            client.overlay = menu

    def _choose(self, prompt: Prompt, word: str) -> None:
        if self._kind == "window-target":
            prompt.text, prompt.cursor = word, len(word)
        else:
            _put(prompt, word)


def _common(words: Sequence[str]) -> str:
    return common_start(words) if words else ""


def _word(prompt: Prompt) -> tuple[int, int]:
    """Where the word begins that the cursor is in or behind, and the place behind it."""
    text = prompt.text
    place = max(0, prompt.cursor - 1)
    start = text.rfind(" ", 0, place + 1) + 1
    end = text.find(" ", max(place, start))
    return start, end if end >= 0 else len(text)


def _put(prompt: Prompt, word: str) -> None:
    """Put a word in the place of the one that the cursor is in."""
    start, end = _word(prompt)
    prompt.remove(start, end)
    prompt.insert(word)
