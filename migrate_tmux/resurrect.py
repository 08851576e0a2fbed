"""Save files of tmux-resurrect: lines of fields separated by tabs.

Source of the format: tmux-resurrect's documentation and the files that its version 4 writes. A
field that begins with `:` is a text that may be empty.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from aimux.errors import PathError
from migrate_tmux.programs import may_restart
from migrate_tmux.session_plan import PanePlan, SessionPlan, WindowPlan

KINDS = ("pane\t", "window\t", "state\t", "grouped_session\t")
PANE_FIELDS = 11
WINDOW_FIELDS = 7
Contents = Callable[[str], Path | None]
Window = tuple[str, int]  # a session's name and a window's index


def _nothing(_pane: str) -> None:
    return None


def is_resurrect(text: str) -> bool:
    """Whether a text is a save file."""
    return text.startswith(KINDS)


def read_resurrect(text: str, contents: Contents = _nothing) -> list[SessionPlan]:
    """The sessions of a save file, in its order.

    Args:
        text: The file's.
        contents: The file that shows what the pane `SESSION:WINDOW.PANE` showed; None if nothing
            was kept of it.

    Raises:
        PathError: `line N: ...`.
    """
    reader = _Reader(contents)
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            reader.line(line.split("\t"))
        except (ValueError, IndexError) as error:
            raise PathError(f"line {number}: not of a tmux-resurrect file") from error
    if not reader.panes:
        raise PathError("no panes")
    return reader.sessions()


class _Reader:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.panes: dict[Window, list[PanePlan]] = defaultdict(list)
        self._names: dict[Window, str] = {}
        self._layouts: dict[Window, str] = {}
        self._active: dict[Window, bool] = {}
        self._flags: dict[Window, str] = {}
        self._automatic: dict[Window, str] = {}
        self._left: dict[str, list[str]] = defaultdict(list)

    def line(self, fields: list[str]) -> None:
        if fields[0] == "pane" and len(fields) >= PANE_FIELDS:
            self._pane(fields)
        elif fields[0] == "window" and len(fields) >= WINDOW_FIELDS:
            self._window(fields)
        elif fields[0] not in {"state", "grouped_session", ""}:
            raise ValueError(fields[0])

    def _pane(self, fields: list[str]) -> None:
        _, session, index, window_active, flags, place, title, directory, active, *commands = fields
        window = session, int(index)
        line = commands[1].removeprefix(":")
        again = bool(line) and may_restart(_words(line))
        if line and not again:
            self._left[session].append(f"{session}:{index}: not started again: {line}")
        self._active[window] = window_active == "1"
        self._flags[window] = flags
        self.panes[window].append(
            PanePlan(
                directory=directory.removeprefix(":").replace("\\ ", " "),
                typed=(line,) if again else (),
                contents=self._contents(f"{session}:{index}.{place}"),
                title=title.removeprefix(":"),
                active=active == "1",
            )
        )

    def _window(self, fields: list[str]) -> None:
        _, session, index, name, _active, _flags, layout, *rest = fields
        window = session, int(index)
        self._names[window] = name.removeprefix(":")
        self._layouts[window] = layout
        self._automatic[window] = rest[0] if rest else ""

    def sessions(self) -> list[SessionPlan]:
        names = list(dict.fromkeys(session for session, _ in self.panes))
        return [
            SessionPlan(
                name=name,
                windows=tuple(self._plan(window) for window in self.panes if window[0] == name),
                notes=tuple(self._left[name]),
            )
            for name in names
        ]

    def _plan(self, window: Window) -> WindowPlan:
        automatic = self._automatic.get(window, "")
        return WindowPlan(
            name=self._names.get(window, ""),
            panes=tuple(self.panes[window]),
            index=window[1],
            layout=self._layouts.get(window, ""),
            options={"automatic-rename": automatic} if automatic in {"on", "off"} else {},
            active=self._active[window],
            zoomed="Z" in self._flags[window],
        )


def _words(line: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(line))
    except ValueError:
        return ()
