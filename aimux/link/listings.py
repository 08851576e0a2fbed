"""What there is on a server, as rows of named fields: `list-panes` and its kin.

A field is asked for by a format. Values come on one line each, as the server cleans what a program
wrote: none can hold the character that stands between two fields.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Fields = Mapping[str, str]

BETWEEN = "\t"

SESSIONS: Fields = {
    "id": "#{session_id}",
    "name": "#{session_name}",
    "windows": "#{session_windows}",
    "attached": "#{session_attached}",
    "created": "#{session_created}",
    "path": "#{session_path}",
}
WINDOWS: Fields = {
    "id": "#{window_id}",
    "session": "#{session_name}",
    "index": "#{window_index}",
    "name": "#{window_name}",
    "active": "#{window_active}",
    "panes": "#{window_panes}",
    "columns": "#{window_width}",
    "rows": "#{window_height}",
}
PANES: Fields = {
    "id": "#{pane_id}",
    "place": "#{session_name}:#{window_index}.#{pane_index}",
    "session": "#{session_name}",
    "window": "#{window_id}",
    "title": "#{pane_title}",
    "command": "#{pane_current_command}",
    "path": "#{pane_current_path}",
    "pid": "#{pane_pid}",
    "columns": "#{pane_width}",
    "rows": "#{pane_height}",
    "active": "#{pane_active}",
    "dead": "#{pane_dead}",
    "agent": "#{agent_name}",
    "state": "#{agent_state}",
    "detail": "#{agent_detail}",
    "context_percent": "#{agent_context_percent}",
    "last_command": "#{last_command}",
    "last_exit": "#{last_exit}",
    "last_result": "#{last_result}",
}
AGENT = "#{agent_name}"
"""The filter of a list of panes that leaves those with an agent."""


def template(fields: Fields) -> str:
    """The format that prints a row."""
    return BETWEEN.join(fields.values())


def rows(fields: Fields, text: str) -> list[dict[str, str]]:
    """The rows that were printed; a line with other than so many fields is none of them."""
    names = tuple(fields)
    lines: list[Sequence[str]] = [line.split(BETWEEN) for line in text.split("\n")]
    return [dict(zip(names, line, strict=True)) for line in lines if len(line) == len(names)]
