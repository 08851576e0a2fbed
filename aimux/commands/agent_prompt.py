"""agent prompt: tell an agent something, by its own queue or by pasting at its prompt.

Nothing is ever pasted into an agent that works, asks something, or has not said that it is at its
prompt: the answer to "run rm -rf?" must be a person's. Exit statuses: 0 handed over; NOT_READY its
state does not allow it; GAVE_UP it did not come to rest within --wait; GONE it has ended.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable

from aimux.agents.kinds import shipped_kinds
from aimux.commands.agent_panes import NOT_READY, agent_in, agent_pane, is_limit_over, objection
from aimux.commands.command import Aim, Call, Command
from aimux.commands.effects import ShellResult
from aimux.commands.numbers import seconds
from aimux.commands.records import News
from aimux.commands.send_keys import send_key
from aimux.commands.standard_input import collect
from aimux.commands.until import GAVE_UP, GONE, Waiting
from aimux.errors import CommandError
from aimux.keys.paste import encode_paste
from aimux.model.pane import Pane

MAX_BYTES = 100_000
"""Of a text: an agent takes more only as a file."""
ENTER_SECONDS = 0.6
"""Between a paste and Enter: agents take what comes faster for a part of the paste."""


def prompt(call: Call) -> None:
    """`agent prompt [-t pane|name] [--after-limit] [--wait time] text ...|-`.

    With `--after-limit` an agent that a limit stopped counts as at its prompt once that is over.
    """
    pane = agent_pane(call)
    agent_in(call, pane)
    words = call.arguments.texts()
    if words == ("-",):
        collect(call, lambda data: _tell(call, pane, data.decode("utf-8", "replace")))
    else:
        _tell(call, pane, " ".join(words))


def _tell(call: Call, pane: Pane, text: str) -> None:
    text = text.rstrip("\n")
    if not text.strip():
        raise CommandError("nothing to say")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CommandError(f"too long: more than {MAX_BYTES} bytes")
    wait = call.arguments.get("wait")
    limit = None if wait is None else seconds(wait, "wait")
    queueing = _queueing(call, pane, text)
    if queueing:
        _queue(call, queueing, otherwise=lambda: _paste(call, pane, text, limit))
    else:
        _paste(call, pane, text, limit)


def _paste(call: Call, pane: Pane, text: str, limit: float | None) -> None:
    if "\n" in text and not pane.input_modes.bracketed_paste:
        raise CommandError(f"%{pane.id} takes one line only: it knows no bracketed paste")
    Prompting(call, pane, text).start(limit)


# ---- by its own queue ----


def _queueing(call: Call, pane: Pane, text: str) -> tuple[str, ...]:
    """The words that hand the text over; empty without a queue, or where the session is unsure."""
    found = call.effects.agent_process(pane)
    if found is None or not found.session:
        return ()
    kind = shipped_kinds().get(found.kind)
    launch = kind.launch if kind is not None else None
    return launch.queueing(found.session, text) if launch is not None else ()


def _queue(call: Call, words: tuple[str, ...], *, otherwise: Callable[[], None]) -> None:
    """Let the agent's own program queue it, or do the other thing where that knows no way.

    Args:
        call: Whose queue waits meanwhile.
        words: The program and its arguments.
        otherwise: Tried after a failure: the agent's files may be elsewhere than the server's.
    """
    release = call.queue.wait()

    def done(result: ShellResult) -> None:
        try:
            if result.status:
                otherwise()
        except CommandError as error:
            call.source.requester.error(str(error))
        finally:
            release()

    session = call.target().session
    path = session.path if session is not None else "/"
    call.effects.run_shell(
        shlex.join(words), path=path, session=session, done=done, with_errors=True
    )


# ---- by pasting ----


class Prompting:
    """One text on its way: wait until the agent is at its prompt, paste, wait, press Enter."""

    def __init__(self, call: Call, pane: Pane, text: str) -> None:
        self._call = call
        self._pane = pane
        self._text = text
        self._is_pasted = False
        self._waiting = Waiting(call, pane)

    def start(self, limit: float | None) -> None:
        """Begin.

        Args:
            limit: Seconds that the agent may take to come to rest; None if it must be now.
        """
        if limit is None:
            self._now()
            return
        self._waiting.start(self._check, None)
        self._call.effects.after(limit, self._give_up)

    def _check(self, _news: News) -> int | None:
        fact = self._call.effects.agent(self._pane)
        if fact is None or fact.state == "exited":
            return self._fails(f"no agent in %{self._pane.id}", GONE)
        if not self._is_pasted and not self._objection():
            self._paste()
        return None

    def _now(self) -> None:
        why = self._objection()
        if why:
            self._waiting.end(self._fails(f"not sent: {why}", NOT_READY))
        else:
            self._paste()

    def _paste(self) -> None:
        self._is_pasted = True
        data = encode_paste(self._text.encode("utf-8", "replace"), self._pane.input_modes)
        self._call.effects.write(self._pane, data)
        self._call.effects.after(ENTER_SECONDS, self._enter)

    def _enter(self) -> None:
        """Press Enter if the agent is where it was: it may have asked something meanwhile."""
        if self._waiting.over:
            return
        why = self._objection()
        if why:
            self._waiting.end(self._fails(f"pasted, but Enter was not pressed: {why}", NOT_READY))
            return
        send_key(self._call, self._pane, "Enter")
        self._waiting.end(0)

    def _give_up(self) -> None:
        if not self._is_pasted and not self._waiting.over:
            self._waiting.end(self._fails(f"not sent: {self._objection()}", GAVE_UP))

    def _objection(self) -> str:
        fact = self._call.effects.agent(self._pane)
        if fact is None:
            return f"no agent in %{self._pane.id}"
        now = self._call.effects.now()
        if self._call.arguments.has("after-limit") and is_limit_over(fact, now):
            return ""
        return objection(fact)

    def _fails(self, text: str, status: int) -> int:
        self._call.source.requester.error(text)
        return status


COMMANDS = (
    Command(
        name="agent prompt",
        alias=None,
        getopt="t:",
        arity=(1, None),
        usage="[-t target-pane|name] [--after-limit] [--wait time] text ...|-",
        target=Aim.PANE,
        run=prompt,
        is_addition=True,
        long={"after-limit": False, "wait": True},
    ),
)
