"""choose-client's mode: the attached clients, of which some are detached or suspended."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import ClassVar

from typing_extensions import override

from aimux.commands.attaching import detach_one
from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_formats import LineFormats
from aimux.commands.choose_list import Item, Order, Preview
from aimux.commands.choose_menu import ACROSS, CANCEL, TAGGING
from aimux.commands.choose_mode import ChooseMode
from aimux.commands.client_view import status_rows
from aimux.commands.effects import LastWish
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.key_mode import Stroke
from aimux.errors import OptionError
from aimux.model.client import Client
from aimux.model.session import Session
from aimux.styles.style import PLAIN, Style, parse_style

SORTS = ("name", "size", "creation", "activity")
DETACH = "detach-client -t '%%'"


class ClientMode(ChooseMode):
    """The attached clients."""

    name = "client-mode"

    @override
    def is_over(self) -> bool:
        """Without clients there is nothing to choose."""
        return not self.call.state.attached()

    def _each(self, items: list[Item], do: Callable[[Client], None]) -> None:
        clients = {client_key(client): client for client in self.call.state.attached()}
        for item in items:
            if self.is_current(item):
                self.list.down(wrap=False)
            if item.key in clients:
                do(clients[item.key])
        if not self.is_over():
            self.list.refresh()

    def _current(self) -> list[Item]:
        return [self.list.item] if self.list.item is not None else []

    def _detach(self, client: Client, *, hangup: bool) -> None:
        detach_one(self.call, client, LastWish(hangup_parent=hangup))

    def detach(self, _: Stroke) -> None:
        """Detach the current client."""
        self._each(self._current(), partial(self._detach, hangup=False))

    def detach_tagged(self, _: Stroke) -> None:
        """Detach the tagged clients."""
        self._each(self.list.tagged, partial(self._detach, hangup=False))

    def hang_up(self, _: Stroke) -> None:
        """Detach the current client and hang its parent up."""
        self._each(self._current(), partial(self._detach, hangup=True))

    def hang_up_tagged(self, _: Stroke) -> None:
        """Detach the tagged clients and hang their parents up."""
        self._each(self.list.tagged, partial(self._detach, hangup=True))

    def suspend(self, _: Stroke) -> None:
        """Suspend the current client."""
        self._each(self._current(), self.call.effects.suspend)

    def suspend_tagged(self, _: Stroke) -> None:
        """Suspend the tagged clients."""
        self._each(self.list.tagged, self.call.effects.suspend)

    menu = (("Detach", "d"), ("Detach Tagged", "D"), ACROSS, *TAGGING, *CANCEL)
    actions: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Enter": ChooseMode.choose,
        "d": detach,
        "D": detach_tagged,
        "x": hang_up,
        "X": hang_up_tagged,
        "z": suspend,
        "Z": suspend_tagged,
    }


def client_key(client: Client) -> Hashable:
    """The key of a client's item."""
    return ("client", client.id)


Context = Callable[[Client], StateContext]
"""What format variables mean for a client."""


def client_items(
    clients: list[Client], order: Order, context: Context, formats: LineFormats
) -> list[Item]:
    """The items of clients in an order; ones that are equal in it stand by name."""
    ordered = sorted(clients, key=lambda client: client.name, reverse=order.reverse)
    if order.field in ORDERS:
        ordered = sorted(ordered, key=ORDERS[order.field], reverse=order.reverse)
    return [_item(client, context, formats) for client in ordered]


def _item(client: Client, context: Context, formats: LineFormats) -> Item:
    return Item(
        client_key(client),
        client.name,
        formats.text(context(client)),
        client.name,
        preview=client_preview(client, context),
        shortcut=formats.shortcut(context(client)),
    )


ORDERS: dict[str, Callable[[Client], tuple[float, ...]]] = {
    "size": lambda client: (client.columns, client.rows),
    "creation": lambda client: (-client.created,),
    "activity": lambda client: (-client.activity,),
}


def client_preview(client: Client, context: Context) -> Preview:
    """The client's active pane, and its status line where it has it."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        session = client.session
        if session is None:
            return
        lines = status_rows(session.options)
        lines = 0 if lines >= rows else lines
        on_top = bool(lines) and session.options.text("status-position") == "top"
        above = lines if on_top else 0
        screen = session.window.active.screen
        canvas.preview(row + above, column, columns, rows - 2 - lines, screen)
        # With the status line on top tmux draws the line two rows below it, however high it is.
        between = 2 if on_top else rows - 1 - lines
        canvas.plain(row + between, column, "─" * columns)
        first = row if on_top else row + rows - lines
        for number in range(lines):
            text = _status_text(session, context(client), number)
            base = _status_style(session)
            canvas.styled(first + number, column, columns, text, base, whole=client.columns)

    return draw


def _status_text(session: Session, context: StateContext, number: int) -> str:
    formats = session.options.items("status-format")
    return expand(str(formats.get(number, "")), context, time=True)


def _status_style(session: Session) -> Style:
    try:
        return parse_style(session.options.text("status-style"))
    except OptionError:
        return PLAIN
