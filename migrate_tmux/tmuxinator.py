"""Project files of tmuxinator: YAML with `name`, `root` and `windows`.

Source of the format: tmuxinator's README. Templates (ERB) are Ruby and are refused.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from aimux.errors import PathError
from migrate_tmux.session_plan import PanePlan, SessionPlan, WindowPlan
from migrate_tmux.yaml_files import Document, list_at, plain_text, text_at

# What concerns the start of tmux itself; it means nothing to aimux.
IGNORED = frozenset({"attach", "socket_name", "socket_path", "tmux_command", "tmux_options"})
KNOWN = frozenset(
    {
        *("name", "project_name", "root", "project_root", "windows", "tabs"),
        *("pre_window", "startup_window", "startup_pane"),
    }
)
WINDOW_KEYS = frozenset({"layout", "root", "pre", "panes"})
TEMPLATE = "<%"


def is_tmuxinator(document: Document) -> bool:
    """Whether a document is a tmuxinator project."""
    return bool(
        {"name", "project_name"} & document.keys() and {"windows", "tabs"} & document.keys()
    )


def read_tmuxinator(document: Document, text: str) -> SessionPlan:
    """The session of a document.

    Args:
        document: The file's content.
        text: The same, unparsed.

    Raises:
        PathError: A part has the wrong form, or aimux does not do it.
    """
    if TEMPLATE in text:
        raise PathError("templates (<% ... %>) are not supported")
    for name in document:
        if name not in KNOWN | IGNORED:
            raise PathError(f"{name} is not supported")
    root = _directory(text_at(document, "root") or text_at(document, "project_root"))
    before = _lines(document.get("pre_window"))
    listed = list_at(document, "windows") or list_at(document, "tabs")
    windows = [_window(item, before, root) for item in listed]
    if not windows:
        raise PathError("windows: there is none")
    name = text_at(document, "name") or text_at(document, "project_name")
    return SessionPlan(
        name=name.translate(str.maketrans(":.", "__")),
        windows=tuple(_started(windows, document)),
        directory=root,
    )


def _started(windows: list[WindowPlan], document: Document) -> list[WindowPlan]:
    """The windows, with the one marked that is current at the start."""
    wanted = text_at(document, "startup_window")
    found = [at for at, one in enumerate(windows) if wanted in {one.name, str(at)}]
    current = found[0] if wanted and found else 0
    return [replace(one, active=at == current) for at, one in enumerate(windows)]


def _window(item: object, before: list[str], root: str) -> WindowPlan:
    if not isinstance(item, dict) or len(item) != 1:
        raise PathError("windows: not a list of NAME: ...")
    ((name, value),) = item.items()
    label = "" if name is None else plain_text(name)
    if not isinstance(value, dict):
        return WindowPlan(label, (_pane(value, before),), directory=root)
    for key in value:
        if key not in WINDOW_KEYS:
            raise PathError(f"window {label}: {key} is not supported")
    lines = [*before, *_lines(value.get("pre"))]
    panes = tuple(_pane(pane, lines) for pane in list_at(value, "panes") or [None])
    start = _directory(text_at(value, "root"), root) or root
    return WindowPlan(label, panes, layout=text_at(value, "layout"), directory=start)


def _pane(value: object, before: list[str]) -> PanePlan:
    """A pane given by what is typed in it: nothing, a line, lines, or `TITLE: lines`."""
    title = ""
    if isinstance(value, dict):
        if len(value) != 1:
            raise PathError("panes: not TITLE: commands")
        ((name, value),) = value.items()
        title = plain_text(name)
    return PanePlan(typed=(*before, *_lines(value)), title=title)


def _lines(value: object) -> list[str]:
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, dict | list) for item in items):
        raise PathError("commands: not a text")
    return [plain_text(item) for item in items if item is not None and item != ""]


def _directory(text: str, base: str = "") -> str:
    if not text:
        return ""
    expanded = Path(os.path.expandvars(text)).expanduser()
    return os.path.normpath(Path(base or Path.cwd()) / expanded)
