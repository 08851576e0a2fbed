"""How sessions, windows and panes begin: names, sizes, directories, environments, programs."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import PurePath

from msgspec import Struct

from aimux import __version__
from aimux.agents.command_lines import program_words
from aimux.agents.recognise import kind_started_by
from aimux.commands.client_view import status_rows
from aimux.commands.command import Call
from aimux.commands.effects import Program
from aimux.commands.groups import synchronize_from
from aimux.commands.host import host_name
from aimux.commands.names import shown_name
from aimux.commands.one_pane import tab_rows
from aimux.commands.telling import select_link, tell_link
from aimux.errors import CommandError
from aimux.events import WindowLinked
from aimux.ids import SessionId
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.environment import Environment
from aimux.model.key_settings import KeySettings
from aimux.model.layout import Layout
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.quoting import quote_argument
from aimux.model.screen_rules import OptionRules
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.vt.engine import Engine

MAX_COLUMNS = 1000
MAX_ROWS = 500
OUTER = ("TMUX", "TMUX_PANE", "AIMUX", "AIMUX_PANE", "COLUMNS", "LINES")


class Start(Struct, frozen=True):
    """What to start in a new pane.

    Attributes:
        words: The program and its arguments; one word is for the shell; none is the shell itself.
        path: The directory.
        environment: Extra variables (`-e`).
        is_sealed: Nothing that it prints may end the record of it as a command.
    """

    words: tuple[str, ...] = ()
    path: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    is_sealed: bool = False


def words_of(positional: Sequence[str | CommandBlock]) -> tuple[str, ...]:
    """A program's words; a block has no place among them."""
    if any(isinstance(word, CommandBlock) for word in positional):
        raise CommandError("commands are not allowed here")
    return tuple(str(word) for word in positional)


def start_of(call: Call, positional: Sequence[str | CommandBlock], *, default: str) -> Start:
    """What `-c`, `-e` and the words of a command say to start."""
    path = call.arguments.get("c")
    given = call.expand(path) if path is not None else ""
    directory = os.path.join(default, given) if given else default  # noqa: PTH118  # as said
    # An absolute path wins.
    return Start(words_of(positional), directory, environment_of(call))


def environment_of(call: Call) -> tuple[tuple[str, str], ...]:
    """The variables that `-e` sets, in order."""
    pairs = (assignment.partition("=") for assignment in call.arguments.all("e"))
    return tuple((name, value) for name, equals, value in pairs if equals)


def clamp(columns: int, rows: int) -> tuple[int, int]:
    """A size that a screen can have."""
    return max(1, min(MAX_COLUMNS, columns)), max(1, min(MAX_ROWS, rows))


def make_pane(state: State, window_options: Options, *, columns: int, rows: int) -> Pane:
    """A pane without a program."""
    limit = state.session_options.number("history-limit")
    columns, rows = clamp(columns, rows)
    pane = Pane(
        id=state.new_pane_id(),
        screen=Engine(columns, rows, history_limit=limit),
        options=Options(window_options),
        title=host_name(),
        nonce=secrets.token_hex(8),
        keys=KeySettings(state.server_options),
    )
    pane.screen.rules = OptionRules(pane.options)
    state.panes[pane.id] = pane
    return pane


def start_program(call: Call, session: Session, pane: Pane, start: Start) -> None:
    """Run a program in a pane. Raises SpawnError."""
    shell = default_shell(session)
    default_command = session.options.text("default-command")
    words = start.words or ((default_command,) if default_command else ())
    pane.argv, pane.start_path = words, start.path
    pane.start_command = " ".join(quote_argument(word) for word in words)
    pane.screen.history_limit = session.options.number("history-limit")
    call.effects.spawn(
        pane,
        Program(
            argv=words,
            shell=shell,
            path=start.path,
            environment=_with_path_of(
                call.source.client, child_environment(call.state, session, pane, start, shell)
            ),
            integrate=session.options.flag("shell-integration"),
            text=(words[0] if len(words) == 1 else shlex.join(words)) if start.words else "",
            is_sealed=start.is_sealed,
            may_be_missing=call.as_tmux,
        ),
    )


def leave_empty(pane: Pane) -> None:
    """Give a pane no program: its screen shows no cursor, and a line feed begins a line."""
    pane.screen.feed(b"\x1b[20h\x1b[?25l")


def default_shell(session: Session) -> str:
    """The shell for panes: the option, if it names a program."""
    shell = session.options.text("default-shell")
    return shell if os.access(shell, os.X_OK) else "/bin/sh"


def child_environment(
    state: State, session: Session, pane: Pane, start: Start, shell: str
) -> dict[str, str]:
    """The environment of a pane's program, as tmux makes it, with aimux's names."""
    values = state.environment.visible()
    for name in OUTER:
        values.pop(name, None)
    session.environment.apply(values)
    values.update(
        AIMUX=f"{state.socket_path},{state.pid},{session.id}",
        AIMUX_PANE=f"%{pane.id}",
        TERM=state.server_options.text("default-terminal"),
        COLORTERM="truecolor",
        TERM_PROGRAM="aimux",
        TERM_PROGRAM_VERSION=__version__,
        SHELL=shell,
        PWD=start.path,
    )
    if wants_tmux_environment(session, pane, start.words):
        values.update(
            TMUX=values["AIMUX"],
            TMUX_PANE=values["AIMUX_PANE"],
            TERM_PROGRAM="tmux",
            TERM_PROGRAM_VERSION=state.server_options.text("tmux-version"),
        )
    values.update(start.environment)
    return values


def _with_path_of(client: Client | None, environment: dict[str, str]) -> dict[str, str]:
    """The PATH of a command that has no session wins, as in tmux (spawn.c).

    Else who asks from outside could not choose one: the session has its own.
    """
    if client is not None and client.session is None and "PATH" in client.environment:
        environment["PATH"] = client.environment["PATH"]
    return environment


def wants_tmux_environment(session: Session, pane: Pane, words: Sequence[str]) -> bool:
    """Whether a pane's programs are to find tmux: what the pane says counts before the session.

    What is said of all sessions is not meant for a pane that an agent is started in: some draw less
    well once they find TMUX.
    """
    for options in (pane.options, session.options):
        if options.is_own("tmux-env"):
            return options.flag("tmux-env")
    return session.options.flag("tmux-env") and kind_started_by(program_words(words)) is None


def default_window_name(session: Session, words: Sequence[str]) -> str:
    """What a window is called before its program says more: the first word of its command."""
    words = words or (session.options.text("default-command"),)
    command = " ".join(quote_argument(word) for word in words if word)
    return _parsed_name(command) or _parsed_name(default_shell(session))


def _parsed_name(command: str) -> str:
    """A name from a command line that may be quoted (parse_window_name of tmux 3.3a)."""
    name = command.removeprefix('"').partition('"')[0].removeprefix("exec ")
    name = name.lstrip(" -").partition(" ")[0]
    while len(name) > 1 and not (name[-1].isalnum() or name[-1].isprintable()):
        name = name[:-1]
    return PurePath(name).name if name.startswith("/") else name


def make_window(
    call: Call, session: Session, *, index: int, start: Start, name: str | None, selected: bool
) -> Link:
    """A window with one pane, at a free index of a session, shown if so asked for.

    A session's first window is shown in any case. Raises SpawnError.
    """
    state = call.state
    columns, rows = session_size(state, session)
    options = Options(state.window_options)
    pane = make_pane(state, options, columns=columns, rows=rows)
    now = call.effects.now()
    window = Window(
        id=state.new_window_id(),
        name=shown_name(name) if name is not None else default_window_name(session, start.words),
        columns=pane.columns,
        rows=pane.rows,
        layout=Layout.single(pane.id, columns=pane.columns, rows=pane.rows),
        panes=[pane],
        active=pane,
        options=options,
        created=now,
        activity=now,
    )
    if name is not None:
        options.set("automatic-rename", "off")
    state.windows[window.id] = window
    window.place_panes()
    with ExitStack() as undo:
        undo.callback(state.forget_window, window)
        start_program(call, session, pane, start)
        undo.pop_all()
    link = session.link(window, index=index)
    session.current = session.current or link
    if selected:
        select_link(call.effects, session, link)
    tell_link(WindowLinked, call.effects, session, window)
    synchronize_from(state, call.effects, session)
    return link


def session_size(state: State, session: Session) -> tuple[int, int]:
    """The size for a new window of a session: what its clients leave, else `default-size`."""
    if state.clients_of(session) and session.current is not None:
        return session.current.window.columns, session.current.window.rows
    return default_size(session.options)


def default_size(options: Options) -> tuple[int, int]:
    """`default-size` as columns and rows."""
    columns, _, rows = options.text("default-size").partition("x")
    return clamp(int(columns), int(rows)) if columns.isdigit() and rows.isdigit() else (80, 24)


def client_size(client: Client, options: Options) -> tuple[int, int]:
    """The size that a client leaves for a window; a control client draws nothing else."""
    if client.control is not None:
        return clamp(client.columns, client.rows)
    return clamp(client.window_columns, client.rows - status_rows(options) - tab_rows(client))


def clean_session_name(name: str) -> str:
    """A session's name without the characters that separate targets; tmux replaces them by `_`."""
    cleaned = "".join(c for c in name if c.isprintable()).translate(str.maketrans(":.", "__"))
    if not cleaned:
        raise CommandError(f"invalid session: {name}")
    return shown_name(cleaned)


def make_session(
    call: Call, *, name: str, path: str, environment: Environment, prefix: str = ""
) -> Session:
    """A session without windows; without a name it is called by its number, behind a `prefix`."""
    state = call.state
    now = call.effects.now()
    identity, free = new_session_identity(state, prefix)
    session = Session(
        id=identity,
        name=name or free,
        path=path,
        options=Options(state.session_options),
        environment=environment,
        created=now,
        activity=now,
    )
    if call.as_tmux:
        session.options.set("tmux-env", "on")
    state.sessions[identity] = session
    return session


def new_session_identity(state: State, prefix: str) -> tuple[SessionId, str]:
    """An identity, and a name from it that no session has; an identity without one is skipped."""
    while True:
        identity = state.new_session_id()
        name = f"{prefix}-{identity}" if prefix else str(identity)
        if state.session_named(name) is None:
            return identity, name
