"""The command language of a server: what it needs to know of it, and what is read in it."""

from __future__ import annotations

import os
import pwd

from aimux.commands.build import Language
from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.keymap import read_keymap
from aimux.commands.table import COMMANDS
from aimux.commands.targets import Target
from aimux.data import load_data
from aimux.model.state import State

KEYMAPS = ("tmux", "aimux")


class ServerReading:
    """The `ParseContext` of a server."""

    def __init__(self, state: State, effects: Effects) -> None:
        self._state = state
        self._effects = effects

    def lookup_environment(self, name: str) -> str | None:
        """A variable of the global environment."""
        return self._state.environment.get(name)

    def home(self, user: str | None) -> str | None:
        """A user's home directory."""
        if user is None:
            home = self._state.environment.get("HOME")
            if home:
                return home
        try:
            entry = pwd.getpwnam(user) if user else pwd.getpwuid(os.getuid())
        except KeyError:
            return None
        return entry.pw_dir

    def expand_condition(self, text: str) -> str:
        """A condition's format; it may look at everything but jobs."""
        return expand(text, StateContext(self._state, self._effects, Target()))

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        """Set a variable of the global environment."""
        self._state.environment.set(name, value, hidden=hidden)


def language(state: State, effects: Effects) -> Language:
    """The command language of a server."""
    return Language(
        table=tuple(COMMANDS.values()),
        context=ServerReading(state, effects),
        aliases=lambda: state.server_options.strings("command-alias"),
    )


def read_options_with(language: Language, state: State) -> None:
    """Let options that hold commands be read in a language."""
    for options in (state.session_options, state.window_options):
        options.read_commands_with(language.read_string)


def bind_default_keys(language: Language, state: State) -> None:
    """Bind the keys of the shipped keymaps."""
    for name in KEYMAPS:
        read_keymap(load_data("keymaps", name), language.read_string, into=state.key_tables)
