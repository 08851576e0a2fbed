"""Finding themes by name, and making one the server's."""

from __future__ import annotations

from aimux.data import data_names, load_data
from aimux.errors import CommandError, PathError
from aimux.model.option_row import Scope
from aimux.model.state import State
from aimux.model.theme import Theme, read_theme
from aimux.paths import config_directory


def own_directory(state: State) -> str | None:
    """Where the configuration of the server's user stands; None where there is no home."""
    return config_directory(state.environment.visible())


def theme_names(state: State) -> list[str]:
    """Every theme's name, sorted: aimux's and those in the user's `themes` directory."""
    try:
        return data_names("themes", own_directory(state))
    except PathError as error:
        raise CommandError(str(error)) from error


def find_theme(state: State, name: str) -> Theme:
    """The theme of a name; the user's own comes before aimux's.

    Raises:
        CommandError: `no theme: x`, or what is wrong in its file.
    """
    if name not in theme_names(state):
        raise CommandError(f"no theme: {name}")
    try:
        return read_theme(load_data("themes", name, own_directory(state)), name)
    except PathError as error:
        raise CommandError(str(error)) from error


def kept_theme(state: State) -> Theme:
    """The theme that is set, whichever one somebody is looking at; else the one that is shown."""
    try:
        return find_theme(state, state.server_options.text("theme"))
    except CommandError:
        return state.theme


def apply_theme(state: State, name: str) -> None:
    """Let everything look as a theme says, but for what somebody has set. Raises CommandError."""
    show_theme(state, find_theme(state, name))


def show_theme(state: State, theme: Theme) -> None:
    """The same with a theme at hand, whatever the option `theme` says: to look at it."""
    state.session_options.set_defaults(theme.options_of(Scope.SESSION))
    state.window_options.set_defaults(theme.options_of(Scope.WINDOW))
    state.theme = theme
