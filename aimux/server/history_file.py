"""The option history-file: answers to prompts outlive the server."""

from __future__ import annotations

import logging

from aimux.commands.effects import Effects
from aimux.commands.prompt_history import history_lines, read_history
from aimux.errors import CommandError
from aimux.model.state import State

log = logging.getLogger(__name__)


def load_history(state: State, effects: Effects) -> None:
    """Read the file, if the option names one; one that cannot be read is logged."""
    path = _path(state)
    if path:
        try:
            read_history(state, effects.read_file(path))
        except CommandError as error:
            log.info("history-file: %s", error)


def save_history(state: State, effects: Effects) -> None:
    """Write the file, if the option names one; one that cannot be written is logged."""
    path = _path(state)
    if path:
        text = "".join(f"{line}\n" for line in history_lines(state))
        try:
            effects.write_file(path, text, append=False)
        except CommandError as error:
            log.warning("history-file: %s", error)


def _path(state: State) -> str:
    """The file, `~/` being the home directory; empty for any other relative name, as in tmux."""
    path = state.server_options.text("history-file")
    if path.startswith("~/"):
        path = f"{state.environment.get('HOME') or ''}/{path.removeprefix('~/')}"
    return path if path.startswith("/") else ""
