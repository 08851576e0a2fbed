"""Commands that move panes: swap, rotate, break and join."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.groups import synchronize_from
from aimux.commands.lifecycle import (
    close_window,
    leave_list,
    remove_pane,
    unlink_from,
)
from aimux.commands.names import shown_name
from aimux.commands.spawn import default_window_name
from aimux.commands.splitting import make_space, refuse_floating
from aimux.commands.targets import Target
from aimux.commands.telling import (
    link_window,
    rename_window,
    select_link,
    select_pane,
    tell_layout,
    unzoom,
    zoom,
)
from aimux.commands.windows import NEW_WINDOW_LINE, make_room
from aimux.errors import CommandError
from aimux.ids import PaneId
from aimux.model.layout import Layout
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.window import Window


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
    both = [other_window, window] if window is not other_window else [window]
    zoomed = [one for one in both if unzoom(call.effects, one)]
    if other is not pane:
        if window.is_floating(pane) or other_window.is_floating(other):
            raise CommandError("cannot swap floating panes")
        exchange((window, pane), (other_window, other))
        _activate(call, (window, pane), (other_window, other))
        for one in both:
            tell_layout(call.effects, one)
    for one in zoomed if arguments.has("Z") else []:
        zoom(call.effects, one)


def _activate(call: Call, first: tuple[Window, Pane], second: tuple[Window, Pane]) -> None:
    """Choose the active panes after a swap, in the order of cmd-swap-pane.c."""
    (window, pane), (other_window, other) = first, second
    keep = call.arguments.has("d")
    if not keep or other_window.active is other:
        select_pane(call.state, call.effects, other_window, pane)
    if window.active is pane if keep else window is not other_window:
        select_pane(call.state, call.effects, window, other)
    for one, gone in ((window, pane), (other_window, other)):
        if gone not in one.panes:
            one.forget(gone)


def exchange(first: tuple[Window, Pane], second: tuple[Window, Pane]) -> None:
    """Let two panes change places."""
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
    zoomed = unzoom(call.effects, window)
    panes = window.tiled_panes
    place = panes.index(window.tiled_active)
    step = 1 if call.arguments.has("D") else -1
    panes = panes[-step:] + panes[:-step]
    window.layout.assign([pane.id for pane in panes])
    # Floating panes keep their indexes and their places.
    turned = iter(panes)
    window.panes = [one if window.is_floating(one) else next(turned) for one in window.panes]
    select_pane(call.state, call.effects, window, panes[place])
    window.place_panes()  # tmux tells of the pane and not of the layout
    if zoomed and call.arguments.has("Z"):
        zoom(call.effects, window)


def break_pane(call: Call) -> None:
    """break-pane [-abdP] [-F format] [-n window-name] [-s src-pane] [-t dst-window]."""
    origin = call.origin()
    session = call.the_session()
    if origin.pane is None or origin.window is None or origin.session is None:
        raise CommandError("no current pane")
    alone = len(origin.window.panes) == 1
    link = _broken_out(call, origin, session, _place_for_broken(call, session))
    if not call.arguments.has("d"):
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
        link = _link(call, session, window, index)
        if given is not None:
            _name(call, window, shown_name(call.expand(given)))
        unlink_from(call.state, call.effects, home, origin.link)
        return link
    unzoom(call.effects, window)
    window.give_up_place(pane)
    leave_list(call.state, call.effects, window, pane)
    window.place_panes()
    tell_layout(call.effects, window)
    created = _window_around(call, window, pane)
    if given is not None:
        _name(call, created, shown_name(call.expand(given)))
    else:
        rename_window(call.effects, created, default_window_name(home, pane.argv))
    return _link(call, session, created, index)


def _link(call: Call, session: Session, window: Window, index: int) -> Link:
    link = link_window(call.effects, session, window, index=index)
    synchronize_from(call.state, call.effects, session)
    if not call.arguments.has("d"):
        select_link(call.effects, session, link)
    return link


def _name(call: Call, window: Window, name: str) -> None:
    rename_window(call.effects, window, name)
    window.options.set("automatic-rename", "off")


def _window_around(call: Call, window: Window, pane: Pane) -> Window:
    now = call.effects.now()
    options = Options(call.state.window_options)
    pane.options.parent = options
    created = Window(
        id=call.state.new_window_id(),
        name="",
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


_MADE = PaneId(-1)  # stands in a layout for the pane that is about to come


def join_pane(call: Call) -> None:
    """join-pane [-bdfhv] [-l size] [-s src-pane] [-t dst-pane]."""
    origin, window, pane = call.origin(), call.the_window(), call.the_pane()
    if origin.pane is None or origin.window is None:
        raise CommandError("no current pane")
    if origin.pane is pane:
        raise CommandError("source and target panes must be different")
    refuse_floating(window, pane)
    source = origin.window
    unzoom(call.effects, window)
    unzoom(call.effects, source)
    moved = origin.pane
    # Within one window the old place is still taken while the new one is made.
    make_space(call, window, pane, _MADE)
    if len(source.panes) > 1:
        remove_pane(call.state, call.effects, source, moved)
    else:
        source.panes = []
        tell_layout(call.effects, source)
    window.layout.replace(_MADE, moved.id)
    moved.options.parent = window.options
    window.panes.insert(window.index_of(pane) + (0 if call.arguments.has("b") else 1), moved)
    window.place_panes()
    if not call.arguments.has("d"):
        select_pane(call.state, call.effects, window, moved)
        select_link(call.effects, call.the_session(), call.the_link())
    if source.panes:
        tell_layout(call.effects, source)
    else:
        close_window(call.state, call.effects, source)
    tell_layout(call.effects, window)


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
        name="rotate-window",
        alias="rotatew",
        getopt="Dt:UZ",
        arity=(0, 0),
        usage="[-DUZ] [-t target-window]",
        target=Aim.WINDOW,
        run=rotate_window,
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
