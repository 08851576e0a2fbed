"""Session files of tmuxp: YAML or JSON with `session_name` and `windows`.

Source of the format: tmuxp's documentation, "Configuration" and "Examples". What a file says and
aimux does not do is an error, so that nothing is left out in silence.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from aimux.errors import PathError
from migrate_tmux.session_plan import PanePlan, SessionPlan, WindowPlan
from migrate_tmux.yaml_files import Document, flag_at, list_at, plain_text, text_at, texts_at

SESSION_KEYS = frozenset(
    {
        *("session_name", "start_directory", "windows", "environment", "options"),
        *("shell_command_before", "suppress_history"),
    }
)
WINDOW_KEYS = frozenset(
    {
        *("window_name", "panes", "layout", "start_directory", "options", "options_after"),
        *("shell_command_before", "focus", "window_index", "suppress_history", "environment"),
    }
)
PANE_KEYS = frozenset(
    {
        *("shell_command", "start_directory", "focus", "environment", "suppress_history"),
        "shell_command_before",
    }
)
BLANK = frozenset({"", "pane", "blank", "null"})


def is_tmuxp(document: Document) -> bool:
    """Whether a document is a tmuxp session."""
    return "session_name" in document and "windows" in document


def read_tmuxp(document: Document, *, directory: Path) -> SessionPlan:
    """The session of a document.

    Args:
        document: The file's content.
        directory: Where the file stands: directories may be relative to it.

    Raises:
        PathError: A part has the wrong form, or aimux does not do it.
    """
    _check(document, SESSION_KEYS, "session")
    start = _directory(text_at(document, "start_directory"), directory)
    before = _commands(document, "shell_command_before")
    base = Path(start) if start else directory
    hidden = flag_at(document, "suppress_history", default=True)
    windows = [
        _window(_mapping(window, "window"), base, before, hidden=hidden)
        for window in list_at(document, "windows")
    ]
    if not windows:
        raise PathError("windows: there is none")
    return SessionPlan(
        name=os.path.expandvars(text_at(document, "session_name")).translate(_NAME),
        windows=tuple(windows),
        directory=start,
        options=texts_at(document, "options"),
        environment=texts_at(document, "environment"),
    )


# tmux turns the two characters that separate targets into underscores.
_NAME = str.maketrans(":.", "__")


def _window(document: Document, base: Path, before: list[str], *, hidden: bool) -> WindowPlan:
    _check(document, WINDOW_KEYS, "window")
    start = _directory(text_at(document, "start_directory"), base)
    hidden = flag_at(document, "suppress_history", default=hidden)
    before = [*before, *_commands(document, "shell_command_before")]
    variables = texts_at(document, "environment")
    panes = [
        _pane(pane, Path(start) if start else base, before, variables, hidden=hidden)
        for pane in list_at(document, "panes") or [None]
    ]
    index = document.get("window_index")
    return WindowPlan(
        name=text_at(document, "window_name"),
        panes=tuple(panes),
        index=int(str(index)) if str(index).isdecimal() else None,
        layout=text_at(document, "layout"),
        directory=start,
        options=texts_at(document, "options"),
        options_after=texts_at(document, "options_after"),
        active=flag_at(document, "focus"),
    )


def _pane(
    value: object, base: Path, before: list[str], variables: Mapping[str, str], *, hidden: bool
) -> PanePlan:
    document = value if isinstance(value, dict) else {"shell_command": value}
    _check(document, PANE_KEYS, "pane")
    hidden = flag_at(document, "suppress_history", default=hidden)
    own = _commands(document, "shell_command_before")
    commands = [line for line in _commands(document, "shell_command") if line not in BLANK]
    lines = [*before, *own, *commands]
    return PanePlan(
        directory=_directory(text_at(document, "start_directory"), base),
        typed=tuple(f" {line}" if hidden else line for line in lines),
        environment={**variables, **texts_at(document, "environment")},
        active=flag_at(document, "focus"),
    )


def _commands(document: Document, name: str) -> list[str]:
    """Lines to type, given as a text, a list of texts, or mappings with `cmd`."""
    lines: list[str] = []
    for item in list_at(document, name):
        if isinstance(item, dict):
            _check(item, frozenset({"cmd"}), name)
        command = item.get("cmd") if isinstance(item, dict) else item
        if isinstance(command, list):
            raise PathError(f"{name}: a list within a list")
        if command is not None:
            lines.append(plain_text(command))
    return lines


def _directory(text: str, base: Path) -> str:
    """A directory with `~` and variables expanded; a relative one counts from `base`."""
    if not text:
        return ""
    expanded = Path(os.path.expandvars(text)).expanduser()
    return os.path.normpath(base / expanded)


def _mapping(value: object, place: str) -> Document:
    if not isinstance(value, dict):
        raise PathError(f"{place}: no mapping")
    return value


def _check(document: Document, known: frozenset[str], place: str) -> None:
    for name in document:
        if name not in known:
            raise PathError(f"{place}: {name} is not supported")
