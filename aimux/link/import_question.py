"""Asks a user of tmux, once, whether to take the tmux configuration over.

Asked are those who attach for the first time and have a configuration of tmux and none of aimux.
"""

# No pathlib here: it costs a start 10 ms.
# ruff: noqa: PTH110, PTH123

from __future__ import annotations

import os

from aimux.errors import PathError
from aimux.paths import config_files, make_state_directory, state_directory, tmux_config_files

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping

    Environment = Mapping[str, str]

MARK = "asked-to-import-tmux"
QUESTION = "Import {} into aimux? [y/N] "
MAX_ANSWER = 1024  # bytes
YES = ("y", "yes")


def configuration_to_offer(environment: Environment) -> str | None:
    """The tmux configuration that the user is to be asked about; None if nothing is to be asked."""
    directory = state_directory(environment)
    if directory is None or os.path.exists(f"{directory}/{MARK}"):
        return None
    if config_files(environment):
        return None
    return next(iter(tmux_config_files(environment)), None)


def wants_import(path: str, environment: Environment) -> bool:
    """Ask on standard input and output, in one line.

    That it was asked is written down first, so that it is never asked again, however it goes.
    Where that cannot be written it is not asked at all.
    """
    try:
        with open(f"{make_state_directory(environment)}/{MARK}", "w"):
            pass
    except (OSError, PathError):
        return False
    os.write(1, os.fsencode(QUESTION.format(path)))
    answer = os.read(0, MAX_ANSWER).decode("ascii", "replace")
    return answer.strip().lower() in YES
