"""exec: run a command in a pane, wait for it, pass its exit status on. aimux's own.

Without `-t` it gets a window of its own, which nobody is switched to; that ends with it. With `-t`
it is typed into the pane's shell, which has to wait at its prompt. Its exit status is the
command's; after --timeout `until.GAVE_UP`, and if the pane went away first `until.GONE`.
"""

from __future__ import annotations

import shlex
from contextlib import ExitStack

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.lifecycle import close_pane
from aimux.commands.numbers import seconds
from aimux.commands.records import News
from aimux.commands.result_formats import FORMATS
from aimux.commands.spawn import OUTER, Start, make_session, make_window, words_of
from aimux.commands.until import GAVE_UP, GONE, has_left
from aimux.errors import CommandError, SpawnError
from aimux.events import SessionCreated
from aimux.model.client import Client
from aimux.model.environment import Environment
from aimux.model.pane import Pane
from aimux.semantic.output import Ran

# What belongs to a terminal, not to who asks.
_NOT_PASSED = {*OUTER, "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "PWD", "OLDPWD"}
SESSION_PREFIX = "exec"
CLEAR_LINE = "\x05\x15"
"""To the line's end, and all of it away; shells keep it for C-y."""
NOT_FOUND = 127
"""As shells say that there is no such program."""


class Execution:
    """One run: from the command's beginning to the answer."""

    def __init__(self, call: Call, pane: Pane, *, after: int, is_own: bool) -> None:
        self._call = call
        self._pane = pane
        self._after = after
        self._is_own = is_own
        self._over = False
        self._format = _format(call)
        self._release = call.queue.wait()

    def start(self, timeout: float | None) -> None:
        """Wait for the command."""
        records, asker = self._call.effects.records, self._call.source.pane
        records.asked_by(self._pane, records.agent_name(asker) if asker is not None else "")
        records.watch(self._pane, self._heard)
        if timeout is not None:
            self._call.effects.after(timeout, self._give_up)

    def _heard(self, news: News) -> bool:
        if self._over:
            return True
        if has_left(self._call):
            self._over = True
            self._close()
            return True
        ran = news.finished
        if ran is not None and ran.record.id > self._after:
            self._answer(ran)
        elif news.is_gone:
            self._end(GONE, f"%{self._pane.id} has gone")
        return self._over

    def _answer(self, ran: Ran) -> None:
        status = ran.record.exit_status
        self._call.source.requester.output(FORMATS[self._format](ran, self._pane.id))
        self._end(GONE if status is None else status)

    def _give_up(self) -> None:
        if self._over:
            return
        self._end(GAVE_UP, "timed out")
        self._close()

    def _close(self) -> None:
        """End what was started, if it has a window of its own."""
        if self._is_own and self._pane.id in self._call.state.panes:
            close_pane(self._call.state, self._call.effects, self._pane)

    def _end(self, status: int, error: str = "") -> None:
        self._over = True
        if error:
            self._call.source.requester.error(error)
        if status:
            self._call.source.requester.fail(status)
        self._release()


def execute(call: Call) -> None:
    """`exec [--json] [--timeout time] [--format format] [-t target-pane] [--] command ...`."""
    words = words_of(call.arguments.positional)
    timeout = call.arguments.get("timeout")
    limit = None if timeout is None else seconds(timeout, "timeout")
    _format(call)
    if call.arguments.has("t"):
        _type(call, call.the_pane(), words, limit)
        return
    try:
        pane = _new_pane(call, words)
    except SpawnError as error:
        call.source.requester.error(str(error))
        call.source.requester.fail(NOT_FOUND)
        return
    Execution(call, pane, after=0, is_own=True).start(limit)


def _format(call: Call) -> str:
    name = call.arguments.get("format") or ("json" if call.arguments.has("json") else "text")
    if name not in FORMATS:
        raise CommandError(f"unknown format: {name} (one of {', '.join(FORMATS)})")
    return name


def _type(call: Call, pane: Pane, words: tuple[str, ...], limit: float | None) -> None:
    records = call.effects.records
    line = words[0] if len(words) == 1 else shlex.join(words)
    if not line.isprintable():
        raise CommandError("a control character cannot be typed")
    if not records.is_at_prompt(pane):
        raise CommandError(f"%{pane.id} is at no prompt that aimux knows of")
    typed = records.typed(pane)
    if typed:  # behind it the command would be another one
        raise CommandError(f"something has been typed at the prompt of %{pane.id}")
    ran = records.of(pane)
    execution = Execution(call, pane, after=ran[-1].record.id if ran else 0, is_own=False)
    execution.start(limit)
    cleared = CLEAR_LINE if typed is None else ""
    call.effects.write(pane, f"{cleared}{line}\r".encode("utf-8", "surrogateescape"))


def _new_pane(call: Call, words: tuple[str, ...]) -> Pane:
    """A window that nobody is switched to, in the asker's session or a new one."""
    client, session = call.source.client, call.target().session
    path = client.path if client is not None and client.path else "/"
    start = Start(words, path, _environment(client), is_sealed=True)
    if session is None:
        return _new_session(call, start)
    index = session.free_index(session.options.number("base-index"))
    link = make_window(call, session, index=index, start=start, name=None, selected=False)
    return link.window.active


def _new_session(call: Call, start: Start) -> Pane:
    """Where there is no session: one that ends with the command. Raises SpawnError."""
    session = make_session(
        call, name="", prefix=SESSION_PREFIX, path=start.path, environment=Environment({})
    )
    index = session.options.number("base-index")
    with ExitStack() as undo:
        undo.callback(call.state.sessions.pop, session.id)
        link = make_window(call, session, index=index, start=start, name=None, selected=True)
        undo.pop_all()
    call.effects.publish(SessionCreated(session.id, session.name))
    return link.window.active


def _environment(client: Client | None) -> tuple[tuple[str, str], ...]:
    """The asker's variables: `X=1 aimux exec make` means what it does without aimux."""
    if client is None:
        return ()
    return tuple((n, v) for n, v in client.environment.items() if n not in _NOT_PASSED)


COMMANDS = (
    Command(
        name="exec",
        alias=None,
        getopt="t:",
        arity=(1, None),
        usage="[--json] [--timeout time] [--format text|json|junit|github] [-t target-pane]"
        " [--] command [argument ...]",
        target=Aim.PANE,
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=execute,
        is_addition=True,
        long={"json": False, "timeout": True, "format": True},
    ),
)
