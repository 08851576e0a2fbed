"""Commands on panes and their places in a window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import ExitStack

from aimux.commands.command import Aim, Call, Command
from aimux.commands.float_mouse import drag_float
from aimux.commands.lifecycle import close_pane, remove_pane
from aimux.commands.mode_stack import leave_all
from aimux.commands.new_pane_options import give_options, options_asked_for
from aimux.commands.numbers import MAX_NUMBER, number, share
from aimux.commands.spawn import Start, leave_empty, make_pane, start_of, start_program
from aimux.commands.standard_input import pour
from aimux.commands.targets import Target
from aimux.commands.telling import select_link, select_pane, tell_layout, unzoom, zoom
from aimux.commands.windows import NEW_WINDOW_LINE
from aimux.errors import CommandError, OptionError
from aimux.ids import PaneId
from aimux.model.float_sizes import FloatSizes
from aimux.model.layout import Layout
from aimux.model.layout_cell import Direction
from aimux.model.mark import Mark
from aimux.model.neighbours import above, below, left_of, right_of
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.window import Window
from aimux.security.clean import clean

SIDES: dict[str, Callable[[Window, Pane], Pane | None]] = {
    "L": left_of,
    "R": right_of,
    "U": above,
    "D": below,
}
GROWTH = {
    "L": (Direction.LEFT_RIGHT, -1),
    "R": (Direction.LEFT_RIGHT, 1),
    "U": (Direction.TOP_BOTTOM, -1),
    "D": (Direction.TOP_BOTTOM, 1),
}


# ---- making and ending ----


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


# ---- selecting ----


def select_pane_command(call: Call) -> None:
    """select-pane [-DdeLlMmRUZ] [-T title] [-t target-pane]."""
    arguments = call.arguments
    window, pane = call.the_window(), call.the_pane()
    if arguments.has("m") or arguments.has("M"):
        mark = Mark(call.the_session(), call.the_link(), pane)
        call.state.mark = None if arguments.has("M") or call.state.valid_mark == mark else mark
        if pane in window.drawn_floats:
            select_pane(call.state, call.effects, window, pane)
        return
    if arguments.has("l"):
        last_pane(call)
        return
    title = arguments.get("T")
    if arguments.has("g") or arguments.has("P"):
        _style(call, pane)
    elif title is not None:
        pane.title = clean(call.expand(title))
    elif arguments.has("e") or arguments.has("d"):
        pane.input_off = arguments.has("d")
    else:
        chosen = _beside(call, window, pane)
        if chosen is not window.active:
            call.landed = call.target().with_pane(chosen)
        _move_to(call, window, chosen, keep_zoom=arguments.has("Z"))
        call.queue.current = call.target().with_pane(chosen)


def _style(call: Call, pane: Pane) -> None:
    """`-P` sets the pane's style for both states, `-g` shows it."""
    style = call.arguments.get("P")
    if style is not None:
        for name in ("window-style", "window-active-style"):
            with contextlib.suppress(OptionError):  # tmux says nothing of a style it cannot read
                pane.options.set(name, style)
    if call.arguments.has("g"):
        call.print(pane.options.text("window-style"))


def _beside(call: Call, window: Window, pane: Pane) -> Pane:
    sides = [side for flag, side in SIDES.items() if call.arguments.has(flag)]
    if not sides:
        return pane
    zoomed = unzoom(call.effects, window)
    found = sides[0](window, pane)
    if zoomed:
        zoom(call.effects, window)
    return found or window.active


def _move_to(call: Call, window: Window, pane: Pane, *, keep_zoom: bool) -> None:
    client = call.source.client
    own = client is not None and client.session is not None and client.active_pane
    if not own and pane is window.active:
        return
    zoomed = unzoom(call.effects, window)
    if own and client is not None:
        client.choose_pane(window.id, pane.id)
    else:
        select_pane(call.state, call.effects, window, pane)
    if zoomed and keep_zoom:
        zoom(call.effects, window)


def last_pane(call: Call) -> None:
    """last-pane [-deZ] [-t target-window]."""
    window = call.the_window()
    pane = _last_pane(window)
    if pane is None:
        raise CommandError("no last pane")
    if call.arguments.has("d") or call.arguments.has("e"):
        pane.input_off = call.arguments.has("d")
        return
    _move_to(call, window, pane, keep_zoom=call.arguments.has("Z"))


def _last_pane(window: Window) -> Pane | None:
    """The pane that was active before; of two panes always the other one."""
    if window.last_panes:
        return window.last_panes[-1]
    others = [pane for pane in window.panes if pane is not window.active]
    return others[0] if len(others) == 1 else None


# ---- sizes and places ----


def resize_pane(call: Call) -> None:
    """resize-pane [-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]."""
    arguments = call.arguments
    window, pane = call.the_window(), call.the_pane()
    if arguments.has("M"):
        _drag_border(call, window)
        return
    if arguments.has("T"):
        _trim(pane)
        return
    if arguments.has("Z"):
        if not unzoom(call.effects, window):
            select_pane(call.state, call.effects, window, pane)
            zoom(call.effects, window)
        return
    unzoom(call.effects, window)
    step = number(arguments.text(0) or "1", "adjustment", low=1)
    sizes: Layout | FloatSizes = window.layout
    if window.is_floating(pane):
        sizes = FloatSizes(window.floats)
    for flag, direction, whole in (
        ("x", Direction.LEFT_RIGHT, window.columns),
        ("y", Direction.TOP_BOTTOM, window.rows),
    ):
        text = arguments.get(flag)
        if text is not None:
            size = share(text, "width" if flag == "x" else "height", whole=whole)
            sizes.resize_pane_to(pane.id, direction, size)
            tell_layout(call.effects, window)
    for flag, (direction, sign) in GROWTH.items():
        if arguments.has(flag):
            sizes.resize_pane_by(pane.id, direction, sign * step)
            tell_layout(call.effects, window)
    window.place_panes()


def _drag_border(call: Call, window: Window) -> None:
    """Let the border under the mouse follow it until the button is let go."""
    place, client = call.source.mouse, call.source.client
    if place is None or client is None:
        return
    if place.pane is not None and place.pane in window.drawn_floats:
        drag_float(call, window, place.pane)
        return
    at = (place.column, place.row)

    def drag(column: int, row: int) -> None:
        nonlocal at
        if window.layout.move_border(*at, column, row):
            at = (column, row)
            window.place_panes()
            tell_layout(call.effects, window)

    unzoom(call.effects, window)
    client.drag = drag


def _trim(pane: Pane) -> None:
    """Remove the rows below the cursor; as many of the history come back above it."""
    screen = pane.screen
    count = min(screen.lines - 1 - screen.cursor_y, len(screen.history))
    if pane.mode is None and count:
        screen.trim_below(count)


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
        name="last-pane",
        alias="lastp",
        getopt="det:Z",
        arity=(0, 0),
        usage="[-deZ] [-t target-window]",
        target=Aim.WINDOW,
        run=last_pane,
    ),
    Command(
        name="resize-pane",
        alias="resizep",
        getopt="DLMRTt:Ux:y:Z",
        arity=(0, 1),
        usage="[-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]",
        target=Aim.PANE,
        run=resize_pane,
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
    Command(
        name="select-pane",
        alias="selectp",
        getopt="DdegLlMmP:RT:t:UZ",
        arity=(0, 0),
        usage="[-DdeLlMmRUZ] [-T title] [-t target-pane]",
        target=Aim.PANE,
        run=select_pane_command,
    ),
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
