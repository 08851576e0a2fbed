"""The sidebar's rows: panels one below the other, folded or not, scrolled to what is chosen. Pure.

What is chosen is remembered by name and not by row, so that it stays the same while facts change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.text import Text

from aimux.client.sidebar.colours import ATTENTION, CHOSEN, FAILURE, HEADING, QUIET
from aimux.client.sidebar.panel import Entry, Panel, View, cut, joined, share, spread, styled

HEAD = ""
"""Stands for an entry's key where a panel's heading is meant."""
_LEAST_WITH_KEYS = 4
"""Rows of a panel that spares one for keys."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sidebar.

    Attributes:
        text: What is shown.
        panel: The name of its panel; "" of the row between two.
        key: The entry's, or HEAD.
        entry: What stands there; None for a heading.
    """

    text: Text
    panel: str = ""
    key: str = HEAD
    entry: Entry | None = None

    @property
    def place(self) -> tuple[str, str]:
        """What names the row's entry among all."""
        return self.panel, self.key


class Outline:
    """What a person has folded, scrolled and chosen in the panels of one sidebar.

    Args:
        panels: Top first.
    """

    def __init__(self, panels: Sequence[Panel]) -> None:
        self.panels = tuple(panels)
        self.is_focused = False
        self._folded: dict[str, bool] = {}
        self._first: dict[str, int] = {}
        self._chosen: tuple[str, str] | None = None

    # ---- what is shown ----

    def shows(self, name: str) -> bool:
        """Whether a panel is among these and not folded."""
        return any(panel.name == name for panel in self.panels) and not self._folded.get(name)

    def lines(self, view: View, height: int) -> list[Line]:
        """At most `height` rows: the panels with an empty row between them where there is room."""
        listed = [self._entries(panel, view) for panel in self.panels]
        wanted = [
            1 + sum(len(entry.rows) for entry in entries) + self._has_keys(panel, entries)
            for panel, entries in zip(self.panels, listed, strict=True)
        ]
        least = [1 + _rows_to_first(entries) for entries in listed]
        gaps = self._gaps(wanted, least, height)
        heights = share(wanted, least, height - sum(gaps))
        lines: list[Line] = []
        for panel, entries, room, gap in zip(self.panels, listed, heights, gaps, strict=True):
            if not room:
                break
            lines += [Line(Text(end=""))] * (gap if lines else 0)
            keys = self._keys(panel, entries, room, view)
            shown = self._shown(panel, entries, room - 1 - len(keys), view)
            seen = {line.key for line in shown}
            hidden = sum(entry.key not in seen for entry in entries if not entry.is_label)
            lines += [self._heading(panel, entries, hidden, view), *shown, *keys]
        return [self._drawn(line, view) for line in lines[:height]]

    def _gaps(self, wanted: Sequence[int], least: Sequence[int], height: int) -> list[int]:
        """A row above a panel, but not between two headings that nothing stands under."""
        bare = [want == 1 for want in wanted]
        gaps = [
            int(index > 0 and not (bare[index] and bare[index - 1])) for index in range(len(wanted))
        ]
        return gaps if sum(least) + sum(gaps) <= height else [0] * len(wanted)

    def _entries(self, panel: Panel, view: View) -> list[Entry]:
        return [] if self._folded.get(panel.name) else panel.entries(view)

    def _has_keys(self, panel: Panel, entries: Sequence[Entry]) -> bool:
        """Whether a row says what can be done: in the panel where something is chosen."""
        is_current = self._chosen is not None and self._chosen[0] == panel.name
        return bool(panel.keys and entries) and self.is_focused and is_current

    def _keys(
        self, panel: Panel, entries: Sequence[Entry], room: int, view: View
    ) -> tuple[Line, ...]:
        if not self._has_keys(panel, entries) or room < _LEAST_WITH_KEYS:
            return ()
        parts = [((f"{key} ", HEADING), (f"{word} ", QUIET)) for key, word in panel.keys]
        row = joined(*(part for pair in parts for part in pair))
        return (Line(cut(row, view.width, view.marks)),)

    def _heading(self, panel: Panel, entries: Sequence[Entry], hidden: int, view: View) -> Line:
        """Its title, how many entries have no room, its note; or else what it is for."""
        marks = view.marks
        folded = self._folded.get(panel.name, False)
        if folded and panel.entries(view):
            title = joined((f"{panel.title} ", HEADING), (marks.folded, QUIET))
        elif entries:
            more = f" +{hidden}" if hidden else ""
            title = joined((panel.title, HEADING), (more, QUIET))
        else:
            title = joined((panel.title, QUIET), (f"  {panel.purpose}", QUIET))
            return Line(cut(title, view.width, marks), panel.name)
        return Line(spread(title, panel.note(view), view.width, marks), panel.name)

    def _shown(self, panel: Panel, entries: Sequence[Entry], room: int, view: View) -> list[Line]:
        """The entries that fit whole, from where it is scrolled to; of one at least a part."""
        first = self._scrolled(panel.name, entries, room)
        lines: list[Line] = []
        for entry in entries[first:]:
            if lines and len(lines) + len(entry.rows) > room:
                break
            lines += [
                Line(cut(row, view.width, view.marks), panel.name, entry.key, entry)
                for row in entry.rows[:room]
            ]
        return lines

    def _scrolled(self, name: str, entries: Sequence[Entry], room: int) -> int:
        """The first entry shown: no row stays empty, and the chosen one is seen."""
        ends = list(accumulate(len(entry.rows) for entry in entries))
        last = next((i for i in range(len(ends)) if ends[-1] - _start(ends, i) <= room), 0)
        first = max(0, min(self._first.get(name, 0), last))
        chosen = self._index(name, entries)
        if chosen is not None:
            first = min(first, chosen)
            while first < chosen and ends[chosen] - _start(ends, first) > room:
                first += 1
        self._first[name] = first
        return first

    def _index(self, name: str, entries: Sequence[Entry]) -> int | None:
        if not self.is_focused or self._chosen is None or self._chosen[0] != name:
            return None
        keys = [entry.key for entry in entries]
        return keys.index(self._chosen[1]) if self._chosen[1] in keys else None

    def _drawn(self, line: Line, view: View) -> Line:
        if not self.is_focused or not line.panel or line.place != self._chosen:
            return line
        # One look for all of it: several colours in reverse would be louder than what is chosen.
        text = styled(line.text.plain, CHOSEN)
        text.append(" " * (view.width - text.cell_len), CHOSEN)
        styles = {str(span.style) for span in line.text.spans}
        for urgent in (ATTENTION, FAILURE):
            if urgent in styles and line.entry is not None:
                text.stylize(urgent)
                break
        return Line(text, line.panel, line.key, line.entry)

    # ---- what a person does ----

    def focus(self, view: View) -> None:
        """The sidebar gets the keys: the first entry is chosen, or what was chosen before."""
        self.is_focused = True
        self._keep_chosen(view)

    def blur(self) -> None:
        """The keys go elsewhere."""
        self.is_focused = False

    @property
    def chosen_place(self) -> tuple[str, str] | None:
        """What names what is chosen, as `Line.place` does."""
        return self._chosen

    def chosen(self, view: View) -> Entry | None:
        """The entry that is chosen; None for a heading."""
        self._keep_chosen(view)
        for panel in self.panels:
            for entry in self._entries(panel, view):
                if (panel.name, entry.key) == self._chosen:
                    return entry
        return None

    def move(self, view: View, steps: int) -> None:
        """Choose another entry so many further down, or up; it stops at the ends."""
        places = self._places(view)
        self._keep_chosen(view)
        if self._chosen in places:
            index = places.index(self._chosen) + steps
            self._chosen = places[max(0, min(index, len(places) - 1))]

    def choose(self, line: Line) -> None:
        """Choose what stands in a row."""
        if line.panel:
            self._chosen = line.place

    def fold(self, view: View) -> None:
        """Fold the panel in which something is chosen, or unfold it."""
        self._keep_chosen(view)
        if self._chosen is not None:
            self.fold_panel(self._chosen[0], view)
            self._chosen = (self._chosen[0], HEAD)
            self._keep_chosen(view)

    def unfold(self, view: View) -> None:
        """Unfold the panel in which something is chosen."""
        self._keep_chosen(view)
        if self._chosen is not None and self._folded.get(self._chosen[0]):
            self.fold(view)

    def fold_panel(self, name: str, view: View) -> None:
        """Fold a panel, or unfold it; one that has nothing takes one row anyway and stays open."""
        is_folded = self._folded.get(name, False)
        has_entries = any(panel.name == name and panel.entries(view) for panel in self.panels)
        self._folded[name] = not is_folded and has_entries

    def scroll(self, name: str, steps: int) -> None:
        """Show entries further down in a panel, or further up."""
        self._first[name] = max(0, self._first.get(name, 0) + steps)
        if self._chosen is not None and self._chosen[0] == name and not self.is_focused:
            self._chosen = None

    def _places(self, view: View) -> list[tuple[str, str]]:
        """What can be chosen: every entry, and the headings of panels that show none."""
        places = []
        for panel in self.panels:
            entries = self._entries(panel, view)
            keys = [entry.key for entry in entries if not entry.is_label]
            places += [(panel.name, key) for key in keys] or [(panel.name, HEAD)]
        return places

    def _keep_chosen(self, view: View) -> None:
        """If what was chosen has gone, choose the first of its panel, or the first of all."""
        places = self._places(view)
        if self._chosen in places:
            return
        name = self._chosen[0] if self._chosen is not None else ""
        beside = [place for place in places if place[0] == name]
        self._chosen = (beside or places)[0]


def _rows_to_first(entries: Sequence[Entry]) -> int:
    """Rows of the first entry that can be chosen, and of what stands above it."""
    rows = 0
    for entry in entries:
        rows += len(entry.rows)
        if not entry.is_label:
            break
    return rows


def _start(ends: Sequence[int], index: int) -> int:
    return ends[index - 1] if index else 0
