"""Ending panes, and letting them begin anew."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.commands.lifecycle import close_pane
from aimux.commands.mode_stack import leave_all
from aimux.commands.spawn import Start, start_of, start_program
from aimux.commands.telling import select_link, unzoom
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.model.window import Window


def kill_pane(call: Call) -> None:
    """kill-pane [-a] [-t target-pane]."""
    window, pane = call.the_window(), call.the_pane()
    if not call.arguments.has("a"):
        close_pane(call.state, call.effects, pane)
        return
    unzoom(call.effects, window)
    for other in list(window.panes):
        if other is not pane:
            close_pane(call.state, call.effects, other)


def respawn_pane(call: Call) -> None:
    """respawn-pane [-k] [-c start-directory] [-e environment] [-t target-pane] [shell-command]."""
    _respawn(call, call.the_pane(), "pane")


def respawn_window(call: Call) -> None:
    """respawn-window [-k] [-c start-directory] [-e env] [-t target-window] [shell-command]."""
    window = call.the_window()
    if not call.arguments.has("k") and any(pane.exited is None for pane in window.panes):
        raise CommandError(f"respawn window failed: window {_place(call)} still active")
    _leave_first(call, window)
    _respawn(call, window.active, "window")
    select_link(call.effects, call.the_session(), call.the_link())


def _leave_first(call: Call, window: Window) -> None:
    """End all panes of a window but its first; tmux tells nobody of it."""
    window.unzoom()
    window.select(window.panes[0], point=call.state.new_point())
    for pane in window.panes[1:]:
        call.effects.kill(pane)
        window.forget(pane)
        window.give_up_place(pane)
        window.panes.remove(pane)
        call.state.forget_pane(pane)
    window.place_panes()


def _place(call: Call) -> str:
    return f"{call.the_session().name}:{call.the_link().index}"


def _respawn(call: Call, pane: Pane, what: str) -> None:
    arguments = call.arguments
    if pane.exited is None and pane.pid and not arguments.has("k"):
        place = f"{_place(call)}.{call.the_window().index_of(pane)}"
        raise CommandError(f"respawn {what} failed: {what} {place} still active")
    start = start_of(call, arguments.positional, default=pane.start_path)
    if not start.words:
        start = Start(pane.argv, start.path, start.environment)
    call.effects.kill(pane)
    leave_all(pane)
    pane.exited = None
    pane.screen.begin_anew(keep_screen=False)
    start_program(call, call.the_session(), pane, start)


def clear_history(call: Call) -> None:
    """clear-history [-H] [-t target-pane]. -H, as later versions have it, forgets links too."""
    pane = call.the_pane()
    leave_all(pane)
    pane.screen.clear_history()
    if call.arguments.has("H"):
        pane.screen.forget_links()


COMMANDS = (
    Command(
        name="clear-history",
        alias="clearhist",
        getopt="Ht:",
        arity=(0, 0),
        usage="[-t target-pane]",
        target=Aim.PANE,
        run=clear_history,
    ),
    Command(
        name="kill-pane",
        alias="killp",
        getopt="at:",
        arity=(0, 0),
        usage="[-a] [-t target-pane]",
        target=Aim.PANE,
        run=kill_pane,
    ),
    Command(
        name="respawn-pane",
        alias="respawnp",
        getopt="c:e:kt:",
        arity=(0, None),
        usage="[-k] [-c start-directory] [-e environment] [-t target-pane] [shell-command]",
        target=Aim.PANE,
        run=respawn_pane,
    ),
    Command(
        name="respawn-window",
        alias="respawnw",
        getopt="c:e:kt:",
        arity=(0, None),
        usage="[-k] [-c start-directory] [-e environment] [-t target-window] [shell-command]",
        target=Aim.WINDOW,
        run=respawn_window,
    ),
)
