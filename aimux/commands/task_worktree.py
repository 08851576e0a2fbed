"""task add --worktree: a branch, a worktree beside the repository, and an agent that works there.

The task waits for that agent: it is told of it once it says that it waits. Nothing ever removes a
worktree; what was done in it stays there.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from aimux.agents.kinds import Kind, shipped_kinds
from aimux.agents.tasks import NewTask
from aimux.commands.agent_panes import kind_called
from aimux.commands.agent_start import (
    Order,
    launch_of,
    open_agent,
    require_program,
    session_of,
    window_order,
)
from aimux.commands.callers import caller_of
from aimux.commands.command import Call
from aimux.commands.effects import ShellResult
from aimux.commands.verbs import Words
from aimux.errors import CommandError, SpawnError
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.security.clean import clean

NO_AGENT = "none"
"""`--agent none`: the worktree alone; whoever is given the task goes there."""
MAX_SLUG = 30
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

Keep = Callable[[Call, NewTask], None]


def add_with_worktree(call: Call, words: Words, new: NewTask, keep: Keep) -> None:
    """Open a worktree on a branch of its own and an agent in it, then keep the task.

    Args:
        call: Who asks.
        words: `--agent kind`, or NO_AGENT; without it the kind of the agents that have the task's
            role, else of any that is here, else the first by name that is installed.
        new: The task.
        keep: Keeps it.

    Raises:
        CommandError: The caller is in no repository, or no agent's program is installed.
    """
    path = caller_of(call).path
    top = call.effects.exchange.repository(path)
    if not top:
        raise CommandError(f"not in a repository: {clean(path)}")
    name = _slug(new.text, call.effects.now())
    order = _order(call, words.get("agent"), new.role, name)
    place = f"{top}.worktrees/{name}"
    release = call.queue.wait()

    def opened(result: ShellResult) -> None:
        try:
            _require_made(result)
            pane = None if order is None else _begin(call, order, place, new)
            keep(call, replace(new, worktree=place, pane=-1 if pane is None else pane.id))
        except (CommandError, SpawnError) as error:
            call.source.requester.error(str(error))
        finally:
            release()

    line = shlex.join(["git", "worktree", "add", "-q", "-b", f"task/{name}", place])
    call.effects.run_shell(f"{line} 2>&1", path=top, session=None, done=opened)


def _require_made(result: ShellResult) -> None:
    if result.status:
        raise CommandError(f"git worktree: {clean(result.output, limit=500)}")


def _slug(text: str, now: float) -> str:
    """A name for a branch: the first words, and the time, so that it is new."""
    words = _NOT_IN_NAMES.sub("-", text.lower()[:MAX_SLUG]).strip("-")
    return f"{words or 'task'}-{int(now * 1000) & 0xFFFFFFFF:x}"


# ---- the agent ----


def _order(call: Call, wanted: str | None, role: str, name: str) -> Order | None:
    """How the agent is started; None for none. Raises CommandError."""
    if wanted == NO_AGENT:
        return None
    # An agent's name begins with a letter; that of a branch may begin with a digit.
    called = name if name[0].isalpha() else f"task-{name}"
    order = window_order(call, called)
    session = session_of(call, order)
    kind = kind_called(wanted) if wanted else _default_kind(call, session, role)
    require_program(call, session, kind)
    return replace(order, words=launch_of(kind).start)


def _default_kind(call: Call, session: Session, role: str) -> Kind:
    """The kind that is used here already, else one that is installed. Raises CommandError."""
    for kind in _candidates(call, role):
        with suppress(CommandError):
            require_program(call, session, kind)
            return kind
    raise CommandError(
        "no agent's program is in PATH (--agent kind says which, --agent none: the worktree alone)"
    )


def _candidates(call: Call, role: str) -> Iterator[Kind]:
    kinds = shipped_kinds()
    roster = [one for one in call.effects.exchange.roster() if one.agent in kinds]
    yield from (kinds[one.agent] for one in roster if role and one.role == role)
    yield from (kinds[one.agent] for one in roster)
    yield from (kind for kind in kinds.values() if kind.launch is not None)


def _begin(call: Call, order: Order, place: str, new: NewTask) -> Pane:
    """Start the agent, with what the task asks of one. Raises CommandError or SpawnError."""
    try:
        open_agent(call, order, place)
    except (CommandError, SpawnError) as error:
        raise CommandError(f"{error} (the worktree is kept: {clean(place)})") from error
    pane = call.landed.pane if call.landed is not None else None
    if pane is None:
        raise CommandError(f"no pane was made (the worktree is kept: {clean(place)})")
    if new.role:
        pane.options.set("agent-role", new.role)
    if new.needs:
        pane.options.set("agent-capabilities", " ".join(sorted(new.needs)))
    return pane
