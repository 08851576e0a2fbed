"""Saved layouts: which kind a file is, and how a running session becomes one that tmuxp reads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from aimux.errors import LayoutError, PathError
from aimux.ids import PaneId
from aimux.model.layout_cell import Direction
from aimux.model.layout_string import dump, floating_boxes, parse_layout
from migrate_tmux.aimux_server import AimuxServer
from migrate_tmux.contents import forget_contents, saved_contents
from migrate_tmux.programs import command_line, foreground_words
from migrate_tmux.resurrect import is_resurrect, read_resurrect
from migrate_tmux.session_plan import SessionPlan, check_size
from migrate_tmux.tmuxinator import is_tmuxinator, read_tmuxinator
from migrate_tmux.tmuxp import is_tmuxp, read_tmuxp
from migrate_tmux.yaml_files import read_text, read_yaml, write_yaml

SEPARATOR = "\u241e"
FIELDS = (
    *("session_name", "session_path", "window_index", "window_name", "window_layout"),
    *("window_active", "automatic-rename", "pane_active", "pane_current_path", "pane_pid"),
    "pane_floating_flag",
)
Row = dict[str, str]


def read_layout(path: Path, keep: Callable[[bytes], Path]) -> list[SessionPlan]:
    """The sessions of a saved layout of tmuxp, tmuxinator or tmux-resurrect.

    Args:
        path: The file.
        keep: Makes a file, from which a pane will show it, of what one showed when it was saved.

    Raises:
        PathError: `FILE: reason`.
    """
    text = read_text(path)
    try:
        if is_resurrect(text):
            saved = saved_contents(path)
            plans = read_resurrect(text, lambda pane: keep(saved[pane]) if pane in saved else None)
            return _within_limits(plans)
        document = read_yaml(text, source="YAML")
        if is_tmuxp(document):
            return _within_limits([read_tmuxp(document, directory=path.absolute().parent)])
        if is_tmuxinator(document):
            return _within_limits([read_tmuxinator(document, text)])
    except PathError as error:
        raise PathError(f"{path}: {error}") from error
    raise PathError(f"{path}: neither a tmuxp nor a tmuxinator nor a tmux-resurrect file")


def _within_limits(plans: list[SessionPlan]) -> list[SessionPlan]:
    """The plans; PathError, and no file of a pane's left, if they are too large."""
    try:
        check_size(plans)
    except PathError:
        for plan in plans:
            forget_contents(plan)
        raise
    return plans


def freeze_session(server: AimuxServer, target: str) -> str:
    """A session as a file that tmuxp loads.

    Raises:
        LinkError: There is no such session, or no server.
    """
    template = SEPARATOR.join(f"#{{{name}}}" for name in FIELDS)
    listed = server.run("list-panes", "-s", *(["-t", target] if target else []), "-F", template)
    rows = [dict(zip(FIELDS, line.split(SEPARATOR), strict=True)) for line in listed.splitlines()]
    windows = groupby(rows, key=lambda row: row["window_index"])
    return write_yaml(
        {
            "session_name": rows[0]["session_name"],
            "start_directory": rows[0]["session_path"],
            "windows": [_window(list(panes)) for _, panes in windows],
        }
    )


def _window(rows: list[Row]) -> dict[str, object]:
    rows = sorted(rows, key=lambda row: row["pane_floating_flag"] == "1")
    first = rows[0]
    document: dict[str, object] = {
        "window_name": first["window_name"],
        "window_index": int(first["window_index"]),
        "layout": _tiled_layout(first["window_layout"], len(rows)),
        "options": {"automatic-rename": "on" if first["automatic-rename"] == "1" else "off"},
        "panes": [_pane(row) for row in rows],
    }
    if first["window_active"] == "1":
        document["focus"] = True
    return document


def _tiled_layout(text: str, panes: int) -> str:
    """The layout with a row of its own, at the bottom, for each pane that floats.

    tmuxp splits windows and refuses a layout with fewer cells than panes.
    """
    floating = floating_boxes(text)
    tiled = [PaneId(number) for number in range(panes - len(floating))]
    if not floating or not tiled:
        return text
    layout = parse_layout(text, tiled)
    try:
        for number, box in enumerate(floating, len(tiled)):
            layout.split(
                tiled[-1],
                PaneId(number),
                direction=Direction.TOP_BOTTOM,
                size=min(box.rows, layout.rows // (len(floating) + 1)),
                full=True,
            )
    except LayoutError:  # no room for a row
        return "tiled"
    return dump(layout)


def _pane(row: Row) -> dict[str, object]:
    words = foreground_words(int(row["pane_pid"]))
    document: dict[str, object] = {
        "start_directory": row["pane_current_path"],
        "shell_command": [command_line(words)] if words else [],
    }
    if row["pane_active"] == "1":
        document["focus"] = True
    return document
