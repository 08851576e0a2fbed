"""A tree of items as a list of lines: what is shown of it, which line is current, what is tagged.

It behaves as tmux 3.3a's mode-tree.c. Keys and drawing are others'.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from msgspec import Struct

from aimux.commands.choose_canvas import Canvas

MAX_ITEMS = 10_000
DIGITS, LETTERS = 10, 36
MIN_LIST = 10

Preview = Callable[[Canvas, int, int, int, int], None]
"""Draws an item at a row and a column, on so many columns and rows."""


class Item(Struct, frozen=True):
    """One item of a list.

    Attributes:
        key: Tells it from all others, and is the same when the items are built again.
        name: What stands first in its line.
        text: What follows, with `#[]` styles in it; None for a name alone.
        value: What is told of it when it is chosen.
        children: The items below it.
        expanded: Whether they are shown when it comes into the list.
        preview: Draws what is shown below the list while it is current.
        searched: Whether a search finds a text in it; by default in its name.
        shortcut: The key that chooses it in a line; by default 0 to 9 and M-a to M-z.
        taggable: Whether it can be tagged.
        part: Whether it is a part of its parent, which is shown below the list for it.
    """

    key: Hashable
    name: str
    text: str | None
    value: str = ""
    children: tuple[Item, ...] = ()
    expanded: bool = True
    preview: Preview | None = None
    searched: Callable[[str], bool] | None = None
    shortcut: Callable[[int], str] | None = None
    taggable: bool = True
    part: bool = False

    def holds(self, text: str) -> bool:
        """Whether a search for a text stops here."""
        return self.searched(text) if self.searched is not None else text in self.name


class Order(Struct, frozen=True):
    """How items are sorted: by a field, and whether the order is turned round."""

    field: str = ""
    reverse: bool = False


Build = Callable[[Order, str | None], list[Item]]
"""The items in an order, those that a filter (a format) lets through."""


class Line(Struct, frozen=True):
    """One shown item.

    Attributes:
        item: What it shows.
        shortcut: The key that chooses it; empty for none.
        parents: The lines above it in the tree, the nearest last.
        last: Whether it is the last of its parent's.
        flat: Whether none of its parent's items has items of its own.
    """

    item: Item
    shortcut: str
    parents: tuple[Line, ...]
    last: bool
    flat: bool

    @property
    def depth(self) -> int:
        """How many parents it has."""
        return len(self.parents)


class ChooseList:
    """The lines of a tree of items on so many rows.

    Attributes:
        lines: What is shown, the lines beyond the rows too; at most 10 000.
        current: The current line's place in `lines`.
        offset: The place of the line that is shown first.
        order: How the items are sorted.
        wanted: The filter; None shows all.
        no_matches: Whether the filter lets nothing through, for which all is shown.
        preview: Whether the current item is shown below the list.

    Args:
        build: Gives the items; called again when they may have changed.
        sorts: The fields that items can be sorted by, in the order in which they are gone through.
        order: How they are sorted at first.
        wanted: The first filter.
        selected: The key of the item that is current first.
        preview: Whether the current item is shown below the list.
        box_rows: Rows of what is below the list; None for a third, or half of a short list's.
    """

    def __init__(  # noqa: PLR0913  # what a command's flags can ask for
        self,
        build: Build,
        *,
        sorts: tuple[str, ...] = (),
        order: Order | None = None,
        wanted: str | None = None,
        selected: Hashable = None,
        preview: bool = True,
        box_rows: int | None = None,
    ) -> None:
        self._build = build
        self.sorts = sorts
        self.order = order or Order(sorts[0] if sorts else "")
        self.wanted = wanted
        self.no_matches = False
        self.preview = preview
        self.lines: list[Line] = []
        self.current = 0
        self.offset = 0
        self._roots: list[Item] = []
        self._expanded: dict[Hashable, bool] = {}
        self._tagged: set[Hashable] = set()
        self._searched = ""
        self._box_rows = box_rows
        self._rows = 24
        self.refresh()
        self.select(selected)

    # ---- items ----

    def refresh(self) -> None:
        """Take the items anew; the current one stays current if it is still there."""
        key = self.item.key if self.item is not None else None
        items = self._build(self.order, self.wanted)
        self.no_matches = not items
        if not items and self.wanted is not None:
            items = self._build(self.order, None)
        self._roots = items
        before = self._expanded
        self._expanded = {item.key: before.get(item.key, item.expanded) for item in self._all()}
        self._relist(key)

    def _relist(self, key: Hashable) -> None:
        """List the items anew; one that is hidden then is no longer tagged."""
        self.lines = []
        self._add(self._roots, ())
        self._tagged &= {line.item.key for line in self.lines}
        self.select(key)

    def _add(self, items: list[Item], parents: tuple[Line, ...]) -> None:
        flat = not any(item.children for item in items)
        for item in items:
            number = len(self.lines)
            if number >= MAX_ITEMS:
                return
            shortcut = item.shortcut(number) if item.shortcut else key_of_line(number)
            line = Line(item, shortcut, parents, item is items[-1], flat)
            self.lines.append(line)
            if self.is_expanded(item):
                self._add(list(item.children), (*parents, line))

    def is_expanded(self, item: Item) -> bool:
        """Whether the items below it are shown."""
        return self._expanded[item.key]

    def resize(self, rows: int) -> None:
        """Take another number of rows; the current line stays on the screen."""
        if rows != self._rows:
            self._rows = rows
            self.select(self.item.key if self.item is not None else None)

    def select(self, key: Hashable) -> bool:
        """Make an item's line current, or the first line if it has none."""
        keys = [line.item.key for line in self.lines]
        found = key in keys
        self.current = keys.index(key) if found else 0
        self.offset = max(0, self.current - self.height + 1)
        return found

    @property
    def line(self) -> Line | None:
        """The current line; None if there are no items."""
        return self.lines[self.current] if self.lines else None

    @property
    def item(self) -> Item | None:
        """The item of the current line."""
        return self.line.item if self.line is not None else None

    @property
    def height(self) -> int:
        """Rows of the list; the others are the preview's."""
        rows = self._rows
        if not self.preview:
            return rows
        if self._box_rows is not None:
            height = max(rows - self._box_rows, 0) or rows
        else:
            height = rows // 3 * 2
            if height > len(self.lines):
                height = rows // 2
        return rows if height < MIN_LIST or rows - height < 2 else height

    def line_at(self, row: int) -> int | None:
        """The place of the line that a row of the list shows; None below the last."""
        place = self.offset + row
        return place if place < len(self.lines) else None

    # ---- moving ----

    def up(self, *, wrap: bool = True) -> None:
        """To the line above; from the first one to the last if `wrap`."""
        if self.current:
            self.current -= 1
            self.offset = min(self.offset, self.current)
        elif wrap:
            self.last()

    def down(self, *, wrap: bool = True) -> None:
        """To the line below; from the last one to the first if `wrap`."""
        if self.current < len(self.lines) - 1:
            self.current += 1
            self.offset = max(self.offset, self.current - self.height + 1)
        elif wrap:
            self.first()

    def first(self) -> None:
        """To the first line."""
        self.current = self.offset = 0

    def last(self) -> None:
        """To the last line."""
        self.current = len(self.lines) - 1
        self.offset = max(0, self.current - self.height + 1)

    def page_up(self) -> None:
        """Up by the height of the list."""
        for _ in range(self.height):
            self.up(wrap=False)

    def page_down(self) -> None:
        """Down by the height of the list."""
        for _ in range(self.height):
            self.down(wrap=False)

    # ---- showing more or less ----

    def collapse(self) -> None:
        """Hide the items below the current one, or else those of its parent."""
        line = self.lines[self.current]
        if line.flat or not self.is_expanded(line.item):
            if not line.parents:
                self.up(wrap=False)
                return
            line = line.parents[-1]
        self.set_expanded(line.item, expanded=False)
        self.select(line.item.key)

    def expand(self) -> None:
        """Show the items below the current one; if they are shown, go to the first."""
        line = self.lines[self.current]
        if line.flat or self.is_expanded(line.item):
            self.down(wrap=False)
        else:
            self.set_expanded(line.item, expanded=True)

    def set_expanded(self, *items: Item, expanded: bool) -> None:
        """Show the items below these, or hide them."""
        for item in items:
            self._expanded[item.key] = expanded
        self._relist(self.item.key if self.item is not None else None)

    def expand_key(self, key: Hashable) -> None:
        """Show the items below the one of a key, if it is shown."""
        self.set_expanded(
            *(line.item for line in self.lines if line.item.key == key), expanded=True
        )

    def expand_all(self) -> None:
        """Show what is below every item of the first level."""
        self.set_expanded(*self._roots, expanded=True)

    def collapse_all(self) -> None:
        """Hide what is below every item of the first level."""
        self.set_expanded(*self._roots, expanded=False)

    def next_sort(self) -> None:
        """Sort by the next field."""
        if self.sorts:
            place = (self.sorts.index(self.order.field) + 1) % len(self.sorts)
            self.order = Order(self.sorts[place], self.order.reverse)
        self.refresh()

    def reverse(self) -> None:
        """Turn the order round."""
        self.order = Order(self.order.field, not self.order.reverse)
        self.refresh()

    def toggle_preview(self) -> None:
        """Show the current item below the list, or not."""
        self.preview = not self.preview
        self.refresh()

    def set_wanted(self, wanted: str | None) -> None:
        """Show what another filter lets through."""
        self.wanted = wanted
        self.refresh()

    # ---- tags ----

    def is_tagged(self, item: Item) -> bool:
        """Whether an item is tagged."""
        return item.key in self._tagged

    @property
    def tagged(self) -> list[Item]:
        """The tagged items of the lines, in their order."""
        return [line.item for line in self.lines if self.is_tagged(line.item)]

    def toggle_tag(self) -> None:
        """Tag the current item, and nothing above or below it any more; or no longer tag it."""
        line = self.lines[self.current]
        if not line.item.taggable:
            return
        if self.is_tagged(line.item):
            self._tagged.discard(line.item.key)
            return
        self._tagged -= {parent.item.key for parent in line.parents}
        self._tagged -= {item.key for item in _below(line.item)}
        self._tagged.add(line.item.key)

    def tag_all(self) -> None:
        """Tag everything of the first level, or of the second where the first takes no tags."""
        self._tagged = {line.item.key for line in self.lines if _is_topmost(line)}

    def tag_none(self) -> None:
        """Tag nothing."""
        self._tagged.clear()

    # ---- searching ----

    def search(self, text: str) -> None:
        """Go to the next item that holds a text, also where it is hidden; an empty one ends it."""
        self._searched = text
        self.search_again()

    def search_again(self) -> None:
        """Go to the next item that holds the text of the last search."""
        if not self._searched or self.item is None:
            return
        items = list(self._all())
        keys = [item.key for item in items]
        start = keys.index(self.item.key) + 1
        found = next(
            (one for one in (*items[start:], *items[:start]) if one.holds(self._searched)), None
        )
        if found is not None and found.key != self.item.key:
            self._reveal(found)

    def _reveal(self, item: Item) -> None:
        above = [one for one in self._all() if any(each.key == item.key for each in _below(one))]
        for parent in above:
            self._expanded[parent.key] = True
        self._relist(item.key)

    def _all(self) -> Iterator[Item]:
        """Every item, the hidden ones too."""
        for root in self._roots:
            yield root
            yield from _below(root)


def _below(item: Item) -> Iterator[Item]:
    for child in item.children:
        yield child
        yield from _below(child)


def _is_topmost(line: Line) -> bool:
    parent = line.parents[-1].item if line.parents else None
    return line.item.taggable if parent is None else not parent.taggable


def key_of_line(number: int) -> str:
    """The shortcut of a line: 0 to 9, then M-a to M-z; empty for those beyond."""
    if number < DIGITS:
        return str(number)
    return f"M-{chr(ord('a') + number - DIGITS)}" if number < LETTERS else ""
