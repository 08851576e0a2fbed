"""The characters of the sidebar: shapes that tell states apart without colour, and their ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aimux.client.sidebar.colours import ATTENTION, FAILURE, QUIET


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown.

    Attributes:
        mark: One cell, so that colour is not needed to tell states apart.
        ascii: The same for a terminal that has no UTF-8.
        word: What stands beside the age.
        style: Colour is for what needs a person, and for nothing else.
        rank: Lower ones come first.
    """

    mark: str
    ascii: str
    word: str
    style: str
    rank: int


_LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "waiting": Look("▲", "!", "waits", ATTENTION, 0),
        "error": Look("✗", "x", "error", FAILURE, 1),
        "limited": Look("⏸", "=", "limited", ATTENTION, 2),
        "done": Look("✓", "+", "done", "", 3),
        "working": Look("●", "*", "working", "", 4),
        "starting": Look("◌", "~", "starting", "", 5),
        "unknown": Look("?", "?", "", QUIET, 6),
        "idle": Look("·", ".", "idle", QUIET, 7),
        "exited": Look("∅", "-", "exited", QUIET, 8),
        "bell": Look("♪", "!", "bell", ATTENTION, 9),
        "message": Look("»", ">", "message", ATTENTION, 9),
    }
)


def look_of(state: str) -> Look:
    """The look of a state; of `unknown` for one that this version does not know."""
    return _LOOKS.get(state, _LOOKS["unknown"])


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that one terminal can show.

    Attributes:
        utf8: Whether it shows more than ASCII.
        full: A cell of a bar that is used.
        free: A cell of a bar that is not.
        arrow: From whom to whom.
        folded: Stands before the heading of a folded panel.
        ellipsis: Stands for what was cut off.
        dot: Between two facts of a row.
        runs: A command that runs.
        succeeded: One that ended well.
        failed: One that did not.
        ended: One of which that is not known.
    """

    utf8: bool
    full: str
    free: str
    arrow: str
    folded: str
    ellipsis: str
    dot: str
    runs: str
    succeeded: str
    failed: str
    ended: str

    def of(self, state: str) -> str:
        """The mark of an agent's state."""
        look = look_of(state)
        return look.mark if self.utf8 else look.ascii

    def bar(self, percent: int, cells: int) -> str:
        """A bar of so many cells; one that is not empty shows at least one, full only all."""
        used = min(cells, max(int(percent > 0), percent * cells // 100))
        return self.full * used + self.free * (cells - used)


SHAPES = Marks(True, "▓", "░", "→", "▸", "…", "·", "●", "✓", "✗", "·")
ASCII = Marks(False, "#", ".", "->", ">", "~", "-", "*", "+", "x", ".")
