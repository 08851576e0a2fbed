"""What later tmux's capture-pane says of lines beside their text: flags (-F) and links (-H)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from aimux.vt.attributes import (
    OVERLINE,
    STRIKE,
    TABLE,
    UNDERLINE_MASK,
    UNDERLINE_SHIFT,
    Attributes,
    Link,
)
from aimux.vt.colours import RGB
from aimux.vt.render import spans
from aimux.vt.row import Row

_PLAIN_UNDERLINES: Final = (0, 1 << UNDERLINE_SHIFT)


def _looks(row: Row) -> Iterator[Attributes]:
    """The attributes of a row's runs, in order."""
    return (TABLE[identity] for _, _, identity in spans(row, len(row.text)))


def _has_links(row: Row) -> bool:
    return any(look.link for look in _looks(row))


def _is_rich(look: Attributes) -> bool:
    """Whether tmux keeps cells of this look in the larger of its two forms."""
    return (
        bool(look.flags & (STRIKE | OVERLINE))
        or look.flags & UNDERLINE_MASK not in _PLAIN_UNDERLINES
        or max(look.foreground, look.background) >= RGB
        or look.underline >= 0
        or look.link != 0
    )


def _is_extended(row: Row) -> bool:
    return not row.text.isascii() or any(map(_is_rich, _looks(row)))


@dataclass(frozen=True, slots=True)
class LineFlags:
    """The letters of `capture-pane -F`.

    H: there are links. O: a command's output begins here. P: a prompt begins here. W: the line
    goes on in the next row. X: there are cells that tmux calls extended: wide or beyond ASCII,
    with 24-bit colours, links, or attributes that a terminal of old does not have. (tmux has D as
    well, for lines that no screen holds any more; none is ever shown.)

    Attributes:
        prompts: Where prompts begin, as places of rows.
        outputs: The same of commands' output.
    """

    prompts: frozenset[int]
    outputs: frozenset[int]

    def of(self, row: Row, place: int) -> str:
        """The letters of a row at a place, in tmux's order; `-` if there are none."""
        found = {
            "H": _has_links(row),
            "O": place in self.outputs,
            "P": place in self.prompts,
            "W": row.wrapped,
            "X": _is_extended(row),
        }
        return "".join(letter for letter, has in found.items() if has) or "-"


@dataclass(slots=True)
class LinkLines:
    """The links of `capture-pane -H`, line by line; each is told of once.

    A link without an `id` ends where something else stands; another one to the same place is
    another link, as in tmux.

    Attributes:
        told: The links with an `id` that were told of already.
        open: The link that the row before ended in, if the line goes on.
    """

    told: set[Link] = field(default_factory=set)
    open: int = 0

    def of(self, row: Row) -> str:
        """The places that a row's new links lead to, separated by spaces; "" if there are none."""
        found: list[str] = []
        before = self.open
        for look in _looks(row):
            if look.link not in (0, before):
                found += self._new(TABLE.links[look.link])
            before = look.link
        self.open = before if row.wrapped else 0
        return " ".join(found)

    def _new(self, link: Link) -> Iterator[str]:
        if link.key and link in self.told:
            return
        self.told.add(link)
        yield link.uri
