"""agent start: an agent's program in a window or a pane of its own."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass, replace

from aimux.agents.kinds import Kind
from aimux.agents.launch import Launch
from aimux.commands.agent_panes import NAME_OPTION, kind_called, new_name
from aimux.commands.command import Aim, Call, Command
from aimux.commands.effects import ShellResult
from aimux.commands.spawn import words_of
from aimux.commands.splitting import COMMANDS as SPLIT_COMMANDS
from aimux.commands.windows import COMMANDS as WINDOW_COMMANDS
from aimux.commands.windows import default_path
from aimux.errors import CommandError, SpawnError
from aimux.model.command_list import Arguments
from aimux.model.session import Session

SPLITS = {"h": "split-window", "v": "split-window", "window": "new-window"}
_MAKERS = {row.name: row for row in (*SPLIT_COMMANDS, *WINDOW_COMMANDS)}
_WORKTREE = r"""
cd -- {path} && top=$(git worktree list --porcelain | sed -n '1s/^worktree //p') || exit
[ -n "$top" ] || exit
branch={branch} number=1
while [ -z "$branch" ]; do
    branch={stem}-$number number=$((number + 1))
    git show-ref -q --verify "refs/heads/$branch" && branch=
done
place=$top-$(printf %s "$branch" | tr / -)
if git show-ref -q --verify "refs/heads/$branch"
then git worktree add -q -- "$place" "$branch"
else git worktree add -q -b "$branch" -- "$place"
fi || exit
printf '%s\n' "$place"
"""
"""Makes a worktree beside the repository's first one; its last line says where."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be started.

    Attributes:
        words: The program and its arguments.
        name: What the agent is called; empty for nothing.
        maker: The command that makes its pane.
        flags: What that command is told beside the directory.
    """

    words: tuple[str, ...]
    name: str
    maker: Command
    flags: dict[str, tuple[str | None, ...]]


def start(call: Call) -> None:
    """`agent start [-dP] [-t target] [--split h|v|window] kind [-- argument ...]` and the like.

    Args:
        call: A call of a row with the options of `agent start`.
    """
    word, *arguments = words_of(call.arguments.positional)
    kind = kind_called(word)
    launch = launch_of(kind)
    resumed = call.arguments.get("resume")
    words = launch.start if resumed is None else resuming(kind, resumed)
    order = order_of(call, (*words, *arguments))
    session = require_installed(call, order, kind)
    path = default_path(call, session)
    if call.arguments.has("worktree"):
        _start_in_worktree(call, order, session, path, kind)
    else:
        open_agent(call, order, path)


def launch_of(kind: Kind) -> Launch:
    """How a kind is started. Raises CommandError for one that is only recognised."""
    if kind.launch is None:
        raise CommandError(f"{kind.name}: how it is started is not known")
    return kind.launch


def resuming(kind: Kind, session: str) -> tuple[str, ...]:
    """The words that go on with an agent's session. Raises CommandError."""
    words = launch_of(kind).resuming(session)
    if not words:
        raise CommandError(f"{kind.name}: how a session of it is resumed is not known")
    if not session or session.startswith("-") or not session.isprintable():
        raise CommandError(f"invalid session id: {session}")
    return words


def order_of(call: Call, words: tuple[str, ...]) -> Order:
    """What a call's options say of starting some words. Raises CommandError."""
    arguments = call.arguments
    split = arguments.get("split") or "window"
    if split not in SPLITS:
        raise CommandError(f"unknown split: {split} (one of {', '.join(SPLITS)})")
    flags: dict[str, tuple[str | None, ...]] = {
        flag: arguments.flags[flag] for flag in "dPt" if arguments.has(flag)
    }
    name = arguments.get("name")
    if split != "window":
        flags[split] = (None,)
    elif name:
        flags["n"] = (name,)
    if arguments.has("P"):
        flags["F"] = ("#{pane_id}",)
    return Order(words, new_name(call, name) if name else "", _MAKERS[SPLITS[split]], flags)


def session_of(call: Call, order: Order) -> Session:
    """The session that gets the pane. Raises CommandError if there is none."""
    session = call.find(call.arguments.get("t"), order.maker.target).session
    if session is None:
        raise CommandError("no current session")
    return session


def window_order(call: Call, name: str) -> Order:
    """Starting something, whose words are still to come, in a window that nobody is shown yet.

    Raises:
        CommandError: The name is taken, or is none.
    """
    flags: dict[str, tuple[str | None, ...]] = {"d": (None,), "n": (name,)}
    return Order((), new_name(call, name), _MAKERS[SPLITS["window"]], flags)


def require_installed(call: Call, order: Order, kind: Kind) -> Session:
    """The session that gets the pane.

    Raises:
        CommandError: The program is not found in the PATH that it would be run with.
    """
    session = session_of(call, order)
    require_program(call, session, kind)
    return session


def require_program(call: Call, session: Session, kind: Kind) -> None:
    """Raises CommandError if a kind's program is not in the PATH of a session's panes."""
    launch = launch_of(kind)
    program = launch.start[0]
    if shutil.which(program, path=_search_path(call, session)) is not None:
        return
    how = f"; to install it: {launch.install}" if launch.install else ""
    raise CommandError(f"{kind.title} is not installed: no {program} in PATH{how}")


def _search_path(call: Call, session: Session) -> str:
    """The PATH of what is started: the asker's, if it has no session, else the session's."""
    client = call.source.client
    if client is not None and client.session is None and "PATH" in client.environment:
        return client.environment["PATH"]
    values = call.state.environment.visible()
    session.environment.apply(values)
    return values.get("PATH", "")


def open_agent(call: Call, order: Order, path: str) -> None:
    """Start it in a directory. Raises CommandError or SpawnError."""
    flags = {**order.flags, "c": (path.replace("#", "##"),)}
    making = replace(
        call,
        command=order.maker,
        arguments=Arguments(flags, order.words),
        landed=None,
        _target=None,
    )
    if order.maker.run is None:
        raise AssertionError(f"{order.maker.name} has no function")
    order.maker.run(making)
    call.landed = making.landed
    pane = making.landed.pane if making.landed is not None else None
    if pane is not None and order.name:
        pane.options.set(NAME_OPTION, order.name)


# ---- worktrees ----


def _start_in_worktree(call: Call, order: Order, session: Session, path: str, kind: Kind) -> None:
    """Let git make a worktree, hold the queue meanwhile, and start there."""
    branch = call.arguments.get("worktree") or order.name
    script = _WORKTREE.format(
        path=shlex.quote(path), branch=shlex.quote(branch), stem=shlex.quote(kind.name)
    )
    release = call.queue.wait()

    def done(result: ShellResult) -> None:
        try:
            open_agent(call, order, _made_worktree(result))
        except (CommandError, SpawnError) as error:
            call.source.requester.error(str(error))
        finally:
            release()

    call.effects.run_shell(script, path=path, session=session, done=done, with_errors=True)


def _made_worktree(result: ShellResult) -> str:
    lines = result.output.splitlines() or ["no repository here"]
    if result.status:
        raise CommandError(f"git worktree: {lines[-1].removeprefix('fatal: ')}")
    return lines[-1]


_LONG = {"name": True, "resume": True, "split": True, "worktree": None}

COMMANDS = (
    Command(
        name="agent start",
        alias=None,
        getopt="dPt:",
        arity=(1, None),
        usage="[-dP] [-t target] [--name name] [--resume id] [--split h|v|window]"
        " [--worktree[=branch]] kind [-- argument ...]",
        target=Aim.PANE,
        run=start,
        is_addition=True,
        long=_LONG,
        anywhere=True,
    ),
)
