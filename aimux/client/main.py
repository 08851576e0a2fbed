"""Runs the client: from the server's ticket to the exit status."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from datetime import UTC, datetime

from aimux import __version__
from aimux.client.app import LOST, ClientApp
from aimux.client.attachment import Attachment, parse_attachment
from aimux.client.driver import TerminalDriver
from aimux.client.link import connect
from aimux.client.sidebar.marks import ASCII, SHAPES
from aimux.client.sidebar.placing import Placing
from aimux.errors import AimuxError, LinkError
from aimux.link.request import colour_depth, speaks_utf8
from aimux.protocol.client_messages import Hello
from aimux.protocol.message import PROTOCOL_MAX, PROTOCOL_MIN

_MAX_REPLY = 1 << 20


def run(ticket_fd: int, socket_path: str) -> int:
    """Show an attached session on the terminal of standard input until the client is detached.

    Textual is imported with this module, so a caller that wants it imported while the server is
    still asked imports this module first.

    Args:
        ticket_fd: Gives the server's `attach` reply as JSON, then end of file; closed here.
        socket_path: The server's socket.

    Returns:
        0 after a detach; 1 if the server or the terminal is gone or refused.

    Raises:
        Exception: A bug, after the terminal's modes have been undone.
    """
    reply = _read_all(ticket_fd)
    if not reply:  # the server refused, and the guard says so
        return LOST
    try:
        return asyncio.run(_attach(parse_attachment(reply), socket_path))
    except (AimuxError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return LOST


async def _attach(attachment: Attachment, socket_path: str) -> int:
    named_driver = bool(os.environ.get("TEXTUAL_DRIVER"))
    if not (named_driver or os.isatty(0)):
        raise LinkError("open terminal failed: not a terminal")
    gc.freeze()  # what was imported stays; looking through it for garbage costs milliseconds
    gc.enable()
    link = await connect(socket_path)
    placing = Placing(
        width=attachment.sidebar_width,
        minimum=attachment.sidebar_minimum,
        shown=attachment.sidebar_shown,
        left=attachment.sidebar_side == "left",
    )
    hello = _hello(attachment.ticket, placing)
    link.send(hello)
    driver_class = None if named_driver else TerminalDriver
    marks = SHAPES if speaks_utf8(os.environ) else ASCII
    app = ClientApp(link, hello, placing, _clock, marks=marks, driver_class=driver_class)
    await app.run_async()
    link.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def _hello(ticket: str, placing: Placing) -> Hello:
    columns, rows = _terminal_size()
    return Hello(
        protocol=(PROTOCOL_MIN, PROTOCOL_MAX),
        version=__version__,
        ticket=ticket,
        columns=columns,
        rows=rows,
        sidebar_columns=placing.place(columns).beside,
        depth=colour_depth(os.environ),
    )


def _terminal_size() -> tuple[int, int]:
    try:
        columns, rows = os.get_terminal_size(0)
    except OSError:
        return 80, 24
    return columns or 80, rows or 24


def _read_all(descriptor: int) -> bytes:
    with open(descriptor, "rb") as stream:
        return stream.read(_MAX_REPLY)


def _clock() -> float:
    return datetime.now(UTC).timestamp()
