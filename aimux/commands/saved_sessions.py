"""save-sessions and restore-sessions: all sessions in one file, as tmux-resurrect writes them.

Restoring is `aimux load-layout`, which reads that format; so either program reads the other's.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator

from aimux.commands.command import Call, Command, Flags
from aimux.commands.display import held, show_message
from aimux.commands.effects import Effects, ShellResult
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.model.session import Session
from aimux.model.state import State

_PANE = (
    *("pane", "#{session_name}", "#{window_index}", "#{window_active}", ":#{window_raw_flags}"),
    *("#{pane_index}", "#{pane_title}", ":#{pane_current_path}", "#{pane_active}"),
    "#{pane_current_command}",
)
_WINDOW = (
    *("window", "#{session_name}", "#{window_index}", ":#{window_name}", "#{window_active}"),
    *(":#{window_raw_flags}", "#{window_layout}", "#{?automatic-rename,on,off}"),
)
_GROUPED = ("grouped_session", "#{session_name}", "#{session_group}")
PANE, WINDOW, GROUPED = ("\t".join(fields) for fields in (_PANE, _WINDOW, _GROUPED))


def saved_text(state: State, effects: Effects) -> str:
    """The file that brings all sessions back; empty without any.

    Of sessions of one group only the oldest is kept with its windows.
    """
    return "".join(f"{line}\n" for line in (*_panes(state, effects), *_windows(state, effects)))


def _panes(state: State, effects: Effects) -> Iterator[str]:
    for place in _places(state):
        for pane in place.window.panes if place.window is not None else ():
            line = expand(PANE, StateContext(state, effects, place.with_pane(pane)))
            words = effects.restart_words(pane)
            yield f"{line}\t:{shlex.join(words)}"


def _windows(state: State, effects: Effects) -> Iterator[str]:
    for place in _places(state):
        yield expand(WINDOW, StateContext(state, effects, place))
    for session in _of_others(state):
        yield expand(GROUPED, StateContext(state, effects, Target.of_session(session)))


def _places(state: State) -> Iterator[Target]:
    left_out = _of_others(state)
    for session in state.sessions.values():
        if session not in left_out:
            yield from (Target.of_link(session, link) for link in session.ordered())


def _of_others(state: State) -> list[Session]:
    """The sessions that have their windows from an older one of their group."""
    groups: set[str] = set()
    younger = []
    for session in state.sessions.values():
        if session.group and session.group in groups:
            younger.append(session)
        groups.add(session.group)
    return younger


def saved_path(state: State, effects: Effects) -> str:
    """Where sessions are saved if nothing else is said. Raises CommandError without a home."""
    return effects.state_file(f"sessions-{os.path.basename(state.socket_path)}")  # noqa: PTH119


def save_sessions(call: Call) -> None:
    """save-sessions [path]."""
    text = saved_text(call.state, call.effects)
    if not text:
        raise CommandError("no sessions")
    path = _path(call)
    call.effects.replace_file(path, text)
    count = len(call.state.sessions)
    _say(call, f"{count} {'session' if count == 1 else 'sessions'} saved in {path}")


def restore_sessions(call: Call) -> None:
    """restore-sessions [-q] [path]; -q says nothing, also if there is no file."""
    path, quiet = _path(call), call.arguments.has("q")
    try:
        call.effects.read_file(path)
    except CommandError:
        if quiet:
            return
        raise
    release = held(call)

    def done(result: ShellResult) -> None:
        if not quiet:
            for line in result.output.splitlines() or ["sessions restored"]:
                _say(call, line)
        release()

    command = call.effects.own_command(["load-layout", path])
    call.effects.run_shell(command, path="/", session=None, done=done, with_errors=True)


def _path(call: Call) -> str:
    given = call.arguments.text(0)
    if given is None:
        return saved_path(call.state, call.effects)
    return call.resolve(call.expand(given))


def _say(call: Call, text: str) -> None:
    """Tell who asked: a person in the status line."""
    client = call.source.client
    if client is not None and client.session is not None and client.control is None:
        show_message(call, client, text, None)
    else:
        call.print(text)


COMMANDS = (
    Command(
        name="restore-sessions",
        alias=None,
        getopt="q",
        arity=(0, 1),
        usage="[-q] [path]",
        flags=Flags.NONE,
        run=restore_sessions,
        is_addition=True,
    ),
    Command(
        name="save-sessions",
        alias=None,
        getopt="",
        arity=(0, 1),
        usage="[path]",
        flags=Flags.NONE,
        run=save_sessions,
        is_addition=True,
    ),
)
