"""What a panel of the sidebar is, and the shapes that panels share. Pure: facts in, text out.

Everything that a program, an agent or a server wrote becomes a Text object and is never parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.text import Text

from aimux.client.sidebar.marks import SHAPES, Marks
from aimux.protocol.message import Message
from aimux.protocol.server_messages import Facts

FILTER = "f"
_LONGEST = 512  # cells; no row is wider, and what is cut off need not be measured


@dataclass(frozen=True, slots=True)
class View:
    """What panels are drawn from.

    Attributes:
        facts: The newest from the server.
        now: Seconds since the epoch.
        width: Cells of a row.
        marks: What the terminal can show.
        only: By the name of a panel, whom it is to be about; those that are not in it show all.
    """

    facts: Facts
    now: float
    width: int
    marks: Marks = SHAPES
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a panel lists.

    Attributes:
        key: Names it in its panel, and stays while what is said of it changes.
        rows: One row or two.
        opens: What Enter on it asks the server for; None if there is nothing to be opened.
        answers: What each key that answers it asks for.
        is_label: It stands above a group of entries, and cannot be chosen.
    """

    key: str
    rows: tuple[Text, ...]
    opens: Message | None = None
    answers: Mapping[str, Message] = field(default_factory=dict)
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel.

    Attributes:
        name: Its name in the option `sidebar-panels`.
        title: Its heading.
        purpose: What it is for: stands beside the heading while there are no entries.
        note: What stands at the right of the heading; may be empty.
        entries: What it lists.
        moments: When what it shows the age of began, in seconds since the epoch.
        keys: What can be done to an entry: keys and words for its last row, while it has the focus.
        about: Whom it can be made to be about alone, one after the other by FILTER.
    """

    name: str
    title: str
    purpose: str
    note: Callable[[View], Text]
    entries: Callable[[View], list[Entry]]
    moments: Callable[[Facts], Iterable[float]]
    keys: Sequence[tuple[str, str]] = ()
    about: Callable[[Facts], Sequence[str]] | None = None


def styled(text: str, style: str = "") -> Text:
    """Text of a program or a server as one row: whatever is not printable is left out."""
    printable = "".join(character for character in text[:_LONGEST] if character.isprintable())
    return Text(no_wrap=True, end="").append(printable, style)


def joined(*parts: tuple[str, str]) -> Text:
    """One row of texts and their styles."""
    row = Text(no_wrap=True, end="")
    for text, style in parts:
        row.append_text(styled(text, style))
    return row


def spread(left: Text, right: Text, width: int, marks: Marks = SHAPES) -> Text:
    """A row of exactly `width` cells, `right` at its end; `left` is cut short to make room."""
    right = right.copy()
    right.truncate(width)
    room = max(width - right.cell_len - (1 if right.cell_len else 0), 0)
    row = cut(left, room, marks)
    row.append(" " * (width - row.cell_len - right.cell_len))
    return row.append_text(right)


def cut(text: Text, width: int, marks: Marks = SHAPES) -> Text:
    """The text in at most `width` cells, its last one saying that something is missing."""
    row = text.copy()
    if row.cell_len > width:
        row.truncate(max(width - 1, 0))
        row.append(marks.ellipsis if width else "")
    return row


def packed(texts: Sequence[str], width: int, marks: Marks) -> list[str]:
    """Short facts in as few rows as their order allows, a dot between those of one row."""
    rows: list[str] = []
    for text in texts:
        longer = f"{rows[-1]} {marks.dot} {text}" if rows else text
        if rows and cell_len(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(text)
    return rows


def ending(text: str, width: int, marks: Marks = SHAPES) -> str:
    """The end of a path that is too long: its last part says most."""
    if cell_len(text) <= width:
        return text
    tail = text[-width:]
    while tail and cell_len(tail) > width - 1:
        tail = tail[1:]
    return f"{marks.ellipsis}{tail}"


def share(wanted: Sequence[int], least: Sequence[int], available: int) -> list[int]:
    """Heights for panels that want `wanted` rows each, in no more than `available` rows.

    Every panel first gets its `least`, the first ones first; what is left goes to them in order.
    """
    heights = [0] * len(wanted)
    for limits in (least, wanted):
        for index, (want, limit) in enumerate(zip(wanted, limits, strict=True)):
            more = min(min(want, limit) - heights[index], available)
            if more > 0:
                heights[index] += more
                available -= more
    return heights
