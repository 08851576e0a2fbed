"""agent resume: go on with what an agent worked on, also after a reboot. aimux's own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from time import localtime, strftime

from aimux.agents.kinds import shipped_kinds
from aimux.commands.agent_panes import kind_called
from aimux.commands.agent_start import open_agent, order_of, require_installed, resuming
from aimux.commands.command import Aim, Call, Command
from aimux.errors import CommandError, SpawnError, StoreError
from aimux.observe.agent_sessions import AgentSession, list_sessions


def resume(call: Call) -> None:
    """`agent resume [-dP] [-t target] [--name name] [--split h|v|window] id`; `--list [--json]`.

    The id may be the beginning of one that is kept, or the name that the agent had.
    """
    words = call.arguments.texts()
    if call.arguments.has("list") == bool(words):
        raise CommandError("either --list or an id is needed")
    release = call.queue.wait()

    def done(answer: list[AgentSession] | StoreError) -> None:
        try:
            if isinstance(answer, StoreError):
                call.source.requester.error(str(answer))
            elif words:
                _go_on(call, _meant(answer, words[0]))
            else:
                _list(call, answer)
        except (CommandError, SpawnError) as error:
            call.source.requester.error(str(error))
        finally:
            release()

    call.effects.records.ask(list_sessions, done)


def _meant(known: Sequence[AgentSession], word: str) -> AgentSession:
    """The session that a word means: its id, the name of its agent, or the beginning of its id."""
    for fits in (
        [one for one in known if one.session == word],
        [one for one in known if one.name == word][:1],
        [one for one in known if one.session.startswith(word)],
    ):
        if len(fits) > 1:
            raise CommandError(f"ambiguous session id: {word}")
        if fits:
            return fits[0]
    raise CommandError(f"no such session: {word} (agent resume --list shows those that are kept)")


def _go_on(call: Call, one: AgentSession) -> None:
    kind = kind_called(one.kind)
    order = order_of(call, resuming(kind, one.session))
    require_installed(call, order, kind)
    open_agent(call, order, one.path)


def _list(call: Call, known: Sequence[AgentSession]) -> None:
    if call.arguments.has("json"):
        call.print(json.dumps([asdict(one) for one in known], ensure_ascii=False))
        return
    for one in known:
        kind = shipped_kinds().get(one.kind)
        launch = kind.launch if kind is not None else None
        words = launch.resuming(one.session) if launch is not None else ()
        when = strftime("%Y-%m-%d %H:%M", localtime(one.used))
        name = f"{one.name} " if one.name else ""
        call.print(f"{when}  {name}{one.kind}  {one.path}  {shlex.join(words) or one.session}")


COMMANDS = (
    Command(
        name="agent resume",
        alias=None,
        getopt="dPt:",
        arity=(0, 1),
        usage="[-dP] [-t target] [--name name] [--split h|v|window] id | --list [--json]",
        target=Aim.PANE,
        run=resume,
        is_addition=True,
        long={"json": False, "list": False, "name": True, "split": True},
        anywhere=True,
    ),
)
