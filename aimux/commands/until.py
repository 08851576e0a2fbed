"""until: wait for something to become true of a pane. aimux's own.

Exit statuses: 0 it is so (with --exit: the status of what ended); GAVE_UP after --timeout; GONE if
the pane's program ended first; 1 for a wrong command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from aimux.agents.state_names import AgentStateName
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.numbers import seconds
from aimux.commands.records import News
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.patterns.matcher import compile_regex
from aimux.semantic.output_reader import lines_since
from aimux.semantic.result import Status

GAVE_UP = 124
"""What timeout(1) exits with."""
GONE = 125
UNKNOWN_STATUS = 0
STATUSES = tuple(name for name in get_args(Status) if name != "running")
STATES = get_args(AgentStateName)
QUIET_LOOKS = 10
LOOK_SECONDS = 0.05

Check = Callable[[News], int | None]
"""The exit status to end with because of some news, or None to go on."""


class Waiting:
    """One run of the command, from its beginning to its exit status."""

    def __init__(self, call: Call, pane: Pane) -> None:
        self._call = call
        self._pane = pane
        self._release = call.queue.wait()
        self._looks = False
        self.over = False

    def start(self, check: Check, timeout: float | None) -> None:
        """Wait until `check` gives a status, the time is over, or the pane has gone."""
        if self._ended(check(News())):
            return
        self._call.effects.records.watch(self._pane, lambda news: self._heard(check, news))
        if timeout is not None:
            self._call.effects.after(timeout, lambda: self.end(GAVE_UP))

    def _heard(self, check: Check, news: News) -> bool:
        self.over = self.over or has_left(self._call)
        if news.finished is None and not news.is_gone:
            self._look_soon(check)
        elif not self.over and not self._ended(check(news)) and news.is_gone:
            self.end(GONE)
        return self.over

    def _look_soon(self, check: Check) -> None:
        """The pane printed: look once for all that it prints in a while."""

        def look() -> None:
            self._looks = False
            if not self.over:
                self._ended(check(News()))

        if not self._looks and not self.over:
            self._looks = True
            self._call.effects.after(LOOK_SECONDS, look)

    def _ended(self, status: int | None) -> bool:
        if status is not None:
            self.end(status)
        return status is not None

    def end(self, status: int) -> None:
        """Answer with an exit status, once."""
        if not self.over:
            self.over = True
            if status:
                self._call.source.requester.fail(status)
            self._release()


def has_left(call: Call) -> bool:
    """Whether nobody waits for a command any more: its process has gone."""
    client = call.source.client
    return client is not None and client.id not in call.state.clients


def until(call: Call) -> None:
    """`until [-t target-pane] [--timeout time]` and one of CHECKS."""
    given = [name for name in CHECKS if call.arguments.has(name)]
    if len(given) != 1:
        raise CommandError(f"one of --{', --'.join(CHECKS)} is needed")
    pane = call.the_pane()
    timeout = call.arguments.get("timeout")
    limit = None if timeout is None else seconds(timeout, "timeout")
    make = CHECKS[given[0]]
    check = make(call, pane)
    waiting = Waiting(call, pane)
    waiting.start(check, limit)
    if given[0] == "idle":
        _watch_quiet(call, pane, waiting)


def _exit(call: Call, pane: Pane) -> Check:
    """The end of the command that runs, or of the next one; else that of the pane's program."""
    del call

    def check(news: News) -> int | None:
        if news.finished is not None:
            status = news.finished.record.exit_status
            return UNKNOWN_STATUS if status is None else status
        if news.is_gone:
            return news.exit_status if news.exit_status is not None else GONE
        if pane.exited is not None:
            return pane.exited.status if pane.exited.status is not None else GONE
        return None

    return check


def _text(call: Call, pane: Pane) -> Check:
    """A line on the screen, or one that is printed later, that a POSIX expression fits."""
    pattern = call.arguments.get("text") or ""
    matcher = compile_regex(pattern)
    if matcher is None:
        raise CommandError(f"invalid regular expression: {pattern}")
    seen = pane.screen.history.pushed

    def check(_news: News) -> int | None:
        nonlocal seen
        start, seen = seen, pane.screen.history.pushed
        return 0 if any(map(matcher.is_in, lines_since(pane.screen, start))) else None

    return check


def _result(call: Call, pane: Pane) -> Check:
    """The end of a command with that status."""
    del pane
    wanted = _one_of(call, "result", STATUSES)

    def check(news: News) -> int | None:
        return 0 if news.finished is not None and news.finished.result.status == wanted else None

    return check


def _state(call: Call, pane: Pane) -> Check:
    """The state of the pane's agent."""
    wanted = _one_of(call, "state", STATES)
    records = call.effects.records
    return lambda _news: 0 if records.agent_state(pane) == wanted else None


def _one_of(call: Call, name: str, known: tuple[str, ...]) -> str:
    wanted = call.arguments.get(name) or ""
    if wanted not in known:
        raise CommandError(f"unknown {name}: {wanted} (one of {', '.join(known)})")
    return wanted


def _idle(call: Call, pane: Pane) -> Check:
    """Nothing here: a clock decides, see `_watch_quiet`."""
    del pane
    seconds(call.arguments.get("idle") or "", "idle time")
    return lambda _news: None


def _watch_quiet(call: Call, pane: Pane, waiting: Waiting) -> None:
    """End once the pane has printed nothing for that time; it is looked at ten times in it."""
    step = seconds(call.arguments.get("idle") or "", "idle time") / QUIET_LOOKS
    version, quiet = pane.screen.version, 0

    def look() -> None:
        nonlocal version, quiet
        if waiting.over:
            return
        quiet = quiet + 1 if version == pane.screen.version else 0
        version = pane.screen.version
        if quiet >= QUIET_LOOKS:
            waiting.end(0)
        else:
            call.effects.after(step, look)

    call.effects.after(step, look)


CHECKS: Mapping[str, Callable[[Call, Pane], Check]] = {
    "exit": _exit,
    "text": _text,
    "idle": _idle,
    "result": _result,
    "state": _state,
}

COMMANDS = (
    Command(
        name="until",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane] [--timeout time]"
        " --exit | --text regex | --idle time | --result status | --state state",
        target=Aim.PANE,
        flags=Flags.READ_ONLY,
        run=until,
        is_addition=True,
        long=dict.fromkeys(("text", "idle", "result", "state", "timeout"), True) | {"exit": False},
    ),
)
