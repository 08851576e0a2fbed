"""A window: panes in a layout, one of them active; it may be linked into several sessions."""

from __future__ import annotations

from dataclasses import dataclass, field

from aimux.ids import PaneId, WindowId
from aimux.model.floats import Floats
from aimux.model.layout import Layout
from aimux.model.layout_cell import Box
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.scrollbars import Scrollbar, wanted_scrollbar

MAX_LAST_PANES = 64


@dataclass(slots=True, eq=False)
class Window:
    """One window.

    Attributes:
        panes: The panes in the order of their indexes; of the tiled ones it is the layout's order.
        active: The pane that keys go to.
        last_panes: Panes that were active before, the newest last; never holds `active`.
        floats: The panes that float over the tiled ones; the layout does not hold them. One pane at
            least is tiled.
        zoomed_layout: The layout to go back to while the active pane is zoomed; None otherwise.
        name: The name; `automatic_rename` in the options says whether it follows the program.
        layout_name: Index of the preset that `next-layout` goes on from; -1 for none.
        activity: When something was printed last, wall-clock seconds.
        created: When it was made, wall-clock seconds.
    """

    id: WindowId
    name: str
    columns: int
    rows: int
    layout: Layout
    panes: list[Pane]
    active: Pane
    options: Options
    created: float
    activity: float
    last_panes: list[Pane] = field(default_factory=list)
    floats: Floats = field(default_factory=Floats)
    zoomed_layout: Layout | None = None
    layout_name: int = -1
    old_layout: str = ""
    manual_size: tuple[int, int] | None = None

    @property
    def zoomed(self) -> bool:
        """Whether the active pane covers the window."""
        return self.zoomed_layout is not None

    @property
    def visible_panes(self) -> list[Pane]:
        """The panes that are drawn: all of them, or the zoomed one."""
        return [self.active] if self.zoomed else self.panes

    def is_floating(self, pane: Pane) -> bool:
        """Whether a pane of this window floats, zoomed or not."""
        return pane.id in self.floats

    @property
    def tiled_panes(self) -> list[Pane]:
        """The panes that stand beside each other, in the layout's order."""
        return [pane for pane in self.panes if pane.id not in self.floats]

    @property
    def drawn_tiled(self) -> list[Pane]:
        """Those of them that are drawn; a zoomed pane is one, even if it floats otherwise."""
        return [self.active] if self.zoomed else self.tiled_panes

    @property
    def drawn_floats(self) -> list[Pane]:
        """The floating panes that are drawn, the front one first."""
        if self.zoomed or not self.floats:
            return []
        panes = {pane.id: pane for pane in self.panes}
        return [panes[identity] for identity in self.floats.front_first]

    @property
    def tiled_active(self) -> Pane:
        """The tiled pane that was active last."""
        for pane in (self.active, *reversed(self.last_panes)):
            if pane.id not in self.floats:
                return pane
        return self.tiled_panes[0]

    def pane(self, identity: PaneId) -> Pane | None:
        """The pane of that identity, if it is in this window."""
        return next((pane for pane in self.panes if pane.id == identity), None)

    def index_of(self, pane: Pane) -> int:
        """The pane's index, counted from 0 (`pane-base-index` is added where it is shown)."""
        return self.panes.index(pane)

    def select(self, pane: Pane, *, point: int) -> bool:
        """Make `pane` active; `point` is a number greater than any used before. False if it was.

        One that floats comes to the front.
        """
        self.floats.raise_to_front(pane.id)
        if pane is self.active:
            return False
        self.forget(pane)
        self.last_panes.append(self.active)
        del self.last_panes[:-MAX_LAST_PANES]
        self.active = pane
        pane.active_point = point
        return True

    def forget(self, pane: Pane) -> None:
        """Remove `pane` from the panes that were active before."""
        if pane in self.last_panes:
            self.last_panes.remove(pane)

    @property
    def border_status(self) -> str:
        """`off`, `top` or `bottom`: where each pane's own line of text stands."""
        return self.options.text("pane-border-status")

    def place_panes(self) -> None:
        """Give every pane the place and the size that the layout gives it."""
        for layout in (self.layout, self.zoomed_layout):
            if layout is not None:
                layout.border_status = self.border_status
        for identity, box in self._boxes().items():
            pane = self.pane(identity)
            if pane is not None:
                self._put(pane, box)

    def _put(self, pane: Pane, place: Box) -> None:
        """Give a pane, and the scrollbar that it is to have, a place."""
        scrollbar = self._wanted_scrollbar(pane)
        if place == pane.box and scrollbar == pane.scrollbar:
            return
        box = place if scrollbar is None else scrollbar.beside(place)
        pane.scrollbar, pane.gutter = scrollbar, place.columns - box.columns
        pane.column, pane.row = box.column, box.row
        pane.screen.resize(rows=box.rows, columns=box.columns)

    def _wanted_scrollbar(self, pane: Pane) -> Scrollbar | None:
        mode = pane.mode.name if pane.mode is not None else ""
        alternate = pane.screen.alternate
        return wanted_scrollbar(self.options, pane.options, mode=mode, alternate=alternate)

    @property
    def has_scrollbars(self) -> bool:
        """Whether panes may have scrollbars now, or have some still."""
        wanted = self.options.text("pane-scrollbars") != "off"
        return wanted or any(pane.scrollbar is not None for pane in self.panes)

    def fit_scrollbars(self) -> None:
        """Place the panes anew if one is to have a scrollbar, or to have none any more."""
        if self.has_scrollbars and any(
            self._wanted_scrollbar(pane) != pane.scrollbar for pane in self.panes
        ):
            self.place_panes()

    def _boxes(self) -> dict[PaneId, Box]:
        boxes = self.layout.boxes(border_status=self.border_status)
        if not self.zoomed:
            boxes |= self.floats.boxes(columns=self.columns, rows=self.rows)
        return boxes

    def give_up_place(self, pane: Pane) -> None:
        """Take a pane out of the layout, or let it float no longer; there is another one.

        If it was the last tiled one, the floating pane in front is tiled from now on.
        """
        if pane.id in self.floats:
            self.floats.remove(pane.id)
        elif self.floats and self.layout.panes() == [pane.id]:
            heir = self.floats.front_first[0]
            self.floats.remove(heir)
            self.layout.replace(pane.id, heir)
        else:
            self.layout.close(pane.id)

    def resize(self, *, columns: int, rows: int) -> None:
        """Fit the layout, and the one behind a zoom, to another size."""
        self.columns, self.rows = columns, rows
        self.layout.resize(columns=columns, rows=rows)
        if self.zoomed_layout is not None:
            self.zoomed_layout.resize(columns=columns, rows=rows)
        self.place_panes()

    def zoom(self) -> bool:
        """Let the active pane cover the window; False for a single pane, and if it did already."""
        if self.zoomed or len(self.panes) == 1:
            return False
        self.zoomed_layout = self.layout
        self.layout = Layout.single(self.active.id, columns=self.columns, rows=self.rows)
        self.place_panes()
        return True

    def unzoom(self) -> bool:
        """Undo `zoom`; False if the window was not zoomed."""
        if self.zoomed_layout is None:
            return False
        self.layout, self.zoomed_layout = self.zoomed_layout, None
        self.place_panes()
        return True
