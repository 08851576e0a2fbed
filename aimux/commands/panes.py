"""Commands on panes and their places in a window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.groups import synchronize_from
from aimux.commands.lifecycle import close_pane, close_window, remove_pane, unlink_window
from aimux.commands.numbers import number, share
from aimux.commands.spawn import Start, default_window_name, make_pane, start_of, start_program
from aimux.commands.targets import Target
from aimux.commands.windows import NEW_WINDOW_LINE, make_room
from aimux.errors import CommandError, OptionError
from aimux.ids import PaneId
from aimux.model.layout import Layout
from aimux.model.layout_cell import Direction
from aimux.model.neighbours import above, below, left_of, right_of
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.quoting import make_visible
from aimux.model.session import Link, Session
from aimux.model.window import Window

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


def select(call: Call, window: Window, pane: Pane) -> None:
    """Make a pane active."""
    window.select(pane, point=call.state.new_point())


# ---- making and ending ----


def split_window(call: Call) -> None:
    """split-window [-bdefhIPvZ] [-c dir] [-e env] [-F format] [-l size] [-t pane] [command]."""
    arguments = call.arguments
    session, window, pane = call.the_session(), call.the_window(), call.the_pane()
    start = start_of(call, arguments.positional, default=_split_path(call, pane))
    new = _open_beside(call, window, pane)
    place = Target(session, call.the_link(), window, new)
    try:
        start_program(call, session, new, start)
    except Exception:
        remove_pane(call.state, window, new)
        call.state.forget_pane(new)
        window.place_panes()
        raise
    if not arguments.has("d"):
        select(call, window, new)
        call.queue.current = place
    if arguments.has("Z"):
        select(call, window, new)
        window.zoom()
    if arguments.has("P"):
        call.print(call.expand(arguments.get("F") or NEW_WINDOW_LINE, place))


def _split_path(call: Call, pane: Pane) -> str:
    client = call.source.client
    if client is not None and client.session is None:
        return client.path
    return call.effects.foreground_path(pane) or call.the_session().path


def _open_beside(call: Call, window: Window, pane: Pane) -> Pane:
    window.unzoom()
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
    is_split = call.command.name == "split-window"
    if text is not None:
        return share(text, "lines" if is_split else "size", whole=whole)
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
    window.unzoom()
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
    window.unzoom()
    first = window.panes[0]
    for pane in window.panes[1:]:
        close_pane(call.state, call.effects, pane)
    select(call, window, first)
    _respawn(call, first, "window")


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
    pane.exited, pane.mode = None, None
    pane.screen.reset()
    start_program(call, call.the_session(), pane, start)


# ---- selecting ----


def select_pane(call: Call) -> None:
    """select-pane [-DdeLlMmRUZ] [-T title] [-t target-pane]."""
    arguments = call.arguments
    window, pane = call.the_window(), call.the_pane()
    if arguments.has("m") or arguments.has("M"):
        unmark = arguments.has("M") or call.state.marked is pane
        call.state.marked = None if unmark else pane
        return
    if arguments.has("l"):
        last_pane(call)
        return
    title = arguments.get("T")
    if arguments.has("g") or arguments.has("P"):
        _style(call, pane)
    elif title is not None:
        pane.title = call.expand(title)
    elif arguments.has("e") or arguments.has("d"):
        pane.input_off = arguments.has("d")
    else:
        chosen = _beside(call, window, pane)
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
    zoomed = window.unzoom()
    found = sides[0](window, pane)
    if zoomed:
        window.zoom()
    return found or window.active


def _move_to(call: Call, window: Window, pane: Pane, *, keep_zoom: bool) -> None:
    if pane is window.active:
        return
    zoomed = window.unzoom()
    select(call, window, pane)
    if zoomed and keep_zoom:
        window.zoom()


def last_pane(call: Call) -> None:
    """last-pane [-deZ] [-t target-window]."""
    window = call.the_window()
    if not window.last_panes:
        raise CommandError("no last pane")
    pane = window.last_panes[-1]
    if call.arguments.has("d") or call.arguments.has("e"):
        pane.input_off = call.arguments.has("d")
        return
    _move_to(call, window, pane, keep_zoom=call.arguments.has("Z"))


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
        if not window.unzoom():
            select(call, window, pane)
            window.zoom()
        return
    window.unzoom()
    step = number(arguments.text(0) or "1", "adjustment", low=1)
    for flag, direction, whole in (
        ("x", Direction.LEFT_RIGHT, window.columns),
        ("y", Direction.TOP_BOTTOM, window.rows),
    ):
        text = arguments.get(flag)
        if text is not None:
            size = share(text, "width" if flag == "x" else "height", whole=whole)
            window.layout.resize_pane_to(pane.id, direction, size)
    for flag, (direction, sign) in GROWTH.items():
        if arguments.has(flag):
            window.layout.resize_pane_by(pane.id, direction, sign * step)
    window.place_panes()


def _drag_border(call: Call, window: Window) -> None:
    """Let the border under the mouse follow it until the button is let go."""
    place, client = call.source.mouse, call.source.client
    if place is None or client is None:
        return
    at = (place.column, place.row)

    def drag(column: int, row: int) -> None:
        nonlocal at
        if window.layout.move_border(*at, column, row):
            at = (column, row)
            window.place_panes()

    window.unzoom()
    client.drag = drag


def _trim(pane: Pane) -> None:
    """Remove the rows below the cursor; as many of the history come back above it."""
    screen = pane.screen
    count = min(screen.lines - 1 - screen.cursor_y, len(screen.history))
    if pane.mode is None and count:
        screen.trim_below(count)


def swap_pane(call: Call) -> None:
    """swap-pane [-dDUZ] [-s src-pane] [-t dst-pane]."""
    arguments = call.arguments
    window, pane = call.the_window(), call.the_pane()
    other_window, other = window, pane
    if arguments.has("D") or arguments.has("U"):
        step = 1 if arguments.has("D") else -1
        other = window.panes[(window.index_of(pane) + step) % len(window.panes)]
    else:
        origin = call.origin()
        if origin.pane is None or origin.window is None:
            raise CommandError("no current pane")
        other_window, other = origin.window, origin.pane
    zoomed = [one for one in {window, other_window} if one.unzoom()]
    if other is not pane:
        _exchange((window, pane), (other_window, other))
        _activate(call, (window, pane), (other_window, other))
    for one in zoomed if arguments.has("Z") else []:
        one.zoom()


def _activate(call: Call, first: tuple[Window, Pane], second: tuple[Window, Pane]) -> None:
    """Choose the active panes after a swap, in the order of cmd-swap-pane.c."""
    (window, pane), (other_window, other) = first, second
    keep = call.arguments.has("d")
    if not keep or other_window.active is other:
        select(call, other_window, pane)
    if window.active is pane if keep else window is not other_window:
        select(call, window, other)
    for one, gone in ((window, pane), (other_window, other)):
        if gone not in one.panes:
            one.forget(gone)


def _exchange(first: tuple[Window, Pane], second: tuple[Window, Pane]) -> None:
    (window, pane), (other_window, other) = first, second
    place, other_place = window.index_of(pane), other_window.index_of(other)
    if window is other_window:
        window.layout.swap(pane.id, other.id)
    else:
        window.layout.replace(pane.id, other.id)
        other_window.layout.replace(other.id, pane.id)
    window.panes[place], other_window.panes[other_place] = other, pane
    for one, gone, come in ((window, pane, other), (other_window, other, pane)):
        for moved in (gone, come):
            if moved in one.panes:
                moved.options.parent = one.options
        one.place_panes()


def rotate_window(call: Call) -> None:
    """rotate-window [-DUZ] [-t target-window]."""
    window = call.the_window()
    zoomed = window.unzoom()
    place = window.index_of(window.active)
    step = 1 if call.arguments.has("D") else -1
    window.panes = window.panes[-step:] + window.panes[:-step]
    window.layout.assign([pane.id for pane in window.panes])
    select(call, window, window.panes[place])
    window.place_panes()
    if zoomed and call.arguments.has("Z"):
        window.zoom()


def break_pane(call: Call) -> None:
    """break-pane [-abdP] [-F format] [-n window-name] [-s src-pane] [-t dst-window]."""
    origin = call.origin()
    session = call.the_session()
    if origin.pane is None or origin.window is None or origin.session is None:
        raise CommandError("no current pane")
    alone = len(origin.window.panes) == 1
    link = _broken_out(call, origin, session, _place_for_broken(call, session))
    synchronize_from(call.state, session)
    if not call.arguments.has("d"):
        session.select(link)
        call.queue.current = Target.of_link(session, link)
    if call.arguments.has("P") and not alone:
        target = Target(session, link, link.window, link.window.active)
        call.print(call.expand(call.arguments.get("F") or NEW_WINDOW_LINE, target))


def _place_for_broken(call: Call, session: Session) -> int:
    index = call.target().index
    if call.arguments.has("a") or call.arguments.has("b"):
        link = call.the_link()
        return make_room(session, link.index + (0 if call.arguments.has("b") else 1))
    if index is None:
        return session.free_index(session.options.number("base-index"))
    if index in session.links:
        raise CommandError(f"index in use: {index}")
    return index


def _broken_out(call: Call, origin: Target, session: Session, index: int) -> Link:
    window, pane, home = origin.window, origin.pane, origin.session
    if window is None or pane is None or home is None or origin.link is None:
        raise CommandError("no current pane")
    given = call.arguments.get("n")
    if len(window.panes) == 1:
        link = session.link(window, index=index)
        unlink_window(call.state, call.effects, home, origin.link)
        created = window
    else:
        window.unzoom()
        remove_pane(call.state, window, pane)
        window.place_panes()
        created = _window_around(call, home, window, pane)
        link = session.link(created, index=index)
    if given is not None:
        created.name = make_visible(call.expand(given))
        created.options.set("automatic-rename", "off")
    return link


def _window_around(call: Call, session: Session, window: Window, pane: Pane) -> Window:
    now = call.effects.now()
    options = Options(call.state.window_options)
    pane.options.parent = options
    created = Window(
        id=call.state.new_window_id(),
        name=default_window_name(session, pane.argv),
        columns=window.columns,
        rows=window.rows,
        layout=Layout.single(pane.id, columns=window.columns, rows=window.rows),
        panes=[pane],
        active=pane,
        options=options,
        created=now,
        activity=now,
    )
    call.state.windows[created.id] = created
    created.place_panes()
    return created


def join_pane(call: Call) -> None:
    """join-pane [-bdfhv] [-l size] [-s src-pane] [-t dst-pane]."""
    origin, window, pane = call.origin(), call.the_window(), call.the_pane()
    if origin.pane is None or origin.window is None:
        raise CommandError("no current pane")
    if origin.pane is pane:
        raise CommandError("source and target panes must be different")
    window.unzoom()
    origin.window.unzoom()
    moved = origin.pane
    make_space(call, window, pane, moved.id)
    if len(origin.window.panes) == 1:
        origin.window.panes = []
        close_window(call.state, call.effects, origin.window)
    else:
        _leave_window(call, origin.window, moved)
    moved.options.parent = window.options
    window.panes.insert(window.index_of(pane) + (0 if call.arguments.has("b") else 1), moved)
    window.place_panes()
    if not call.arguments.has("d"):
        select(call, window, moved)
        call.the_session().select(call.the_link())


def _leave_window(call: Call, window: Window, pane: Pane) -> None:
    remove_pane(call.state, window, pane)
    window.place_panes()


def clear_history(call: Call) -> None:
    """clear-history [-t target-pane]."""
    call.the_pane().screen.clear_history()


COMMANDS = (
    Command(
        name="break-pane",
        alias="breakp",
        getopt="abdPF:n:s:t:",
        arity=(0, 0),
        usage="[-abdP] [-F format] [-n window-name] [-s src-pane] [-t dst-window]",
        target=Aim.WINDOW_INDEX,
        source=Aim.PANE,
        run=break_pane,
    ),
    Command(
        name="clear-history",
        alias="clearhist",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane]",
        target=Aim.PANE,
        run=clear_history,
    ),
    *(
        Command(
            name=name,
            alias=alias,
            getopt="bdfhvp:l:s:t:",
            arity=(0, 0),
            usage="[-bdfhv] [-l size] [-s src-pane] [-t dst-pane]",
            target=Aim.PANE,
            source=Aim.PANE,
            flags=Flags.DEFAULT_MARKED,
            run=join_pane,
        )
        for name, alias in (("join-pane", "joinp"), ("move-pane", "movep"))
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
        name="rotate-window",
        alias="rotatew",
        getopt="Dt:UZ",
        arity=(0, 0),
        usage="[-DUZ] [-t target-window]",
        target=Aim.WINDOW,
        run=rotate_window,
    ),
    Command(
        name="select-pane",
        alias="selectp",
        getopt="DdegLlMmP:RT:t:UZ",
        arity=(0, 0),
        usage="[-DdeLlMmRUZ] [-T title] [-t target-pane]",
        target=Aim.PANE,
        run=select_pane,
    ),
    Command(
        name="split-window",
        alias="splitw",
        getopt="bc:de:fF:hIl:p:Pt:vZ",
        arity=(0, None),
        usage="[-bdefhIPvZ] [-c start-directory] [-e environment] [-F format] [-l size]"
        " [-t target-pane][shell-command]",
        target=Aim.PANE,
        unsupported="I",
        run=split_window,
    ),
    Command(
        name="swap-pane",
        alias="swapp",
        getopt="dDs:t:UZ",
        arity=(0, 0),
        usage="[-dDUZ] [-s src-pane] [-t dst-pane]",
        target=Aim.PANE,
        source=Aim.PANE,
        flags=Flags.DEFAULT_MARKED,
        run=swap_pane,
    ),
)
