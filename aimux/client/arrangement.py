"""Where the window and the sidebar stand on the terminal, and what the server is told of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Size

from aimux.client.screen import ClientScreen
from aimux.client.sidebar.placing import Placing
from aimux.protocol.client_messages import Hello, Resized
from aimux.protocol.message import Message
from aimux.protocol.server_messages import SidebarSettings


class Arrangement:
    """Gives every widget its place; the server hears of sizes that it does not know.

    What is said of the sidebar shows with the next `arrange`.

    Args:
        screen: Has the widgets.
        placing: Where the sidebar goes.
        hello: What the server knows of the sizes.
        send: Takes what the server is told.
    """

    def __init__(
        self,
        screen: ClientScreen,
        placing: Placing,
        hello: Hello,
        send: Callable[[Message], None],
    ) -> None:
        self._screen = screen
        self._placing = placing
        self._send = send
        self._told = (hello.columns, hello.rows, hello.sidebar_columns)

    def arrange(self, size: Size) -> None:
        """Place everything on a terminal of this size."""
        place = self._placing.place(size.width)
        self._screen.lay_out(size, place)
        told = (size.width, size.height, place.beside)
        if told != self._told:
            self._told = told
            self._send(Resized(*told))

    def toggle_sidebar(self, size: Size) -> None:
        """Show the sidebar if it is hidden on a terminal of this size, else hide it."""
        self._placing.toggle(size.width)

    def lend_sidebar(self, *, focused: bool) -> None:
        """Show the sidebar as long as it has the keys, whether or not it is wanted."""
        self._placing.borrow(focused=focused)

    def set_sidebar(self, settings: SidebarSettings) -> None:
        """The options of the sidebar are others."""
        self._placing.configure(
            width=settings.width,
            minimum=settings.minimum,
            shown=settings.side != "off",
            left=settings.side == "left",
        )
        self._screen.sidebar.take_panels(settings.panels)
