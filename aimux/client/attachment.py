"""What the server promised to the guard: the ticket to come in with, and how the screen is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aimux.errors import ProtocolError

_DEPTHS = {"truecolor": 1 << 24, "24bit": 1 << 24}


@dataclass(frozen=True, slots=True)
class Attachment:
    """The `attach` reply, as far as the client needs it.

    Attributes:
        ticket: Names the waiting attachment and proves it.
        sidebar_columns: Cells that the sidebar takes at first; 0 hides it.
        sidebar_minimum: The least width of a terminal that shows it.
        sidebar_width: Its width there.
        sidebar_side: `left`, `right` or `off`.
    """

    ticket: str
    sidebar_columns: int
    sidebar_minimum: int
    sidebar_width: int
    columns: int
    sidebar_side: str = "right"

    @property
    def sidebar_shown(self) -> bool:
        """Whether the sidebar is shown where there is room; a narrow terminal does not tell."""
        narrow = self.columns < self.sidebar_minimum
        return self.sidebar_columns > 0 or (narrow and self.sidebar_side != "off")


def parse_attachment(data: bytes) -> Attachment:
    """Read the reply.

    Raises:
        ProtocolError: It is none.
    """
    try:
        reply = json.loads(data)
        return Attachment(
            ticket=str(reply["ticket"]),
            sidebar_columns=int(reply.get("sidebar_columns", 0)),
            sidebar_minimum=int(reply.get("sidebar_minimum", 120)),
            sidebar_width=int(reply.get("sidebar_width", 36)),
            columns=int(reply["columns"]),
            sidebar_side=str(reply.get("sidebar_side", "right")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProtocolError("bad attach reply") from error


def color_depth(environment: Mapping[str, str]) -> int:
    """Colours of the terminal that these variables tell of: 16, 256 or 16777216."""
    depth = _DEPTHS.get(environment.get("COLORTERM", ""))
    if depth is not None:
        return depth
    return 256 if environment.get("TERM", "").endswith("256color") else 16
