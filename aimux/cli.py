"""The command line: reads the global options and picks what runs.

The composition root. Whatever a plain command such as `aimux list-panes` does not need is imported
where it is started, never above.
"""

from __future__ import annotations

import gc
import os
import sys

from aimux.errors import AimuxError, LinkError, PathError
from aimux.link.command_line import (
    AIMUX,
    LONG_OPTIONS,
    TMUX,
    USAGE,
    CommandLine,
    UsageError,
    program_name,
)
from aimux.link.command_words import may_attach, may_start_server
from aimux.link.connection import NOBODY_LISTENS, Connection
from aimux.link.given_locale import restore_locale
from aimux.link.one_shot import Outcome, Output, round_trip
from aimux.link.request import has_screen, run_request, speaks_utf8, terminal, working_directory
from aimux.paths import config_directory, config_files, socket_path, tmux_socket_path

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

    from aimux.guard.child import ClientProcess
    from aimux.guard.terminal import OuterTerminal
    from aimux.link.bootstrap import Serve

INTERRUPTED = 130  # as a shell reports a command that ended by ctrl-c


def main(arguments: Sequence[str] | None = None, *, program: str | None = None) -> int:
    """Run aimux; returns the exit status.

    Args:
        arguments: The words after the program's name; those of this process by default.
        program: What it was called by, `aimux` or `tmux`; by default this process's name.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    name = program or program_name(sys.argv[0])
    restore_locale(os.environ)
    try:
        return _run(words, name)
    except UsageError as error:
        Output().write(2, f"{error}\n{USAGE[name]}" if error.args else USAGE[name])
    except AimuxError as error:
        Output().write(2, f"{error}\n")
    except KeyboardInterrupt:
        return INTERRUPTED
    return 1


def _run(words: list[str], program: str) -> int:
    if program == AIMUX and words and words[0] in LONG_OPTIONS:
        Output().write(1, LONG_OPTIONS[words[0]])
        return 0
    line = CommandLine(words, program)
    if line.counts["V"]:
        return _version(line)
    if program == AIMUX and line.command:
        own = OWN_COMMANDS.get(line.command[0]) if not _is_the_servers(line.command) else None
        if own is not None:
            return own(line.command)
        on_line = ON_COMMAND_LINE.get(line.command[0])
        if on_line is not None:
            return on_line(line)
        if line.command[0] in MIGRATION:
            return _migrate(line.command, _server_options(line))
    return _run_with_server(_socket_path(line), line)


def _is_the_servers(command: Sequence[str]) -> bool:
    """Whether the server runs a command whose other subcommands need none."""
    subcommand = command[1] if len(command) > 1 else ""
    if command[0] == "fleet":
        return subcommand != "serve"
    # A recorded screen needs no server.
    return command[0] == "agent" and subcommand in AGENT_COMMANDS and "--screen" not in command


def _socket_path(line: CommandLine) -> str:
    as_tmux = line.program == TMUX
    path = socket_path(os.environ, name=line.last("L"), path=line.last("S"), as_tmux=as_tmux)
    other = None if as_tmux or line.values["S"] else tmux_socket_path(path, os.environ)
    return other if other and _is_served(other) else path


def _run_with_server(path: str, line: CommandLine) -> int:
    if line.counts["D"]:
        return _serve_here(path, line)
    if line.values["c"]:
        return _run_in_default_shell(path, line)
    if line.counts["C"]:
        return _control(path, line)
    attaches = may_attach(line.command) and terminal(os.environ) is not None
    run = _attach if attaches else _run_once
    return run(path, line)


def _run_once(path: str, line: CommandLine) -> int:
    return _finish(_ask(path, line, line.command, Output()), path)


def _version(line: CommandLine) -> int:
    if line.program == AIMUX:
        Output().write(1, LONG_OPTIONS["--version"])
        return 0
    from aimux.link.tmux_version import tmux_version  # noqa: PLC0415  # start-up time

    version = tmux_version(lambda: _socket_path(line), os.environ)
    Output().write(1, f"tmux {version}\n")
    return 0


# ---- commands that need no server ----


def _shim(command: Sequence[str]) -> int:
    if len(command) != 2:
        raise LinkError("usage: aimux shim directory")
    from pathlib import Path  # noqa: PLC0415  # start-up time

    from aimux.integrations.tmux_shim import make_shim  # noqa: PLC0415  # start-up time

    Output().write(1, f"{make_shim(Path(command[1]).absolute())}\n")
    return 0


def _agent(command: Sequence[str]) -> int:
    from aimux.integrations.agent_command import run_agent_command  # noqa: PLC0415  # start-up time

    return run_agent_command(command[1:])


def _parse(command: Sequence[str]) -> int:
    from aimux.integrations.recorded_output import parse_recording  # noqa: PLC0415  # start-up time

    Output().write(1, parse_recording(command[1:]))
    return 0


def _fleet(command: Sequence[str]) -> int:
    """`fleet serve`, which becomes the bus."""
    from aimux.fleet.serve import serve  # noqa: PLC0415  # start-up time

    serve(command[2:], os.environ, say=lambda line: Output().write(1, line))
    return 1


def _doctor(line: CommandLine) -> int:
    from aimux.doctor.main import run  # noqa: PLC0415  # start-up time

    socket: str | PathError
    try:
        socket = _socket_path(line)
    except PathError as error:
        socket = error
    files = tuple(line.values["f"]) or config_files(os.environ)
    status, text = run(line.command[1:], os.environ, socket=socket, config_files=files)
    Output().write(1, text)
    return status


def _mcp(line: CommandLine) -> int:
    """An agent's tools; `aimux mcp install` puts them into its settings."""
    if len(line.command) > 1:
        from aimux.mcp.install import run  # noqa: PLC0415  # start-up time

        return run(line.command[1:], os.environ)
    from aimux.mcp.process import serve  # noqa: PLC0415  # start-up time

    return serve(_socket_path(line), os.environ)


def _migrate(command: Sequence[str], server: Sequence[str] = ()) -> int:
    """A command of `migrate_tmux`, which speaks to the server by ordinary commands.

    Args:
        command: Its words.
        server: The global options that name the server.
    """
    from importlib import import_module  # noqa: PLC0415  # start-up time

    return int(import_module("migrate_tmux.cli").main(list(command), server=server))


def _server_options(line: CommandLine) -> list[str]:
    return ["-S", _socket_path(line), *(word for name in line.values["f"] for word in ("-f", name))]


MIGRATION = ("import-tmux", "load-layout", "freeze-layout")
AGENT_COMMANDS = frozenset(
    {"explain", "inbox", "prompt", "report", "resume", "start", "stop", "wait"}
)
"""Subcommands of `agent` that the server runs."""
OWN_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "agent": _agent,
    "fleet": _fleet,
    "parse": _parse,
    "shim": _shim,
}
ON_COMMAND_LINE: dict[str, Callable[[CommandLine], int]] = {"doctor": _doctor, "mcp": _mcp}
"""The same, for what the global options say, too."""


# ---- commands that the server runs ----


def _ask(path: str, line: CommandLine, command: Sequence[str], output: Output) -> Outcome:
    flags = line.request_flags()
    flags["utf8"] = flags["utf8"] or speaks_utf8(os.environ)
    request = run_request(command, os.environ, flags=flags)
    may_start = may_start_server(command) and not line.counts["N"]
    serve = _server(path, line) if may_start else None
    return round_trip(lambda: _reach(path, serve), request, output)


def _reach(path: str, serve: Serve | None) -> Connection:
    try:
        return Connection(path)
    except NOBODY_LISTENS as error:
        if serve is not None:
            from aimux.link.bootstrap import connect_or_start  # noqa: PLC0415  # start-up time

            return connect_or_start(path, serve)
        if isinstance(error, ConnectionRefusedError):
            raise LinkError(f"no server running on {path}") from error
        raise LinkError(f"error connecting to {path} ({error.strerror})") from error
    except OSError as error:
        raise LinkError(f"error connecting to {path} ({error.strerror})") from error


def _server(path: str, line: CommandLine) -> Serve:
    """What a process has to do to be the server; nothing of it is imported in this one."""
    start_directory = working_directory(os.environ)

    def serve(listener: socket.socket) -> None:
        # What is imported stays: looking through it for garbage again and again takes a tenth of
        # the time. The server enables it.
        gc.disable()
        from aimux.link.listener import socket_identity  # noqa: PLC0415  # start-up time
        from aimux.link.settings import ServerSettings  # noqa: PLC0415  # start-up time
        from aimux.server.main import serve as run_server  # noqa: PLC0415  # start-up time

        absolute = path if path.startswith("/") else f"{start_directory}/{path}"
        named = tuple(
            f"{start_directory}/{name}" if name[:1] != "/" else name for name in line.values["f"]
        )
        settings = ServerSettings(
            socket_path=absolute,
            socket_identity=socket_identity(absolute),
            config_files=named or config_files(os.environ, as_tmux=line.program == TMUX),
            config_required=bool(named),
            as_tmux=line.program == TMUX,
            verbose=line.counts["v"],
            environment=dict(os.environ),
            start_directory=start_directory,
            foreground=bool(line.counts["D"]),
        )
        run_server(listener, settings)

    return serve


def _serve_here(path: str, line: CommandLine) -> int:
    from aimux.link.bootstrap import serve_in_foreground  # noqa: PLC0415  # start-up time

    serve_in_foreground(path, _server(path, line))
    return 0


def _run_in_default_shell(path: str, line: CommandLine) -> int:
    from aimux.guard.run import run_shell  # noqa: PLC0415  # start-up time

    captured: list[str] = []
    question = ("start-server", ";", "show-options", "-gv", "default-shell")
    status = _finish(_ask(path, line, question, Output(captured)), path)
    if status:
        return status
    shell = "".join(captured).strip() or "/bin/sh"
    return run_shell(shell, line.values["c"][-1], login=bool(line.counts["l"]))


def _control(path: str, line: CommandLine) -> int:
    """Speak lines instead of drawing (-C, -CC)."""
    from aimux.link.control import control_output, run_control  # noqa: PLC0415  # start-up time

    framed = line.counts["C"] > 1
    output = control_output(framed=framed)
    return run_control(lambda: _ask(path, line, line.command, output), output, framed=framed)


def _attach(path: str, line: CommandLine) -> int:
    """Run a command that probably attaches: the client starts while the server is asked."""
    if not has_screen(os.environ):
        raise LinkError("open terminal failed: terminal does not support clear")
    _offer_import(path, line)
    prepared = _prepare_client(path)
    try:
        return _finish(_ask(path, line, line.command, Output()), path, prepared)
    finally:
        prepared[1].kill()


def _offer_import(path: str, line: CommandLine) -> None:
    """Ask a user of tmux who comes for the first time; what is taken over counts at once."""
    from aimux.link.import_question import (  # noqa: PLC0415  # start-up time
        configuration_to_offer,
        wants_import,
    )

    if line.program == TMUX or line.values["f"]:
        return
    found = configuration_to_offer(os.environ)
    if found is None or not wants_import(found, os.environ):
        return
    if main(("import-tmux", found), program=AIMUX) == 0 and _is_served(path):
        directory = config_directory(os.environ)
        _finish(_ask(path, line, ("source-file", f"{directory}/config.toml"), Output()), path)


def _is_served(path: str) -> bool:
    try:
        Connection(path).close()
    except OSError:
        return False
    return True


def _prepare_client(path: str) -> tuple[OuterTerminal, ClientProcess]:
    from aimux.guard.child import fork_client  # noqa: PLC0415  # start-up time
    from aimux.guard.run import run_guard  # noqa: F401, PLC0415  # ready when the server answers
    from aimux.guard.terminal import OuterTerminal  # noqa: PLC0415  # start-up time

    def start_client(ticket: int) -> int:
        gc.disable()  # see `_server`; the client enables it
        from aimux.client.main import run  # noqa: PLC0415  # only the child imports the client

        return run(ticket, path)

    try:
        return OuterTerminal(), fork_client(start_client)
    except OSError as error:
        raise LinkError(f"open terminal failed: {error.strerror}") from error


def _finish(
    outcome: Outcome, path: str, prepared: tuple[OuterTerminal, ClientProcess] | None = None
) -> int:
    if outcome.attach is None:
        outcome.connection.close()
        Output().write(1, f"{outcome.message}\n" if outcome.message else "")
        return outcome.status
    from aimux.guard.run import run_guard  # noqa: PLC0415  # start-up time

    # Nothing is prepared where the words did not say that they attach, as with an alias.
    outer, client = prepared or _prepare_client(path)
    return run_guard(outcome.connection, outcome.attach, client, outer)
