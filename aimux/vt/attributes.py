"""What a cell looks like, interned: rows hold small ids instead of records."""

from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol
from weakref import WeakSet

from aimux.vt.colours import nearest_palette

BOLD: Final = 1
DIM: Final = 2
ITALIC: Final = 4
BLINK: Final = 8
REVERSE: Final = 16
HIDDEN: Final = 32
STRIKE: Final = 64
OVERLINE: Final = 128
LINE_DRAWING: Final = 1 << 8
"""The cell was drawn in the DEC line drawing set; capture-pane shows the letter behind it."""
INDEXED_FOREGROUND: Final = 1 << 9
"""The palette colour came as `38;5;n`, which tmux keeps apart from `3n` and `9n`."""
INDEXED_BACKGROUND: Final = 1 << 10
PROTECTED: Final = 1 << 11
"""DECSCA: selective erase leaves the cell alone."""
UNDERLINE_SHIFT: Final = 12
UNDERLINE_MASK: Final = 7 << UNDERLINE_SHIFT
"""The underline's style, 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed."""

DEFAULT_COLOUR: Final = -1


class Attributes(NamedTuple):
    """The look of a cell.

    Attributes:
        flags: The constants of this module, and the underline's style (`UNDERLINE_SHIFT`).
        foreground: -1 default, 0..255 palette, or `colours.RGB | 0xRRGGBB`.
        background: As `foreground`.
        underline: The underline's colour, as `foreground`.
        link: A link's id in `AttributeTable.links`; 0 is no link.
    """

    flags: int = 0
    foreground: int = DEFAULT_COLOUR
    background: int = DEFAULT_COLOUR
    underline: int = DEFAULT_COLOUR
    link: int = 0

    @property
    def underline_style(self) -> int:
        """0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed."""
        return (self.flags & UNDERLINE_MASK) >> UNDERLINE_SHIFT


DEFAULT: Final = Attributes()


class Link(NamedTuple):
    """A hyperlink (OSC 8).

    Attributes:
        key: The program's `id=`, or "" when it gave none.
        uri: The target, as written; not checked.
    """

    key: str
    uri: str


class Holder(Protocol):
    """Something that keeps attribute ids; asked when the table is swept."""

    def attribute_ids(self) -> Iterable[int]:
        """Every id still in use, in any order, repeats allowed."""


class Cache(Protocol):
    """Something derived from ids that a sweep must empty."""

    def clear(self) -> None:
        """Forget everything."""


class AttributeTable:
    """Attributes and links by id, shared by all screens of the process.

    Id 0 is always the default. An id means the same until a sweep frees it, and a sweep frees only
    what no registered holder keeps; `generation` tells that one happened, for caches keyed by id.
    Nothing is swept while ids are made: call `sweep_if_crowded` when every holder is up to date.

    Args:
        limit: The number of entries that makes the first sweep due.
        hard_limit: The number that is never passed: beyond it, 24-bit colours become palette
            colours and links are dropped; beyond that, the look is the default.
    """

    def __init__(self, limit: int = 1 << 15, hard_limit: int = 1 << 17) -> None:
        self._sweep_at = limit
        self._hard_limit = hard_limit
        self._ids: dict[Attributes, int] = {DEFAULT: 0}
        self._free: list[int] = []
        self._erased: dict[int, int] = {0: 0}
        self._holders: WeakSet[Holder] = WeakSet()
        self._caches: list[Cache] = [self._erased]
        self.entries: list[Attributes] = [DEFAULT]
        self.links = LinkTable()
        self.generation = 0

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, identity: int) -> Attributes:
        return self.entries[identity]

    def register(self, holder: Holder) -> None:
        """Let `holder` keep its ids through sweeps for as long as it lives."""
        self._holders.add(holder)

    def empty_with(self, cache: Cache) -> None:
        """Clear `cache` whenever ids are freed."""
        self._caches.append(cache)

    def intern(self, attributes: Attributes) -> int:
        """The id of `attributes`; the same id for equal ones."""
        found = self._ids.get(attributes)
        return self._add(attributes) if found is None else found

    def erased(self, identity: int) -> int:
        """The id of a cell erased while `identity` is in force: its background alone (BCE)."""
        found = self._erased.get(identity)
        if found is None:
            current = self.entries[identity]
            found = self.intern(
                Attributes(current.flags & INDEXED_BACKGROUND, background=current.background)
            )
            self._erased[identity] = found
        return found

    def _add(self, attributes: Attributes) -> int:
        if len(self._ids) >= self._hard_limit:
            return self._fallback(attributes)
        if self._free:
            identity = self._free.pop()
            self.entries[identity] = attributes
        else:
            identity = len(self.entries)
            self.entries.append(attributes)
        self._ids[attributes] = identity
        return identity

    def _fallback(self, attributes: Attributes) -> int:
        simpler = Attributes(
            attributes.flags,
            nearest_palette(attributes.foreground),
            nearest_palette(attributes.background),
        )
        return self._ids.get(simpler, 0)

    def sweep_if_crowded(self) -> None:
        """Sweep if there are many ids; every id still in use must be held."""
        if len(self._ids) >= self._sweep_at:
            self.sweep()

    def sweep(self) -> None:
        """Free every id that no registered holder keeps, and every link that no id has."""
        used = {0}
        for holder in self._holders:
            used.update(holder.attribute_ids())
        for attributes, identity in list(self._ids.items()):
            if identity not in used:
                del self._ids[attributes]
                self.entries[identity] = DEFAULT
                self._free.append(identity)
        self.links.keep({attributes.link for attributes in self._ids})
        for cache in self._caches:
            cache.clear()
        self.generation += 1
        # Sweeping again soon would free little: the cost stays in proportion to what is new.
        self._sweep_at = min(self._hard_limit, max(self._sweep_at, 2 * len(self._ids)))


class LinkTable:
    """Hyperlinks by id; 0 is no link."""

    def __init__(self, limit: int = 1 << 14) -> None:
        self._limit = limit
        self._ids: dict[Link, int] = {}
        self._links: dict[int, Link] = {}
        self._next = 1

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, identity: int) -> Link:
        return self._links[identity]

    def intern(self, link: Link) -> int:
        """The id of `link`, or 0 when the table is full."""
        found = self._ids.get(link)
        if found is not None:
            return found
        if len(self._ids) >= self._limit:
            return 0
        identity = self._next
        self._next += 1
        self._ids[link] = identity
        self._links[identity] = link
        return identity

    def keep(self, used: set[int]) -> None:
        """Forget every link whose id is not in `used`."""
        self._links = {key: link for key, link in self._links.items() if key in used}
        self._ids = {link: key for key, link in self._links.items()}


TABLE: Final = AttributeTable()
"""The table of this process."""
