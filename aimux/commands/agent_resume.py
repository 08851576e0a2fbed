"""agent resume: go on with what an agent worked on, also after a reboot. aimux's own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict, replace
from time import localtime, strftime

from aimux.agents.kinds import shipped_kinds
from aimux.commands.agent_panes import kind_called
from aimux.commands.agent_start import (
    open_agent,
    order_of,
    require_installed,
    require_program,
    resuming,
)
from aimux.commands.command import Aim, Call, Command
from aimux.commands.panes import respawn_pane
from aimux.errors import CommandError, SpawnError, StoreError
from aimux.model.command_list import Arguments
from aimux.model.pane import Pane
from aimux.observe.agent_sessions import AgentSession, list_sessions

SHELLS = frozenset({"bash", "zsh", "fish", "sh", "dash", "ksh"})
_CLEAR_LINE = b"\x15"
"""What was typed goes to the kill ring: it must not stand before the command."""


def resume(call: Call) -> None:
    """`agent resume [-dP] [-t target] [--name name] [--split h|v|window] id`; `--list [--json]`.

    The id may be the beginning of one that is kept, or the name that the agent had. With `-t` and
    no id it goes on in that very pane, with what its agent worked on.
    """
    words = call.arguments.texts()
    is_list, is_here = call.arguments.has("list"), call.arguments.has("t") and not words
    if is_list == (bool(words) or is_here):
        raise CommandError("either --list, an id or -t is needed")
    pane = _ended_agents_pane(call) if is_here else None
    release = call.queue.wait()

    def done(answer: list[AgentSession] | StoreError) -> None:
        try:
            if isinstance(answer, StoreError):
                call.source.requester.error(str(answer))
            elif pane is not None:
                _go_on_here(call, pane, _of_pane(call, pane, answer))
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


# ---- in the pane that it ran in ----


def _ended_agents_pane(call: Call) -> Pane:
    """The target. Raises CommandError if an agent, or what is no shell, runs there."""
    pane = call.the_pane()
    alive = call.effects.agent_process(pane)
    if alive is not None:
        raise CommandError(f"%{pane.id} runs {alive.kind} already")
    if pane.exited is None and not _waits_for_words(call.effects.foreground_words(pane)):
        raise CommandError(f"%{pane.id} runs {call.effects.foreground_command(pane)}")
    return pane


def _waits_for_words(command: tuple[str, ...]) -> bool:
    """Whether a command line is that of a shell that a person types into: no script, no `-c`."""
    name = command[0].rpartition("/")[2].lstrip("-") if command else ""
    is_plain = all(word.startswith("-") for word in command[1:])
    is_script = any("c" in word[1:] and not word.startswith("--") for word in command[1:])
    return name in SHELLS and is_plain and not is_script


def _of_pane(call: Call, pane: Pane, known: Sequence[AgentSession]) -> AgentSession:
    """The session that was worked on in a pane, or since a restart the newest of its directory."""
    last = call.effects.agent_book.last(pane)
    path = call.effects.foreground_path(pane) or pane.path or pane.start_path
    for one in known:
        same = (one.kind, one.session) == (last.kind, last.session) if last else one.path == path
        if same:
            return one
    raise CommandError(f"no session is kept for %{pane.id}")


def _go_on_here(call: Call, pane: Pane, one: AgentSession) -> None:
    """Respawn a dead pane with the agent, or type it at the prompt of its shell."""
    kind = kind_called(one.kind)
    words = resuming(kind, one.session)
    require_program(call, call.the_session(), kind)
    if pane.exited is not None:
        again = Arguments({"c": (one.path.replace("#", "##"),), "t": (f"%{pane.id}",)}, words)
        respawn_pane(replace(call, arguments=again))
        return
    line = shlex.join(words)
    if one.path != (call.effects.foreground_path(pane) or pane.path):
        line = f"cd -- {shlex.quote(one.path)} && {line}"
    call.effects.write(pane, _CLEAR_LINE + line.encode("utf-8", "surrogateescape") + b"\r")


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
        usage="[-dP] [-t target] [--name name] [--split h|v|window] id | -t pane | --list [--json]",
        target=Aim.PANE,
        run=resume,
        is_addition=True,
        long={"json": False, "list": False, "name": True, "split": True},
        anywhere=True,
    ),
)
