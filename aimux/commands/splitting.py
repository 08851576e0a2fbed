"""Splitting a window: a new pane beside another one, and its program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from aimux.commands.command import Aim, Call, Command
from aimux.commands.lifecycle import remove_pane
from aimux.commands.new_pane_options import give_options, options_asked_for
from aimux.commands.numbers import MAX_NUMBER, number, share
from aimux.commands.spawn import Start, leave_empty, make_pane, start_of, start_program
from aimux.commands.standard_input import pour
from aimux.commands.targets import Target
from aimux.commands.telling import select_pane, tell_layout, unzoom, zoom
from aimux.commands.windows import NEW_WINDOW_LINE
from aimux.errors import CommandError
from aimux.ids import PaneId
from aimux.model.layout_cell import Direction
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.window import Window


def split_window(call: Call) -> None:
    """split-window [-bdefhIPvZ] [-c dir] [-e env] [-F format] [-l size] [-t pane] [command].

    Of tmux 3.7's flags it knows -E (no program), -k, -m, -R, -s and -S.
    """
    open_pane(call, _open_beside)


def open_pane(call: Call, opened: Callable[[Call, Window, Pane], Pane]) -> None:
    """Make a pane and start its program, as split-window's flags say.

    Args:
        call: A call of split-window, or of a command with its flags.
        opened: Puts a new pane into the window, as seen from the target.
    """
    arguments, options = call.arguments, options_asked_for(call)
    session, window, pane = call.the_session(), call.the_window(), call.the_pane()
    start = start_of(call, arguments.positional, default=_split_path(call, pane))
    reads_input = arguments.has("I") and not start.words
    if arguments.has("E") and start.words:
        raise CommandError("command cannot be given for empty pane")
    new = opened(call, window, pane)
    give_options(new, options)
    place = Target(session, call.the_link(), window, new)
    if reads_input or arguments.has("E") or start.words == ("",):
        leave_empty(new)
    else:
        _start_or_undo(call, session, window, new, start)
    call.landed = place
    if not arguments.has("d"):
        select_pane(call.state, call.effects, window, new)
        call.queue.current = place
    tell_layout(call.effects, window)
    if arguments.has("Z"):
        select_pane(call.state, call.effects, window, new)
        zoom(call.effects, window)
    if arguments.has("P"):
        call.print(call.expand(arguments.get("F") or NEW_WINDOW_LINE, place))
    if reads_input:
        pour(call, new)


def _start_or_undo(call: Call, session: Session, window: Window, pane: Pane, start: Start) -> None:
    with ExitStack() as undo:
        undo.callback(_take_back, call, window, pane)
        start_program(call, session, pane, start)
        undo.pop_all()


def _take_back(call: Call, window: Window, pane: Pane) -> None:
    """Undo a split whose program did not start."""
    remove_pane(call.state, call.effects, window, pane)
    call.state.forget_pane(pane)


def _split_path(call: Call, pane: Pane) -> str:
    client = call.source.client
    if client is not None and client.session is None:
        return client.path
    return call.effects.foreground_path(pane) or call.the_session().path


def refuse_floating(window: Window, pane: Pane) -> None:
    """Raise CommandError for a pane that floats: nothing can stand beside it."""
    if window.is_floating(pane):
        raise CommandError("size or position can't split a floating pane")


def _open_beside(call: Call, window: Window, pane: Pane) -> Pane:
    refuse_floating(window, pane)
    unzoom(call.effects, window)
    # A split that finds no room takes no identity: the next one is only looked at.
    make_space(call, window, pane, PaneId(call.state.counters.pane))
    new = make_pane(call.state, window.options, columns=1, rows=1)
    place = window.index_of(pane) + (0 if call.arguments.has("b") else 1)
    if call.arguments.has("f"):
        place = 0 if call.arguments.has("b") else len(window.panes)
    window.panes.insert(place, new)
    window.place_panes()
    return new


def make_space(call: Call, window: Window, pane: Pane, new: PaneId) -> None:
    """Put `new` into the layout beside `pane`, as -h, -v, -b, -f, -l and -p say."""
    arguments = call.arguments
    direction = Direction.LEFT_RIGHT if arguments.has("h") else Direction.TOP_BOTTOM
    full = arguments.has("f")
    window.layout.split(
        pane.id,
        new,
        direction=direction,
        size=_split_size(call, window, pane, direction),
        before=arguments.has("b"),
        full=full,
    )


def _split_size(call: Call, window: Window, pane: Pane, direction: Direction) -> int | None:
    text, percentage = call.arguments.get("l"), call.arguments.get("p")
    box: Window | Pane = window if call.arguments.has("f") else pane
    whole = box.columns if direction is Direction.LEFT_RIGHT else box.rows
    is_split = call.command.name in ("split-window", "new-pane")
    if text is not None and is_split:
        what = "percentage" if text.endswith("%") else "lines"
        return share(text, what, whole=whole, most=MAX_NUMBER)
    if text is not None:
        return share(text, "size", whole=whole)
    if percentage is not None:
        what = "create pane failed: -p" if is_split else "size"
        return whole * number(percentage, what) // 100
    return None


COMMANDS = (
    Command(
        name="split-window",
        alias="splitw",
        getopt="bc:de:EfF:hIkl:m:p:PR:s:S:t:vZ",
        arity=(0, None),
        usage="[-bdefhIPvZ] [-c start-directory] [-e environment] [-F format] [-l size]"
        " [-t target-pane][shell-command]",
        target=Aim.PANE,
        run=split_window,
    ),
)
