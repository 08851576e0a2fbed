"""The client without a terminal."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from aimux.protocol.client_messages import Resized
from aimux.protocol.server_messages import Farewell
from tests.client.little_server import DEADLINE, little_server
from tests.client.terminal import PROGRAM

REPLY = json.dumps({"type": "attach", "ticket": "t1", "session": "work", "columns": 80, "rows": 24})
HEADLESS = "textual.drivers.headless_driver:HeadlessDriver"
IMPORTS = """
import sys
import aimux.client.main
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


async def start(socket_path: str, reply: str, **variables: str) -> Process:
    """The client with standard input from nowhere."""
    ticket_fd, write_fd = os.pipe()
    with os.fdopen(write_fd, "w") as stream:
        stream.write(reply)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, str(ticket_fd), socket_path),
        env=os.environ | variables,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        pass_fds=(ticket_fd,),
    )
    os.close(ticket_fd)
    return process


async def end(process: Process) -> tuple[int | None, bytes]:
    async with asyncio.timeout(DEADLINE):
        _, errors = await process.communicate()
    return process.returncode, errors


async def test_a_driver_named_in_the_environment_needs_no_terminal(tmp_path: Path) -> None:
    async with little_server(tmp_path) as (server, path):
        size = {"COLUMNS": "130", "LINES": "20"}
        process = await start(path, REPLY, TEXTUAL_DRIVER=HEADLESS, **size)
        await server.wait_for(lambda: Resized(130, 20, 36) in server.received)
        await server.wait_for(server.shown)
        server.send(Farewell("detached"))
        assert await end(process) == (0, b"")


async def test_without_a_terminal_it_refuses_as_tmux_does(tmp_path: Path) -> None:
    async with little_server(tmp_path) as (_, path):
        process = await start(path, REPLY)
        assert await end(process) == (1, b"open terminal failed: not a terminal\n")


async def test_without_a_ticket_it_leaves_in_silence(tmp_path: Path) -> None:
    assert await end(await start(str(tmp_path / "none"), "")) == (1, b"")


async def test_a_bad_ticket_and_a_missing_server_are_told_in_one_line(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    assert await end(await start(missing, "{}")) == (1, b"bad attach reply\n")
    status, errors = await end(await start(missing, REPLY, TEXTUAL_DRIVER=HEADLESS))
    assert status == 1
    assert errors.count(b"\n") == 1


async def test_it_imports_nothing_that_only_the_server_needs() -> None:
    heavy = ("ptyprocess", "sqlite3", "pyte", "zstandard", "aimux.model", "aimux.vt")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", IMPORTS, *heavy), stdout=PIPE
    )
    output, _ = await process.communicate()
    assert output == b"\n"
