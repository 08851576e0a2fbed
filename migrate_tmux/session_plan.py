"""A session as it is to be made: what takeovers and saved layouts of every kind become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aimux.errors import PathError

DEFAULT_COLUMNS, DEFAULT_ROWS = 200, 50
MAXIMUM_SESSIONS = 200
MAXIMUM_WINDOWS = 500  # of one session
MAXIMUM_PANES = 200  # of one window


@dataclass(frozen=True, slots=True)
class PanePlan:
    """A pane.

    Attributes:
        directory: Where it starts; empty for the window's.
        typed: Lines that are typed into its shell.
        contents: A file that is shown first, and then removed.
        title: Its title; empty for the program's own.
        environment: Variables of its own.
        options: Options of its own.
        active: Whether it is the window's current pane.
    """

    directory: str = ""
    typed: tuple[str, ...] = ()
    contents: Path | None = None
    title: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    active: bool = False


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A window.

    Attributes:
        name: Its name; empty for the program's.
        panes: At least one, in order.
        index: Where it is linked; None for the next free place.
        layout: A layout's name or string; empty for whatever splitting gives.
        directory: Where its panes start; empty for the session's.
        options: Set before its layout, which may depend on them.
        options_after: Set when everything has been typed.
        active: Whether it is the session's current window.
        zoomed: Whether its current pane is zoomed.
        link: The session and index of the same window, where it was made already.
    """

    name: str
    panes: tuple[PanePlan, ...]
    index: int | None = None
    layout: str = ""
    directory: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    options_after: Mapping[str, str] = field(default_factory=dict)
    active: bool = False
    zoomed: bool = False
    link: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session.

    Attributes:
        name: Its name.
        windows: At least one, in order.
        directory: Where its windows start; empty for where the command runs.
        options: Its own.
        environment: What its programs are given.
        columns: The width that it is made with, in cells.
        rows: The height that it is made with, with the status line.
        notes: What the saved layout held that is not made again.
    """

    name: str
    windows: tuple[WindowPlan, ...]
    directory: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    columns: int = DEFAULT_COLUMNS
    rows: int = DEFAULT_ROWS
    notes: tuple[str, ...] = ()


def check_size(plans: Sequence[SessionPlan]) -> None:
    """Raise PathError if a file asks for more than anybody wants to be made."""
    windows = [window for plan in plans for window in plan.windows]
    for count, most, what in (
        (len(plans), MAXIMUM_SESSIONS, "sessions"),
        (max((len(plan.windows) for plan in plans), default=0), MAXIMUM_WINDOWS, "windows"),
        (max((len(window.panes) for window in windows), default=0), MAXIMUM_PANES, "panes"),
    ):
        if count > most:
            raise PathError(f"too many {what}: {count}, at most {most}")
