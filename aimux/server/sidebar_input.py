"""What the server knows of a client's sidebar: its options, and when it has the keys."""

from __future__ import annotations

from aimux.model.options import Options
from aimux.protocol.server_messages import SidebarSettings

LEAVE = frozenset({"Escape", "q", "C-c", "C-g"})
"""The keys by which a person gives the focus back."""
OPEN = "Enter"
MAX_HELD = 256
"""Messages of a client that wait until it has said what Enter opened; more are dropped."""


def sidebar_settings(options: Options) -> SidebarSettings:
    """The options of the sidebar, as a client is told of them."""
    return SidebarSettings(
        side=options.text("sidebar"),
        width=options.number("sidebar-width"),
        minimum=options.number("sidebar-minimum"),
        panels=tuple(options.text("sidebar-panels").replace(",", " ").split()),
    )
