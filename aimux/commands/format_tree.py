"""What a format is expanded against (tmux: format_tree): the meaning of names, and neighbours."""

from collections.abc import Iterable
from typing import Protocol


class FormatContext(Protocol):
    """What a format is expanded against: one target, and the ways to its neighbours."""

    def variable(self, name: str) -> str | None:
        """The value of a format variable, an option or an environment variable; None if unknown."""

    def sessions(self) -> Iterable[tuple["FormatContext", bool]]:
        """Every session's context, and whether it is the current one."""

    def windows(self) -> Iterable[tuple["FormatContext", bool]]:
        """The same for the session's windows; nothing if there is no session."""

    def panes(self) -> Iterable[tuple["FormatContext", bool]]:
        """The same for the window's panes; nothing if there is no window."""

    def job(self, command: str) -> str:
        """The last line that `command`, already expanded, has printed so far."""

    def search_pane(self, pattern: str, *, regex: bool, ignore_case: bool) -> int:
        """The first line of the pane that holds `pattern`, counted from 1; 0 if none does."""

    def name_exists(self, kind: str, name: str) -> bool:
        """Whether a window of the session (`w`) or any session (`s`) has this name."""

    def now(self) -> float:
        """Wall-clock seconds since the epoch."""
