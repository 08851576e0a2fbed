"""The server's process: from a listening socket to its end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import resource
import socket
from pathlib import PurePath

from aimux.agents.kinds import shipped_kinds
from aimux.commands.later_tmux import is_later
from aimux.link.listener import remove
from aimux.link.settings import ServerSettings
from aimux.link.tmux_version import default_version
from aimux.model.environment import Environment
from aimux.model.key_tables import KeyTables
from aimux.model.option_defaults import SESSION_DEFAULTS
from aimux.model.option_row import Scope
from aimux.model.options import Options
from aimux.model.options_later import LATER_DEFAULTS, LATER_SESSION_DEFAULTS
from aimux.model.state import State
from aimux.semantic.tool_table import tool_table
from aimux.server.clock import Clock, SystemClock
from aimux.server.collector import bound_pauses
from aimux.server.log import open_log
from aimux.server.server import Server


def serve(listener: socket.socket, settings: ServerSettings) -> None:
    """Be the server until it ends.

    Args:
        listener: Listens at `settings.socket_path`.
        settings: Everything that the process that started it knew.
    """
    label = PurePath(settings.socket_path).name
    open_log(settings.environment, label=label, verbose=settings.verbose)
    _raise_file_limit()
    bound_pauses()
    try:
        asyncio.run(_serve(listener, settings, SystemClock()))
    finally:
        remove(listener, settings.socket_path, settings.socket_identity)


async def _serve(listener: socket.socket, settings: ServerSettings, clock: Clock) -> None:
    state = new_state(settings, clock)
    listener.setblocking(False)
    async with asyncio.TaskGroup() as tasks:
        server = Server(state, settings, clock, tasks)
        server.load_keys()
        read_tables()
        gc.freeze()
        await server.run(listener)


def read_tables() -> None:
    """Read the shipped tables that the first pane needs, before there is one.

    Read behind its start, they keep what is typed into it back for 20 ms or more.
    """
    shipped_kinds()
    tool_table()


def new_state(settings: ServerSettings, clock: Clock) -> State:
    """The state of a server that has done nothing yet."""
    shell = settings.environment.get("SHELL", "")
    usable = shell.startswith("/") and os.access(shell, os.X_OK)
    version = default_version(settings.environment)
    server_defaults = {"tmux-version": version, **(LATER_DEFAULTS if is_later(version) else {})}
    return State(
        key_tables=KeyTables(),
        environment=Environment(settings.environment),
        socket_path=settings.socket_path,
        pid=os.getpid(),
        started=clock.wall(),
        server_options=Options.with_defaults(Scope.SERVER, defaults=server_defaults),
        session_options=Options.with_defaults(
            Scope.SESSION,
            defaults={
                "default-shell": shell if usable else "/bin/sh",
                **({} if settings.as_tmux else SESSION_DEFAULTS),
                **(LATER_SESSION_DEFAULTS if is_later(version) else {}),
            },
        ),
        window_options=Options.with_defaults(Scope.WINDOW),
    )


def _raise_file_limit() -> None:
    """As many descriptors as the machine allows: each pane takes one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
