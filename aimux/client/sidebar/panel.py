"""What a panel of the sidebar is, and the shapes that panels share. Pure: facts in, text out.

Everything that a program, an agent or a server wrote becomes a Text object and is never parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from aimux.client.sidebar.colours import HEADING, QUIET
from aimux.protocol.messages import Facts

_LONGEST = 512  # cells; no row is wider, and what is cut off need not be measured


@dataclass(frozen=True, slots=True)
class View:
    """What panels are drawn from.

    Attributes:
        facts: The newest from the server.
        now: Seconds since the epoch.
        width: Cells of a row.
    """

    facts: Facts
    now: float
    width: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel.

    Attributes:
        title: Its heading.
        note: What stands at the right of the heading; may be empty.
        entries: What it lists, each of one row or two.
        moments: When what it shows the age of began, in seconds since the epoch.
        empty: What stands in place of no entries.
    """

    title: str
    note: Callable[[View], Text]
    entries: Callable[[View], list[list[Text]]]
    moments: Callable[[Facts], Iterable[float]]
    empty: str

    def rows(self, view: View, height: int) -> list[Text]:
        """The heading and the entries that fit whole into `height` rows."""
        rows = [spread(styled(self.title, HEADING), self.note(view), view.width)]
        for entry in self.entries(view) or [[styled(self.empty, QUIET)]]:
            if len(rows) + len(entry) > height:
                break
            rows += entry
        for row in rows:
            row.truncate(view.width, overflow="ellipsis")
        return rows[:height]

    def height(self, view: View) -> int:
        """How many rows it would fill."""
        return 1 + (sum(map(len, self.entries(view))) or 1)


def styled(text: str, style: str = "") -> Text:
    """Text of a program or a server as one row: whatever is not printable is left out."""
    printable = "".join(character for character in text[:_LONGEST] if character.isprintable())
    return Text(no_wrap=True, end="").append(printable, style)


def spread(left: Text, right: Text, width: int) -> Text:
    """A row of exactly `width` cells, `right` at its end; `left` is cut short to make room."""
    right = right.copy()
    right.truncate(width)
    room = max(width - right.cell_len - (1 if right.cell_len else 0), 0)
    row = left.copy()
    row.truncate(room, overflow="ellipsis")
    row.append(" " * (width - row.cell_len - right.cell_len))
    return row.append_text(right)


def ending(text: str, width: int) -> str:
    """The end of a path that is too long: its last part says most."""
    if cell_len(text) <= width:
        return text
    tail = text[-width:]
    while tail and cell_len(tail) > width - 1:
        tail = tail[1:]
    return f"…{tail}"


def share(wanted: list[int], available: int) -> list[int]:
    """Heights for panels that want `wanted` rows each, in no more than `available` rows.

    Every panel first gets up to three rows, the first ones first; what is left goes to them in
    order.
    """
    heights = [0] * len(wanted)
    for most in (3, max(wanted, default=0)):
        for index, want in enumerate(wanted):
            more = min(min(want, most) - heights[index], available)
            if more > 0:
                heights[index] += more
                available -= more
    return heights
