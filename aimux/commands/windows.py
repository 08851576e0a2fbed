"""Commands on windows and on their places in sessions."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.groups import members, synchronize_from
from aimux.commands.lifecycle import close_window, renumber, unlink_from
from aimux.commands.names import shown_name
from aimux.commands.spawn import make_window, start_of
from aimux.commands.targets import Target
from aimux.commands.telling import (
    link_window,
    rename_window,
    select_link,
    tell_link,
    tell_shown,
)
from aimux.errors import CommandError
from aimux.events import WindowUnlinked
from aimux.model.session import Link, Session
from aimux.model.window import Window

NEW_WINDOW_LINE = "#{session_name}:#{window_index}.#{pane_index}"
ALERTS = {"bell", "activity", "silence"}


def default_path(call: Call, session: Session) -> str:
    """Where something new starts without `-c`: the asker's directory, else the session's."""
    client = call.source.client
    return client.path if client is not None and client.session is None else session.path


# ---- making and ending ----


def new_window(call: Call) -> None:
    """new-window [-abdkPS] [-c dir] [-e env] [-F format] [-n name] [-t target-window] [command]."""
    arguments = call.arguments
    session = call.the_session()
    given = arguments.get("n")
    name = call.expand(given) if given is not None else None
    if arguments.has("S") and name is not None and _select_named(call, session, name):
        return
    index = _place_for_new(call, session)
    start = start_of(call, arguments.positional, default=default_path(call, session))
    selected = not arguments.has("d")
    link = make_window(call, session, index=index, start=start, name=name, selected=selected)
    call.landed = Target.of_link(session, link)
    if selected:
        call.queue.current = Target.of_link(session, link)
    if arguments.has("P"):
        target = Target(session, link, link.window, link.window.active)
        call.print(call.expand(arguments.get("F") or NEW_WINDOW_LINE, target))


def _select_named(call: Call, session: Session, name: str) -> bool:
    found = [link for link in session.ordered() if link.window.name == name]
    if len(found) > 1:
        raise CommandError(f"multiple windows named {name}")
    if found and not call.arguments.has("d"):
        select_link(call.effects, session, found[0])
    return bool(found)


def _place_for_new(call: Call, session: Session) -> int:
    arguments, target = call.arguments, call.target()
    if arguments.has("a") or arguments.has("b"):
        link = target.link or session.current_link
        return make_room(session, link.index + (0 if arguments.has("b") else 1))
    index = target.index
    if index is None:
        return session.free_index(session.options.number("base-index"))
    if index in session.links:
        if not arguments.has("k"):
            raise CommandError(f"create window failed: index {index} in use")
        _free(call, session, index)
    return index


def _free(call: Call, session: Session, index: int) -> None:
    """Empty an index, keeping the session alive for the window that comes there."""
    link = session.links[index]
    tell_link(WindowUnlinked, call.effects, session, link.window)
    is_shown = link is session.current
    session.last = [other for other in session.last if other is not link]
    del session.links[index]
    if is_shown:
        session.current = None
    _close_if_lost(call, link.window)


def _close_if_lost(call: Call, window: Window) -> None:
    if not any(True for _ in call.state.links_of(window)):
        close_window(call.state, call.effects, window)


def make_room(session: Session, index: int) -> int:
    """Move the windows from `index` on up by one as far as needed; the index is free after."""
    last = index
    while last in session.links:
        last += 1
    for place in range(last, index, -1):
        link = session.links.pop(place - 1)
        link.index = place
        session.links[place] = link
    return index


def unlink_or_close(call: Call, session: Session, link: Link) -> None:
    """Take a window out of a session and end it if no session holds it."""
    unlink_from(call.state, call.effects, session, link)
    _close_if_lost(call, link.window)


def kill_window(call: Call) -> None:
    """kill-window [-a] [-t target-window]."""
    window, session = call.the_window(), call.the_session()
    if not call.arguments.has("a"):
        close_window(call.state, call.effects, window)
        return
    for link in session.ordered():
        if link.window is not window:
            close_window(call.state, call.effects, link.window)


def unlink_window_command(call: Call) -> None:
    """unlink-window [-k] [-t target-window]."""
    session, link = call.the_session(), call.the_link()
    places = len(list(call.state.links_of(link.window)))
    if places == max(1, len(members(call.state, session.group))) and not call.arguments.has("k"):
        raise CommandError("window only linked to one session")
    unlink_or_close(call, session, link)


# ---- selecting ----


def select_window(call: Call) -> None:
    """select-window [-lnpT] [-t target-window]."""
    _select(call)
    call.queue.current = Target.of_session(call.the_session())


def _select(call: Call) -> None:
    arguments = call.arguments
    for flag, command in (("n", next_window), ("p", previous_window), ("l", last_window)):
        if arguments.has(flag):
            command(call)
            return
    session, link = call.the_session(), call.the_link()
    if arguments.has("T") and link is session.current:
        last_window(call)
        return
    select_link(call.effects, session, link)


def _step(call: Call, step: int, error: str) -> None:
    session = call.the_session()
    link = session.neighbour(session.current_link, step=step)
    if call.arguments.has("a"):
        link = _next_alert(session, step)
    if link is None:
        raise CommandError(error)
    select_link(call.effects, session, link)
    call.landed = Target.of_session(session)


def _next_alert(session: Session, step: int) -> Link | None:
    ordered = session.ordered()
    start = ordered.index(session.current_link)
    for distance in range(1, len(ordered)):
        link = ordered[(start + step * distance) % len(ordered)]
        if link.alerts & ALERTS:
            return link
    return None


def next_window(call: Call) -> None:
    """next-window [-a] [-t target-session]."""
    _step(call, 1, "no next window")


def previous_window(call: Call) -> None:
    """previous-window [-a] [-t target-session]."""
    _step(call, -1, "no previous window")


def last_window(call: Call) -> None:
    """last-window [-t target-session]."""
    session = call.the_session()
    if not session.last:
        raise CommandError("no last window")
    select_link(call.effects, session, session.last[-1])
    call.landed = Target.of_session(session)


# ---- naming and placing ----


def rename_window_command(call: Call) -> None:
    """rename-window [-t target-window] new-name."""
    window = call.the_window()
    rename_window(call.effects, window, shown_name(call.expand(call.arguments.texts()[0])))
    window.options.set("automatic-rename", "off")


def swap_window(call: Call) -> None:
    """swap-window [-d] [-s src-window] [-t dst-window]."""
    source, target = call.origin(), call.target()
    if source.link is None or target.link is None or source.session is None:
        raise CommandError("no current window")
    source.link.window, target.link.window = target.link.window, source.link.window
    session = call.the_session()
    if call.arguments.has("d"):  # tmux selects with -d, not without it
        select_link(call.effects, session, target.link)
        if source.session is not session:
            select_link(call.effects, source.session, source.link)
    for changed in {source.session.id: source.session, session.id: session}.values():
        synchronize_from(call.state, call.effects, changed)


def move_window(call: Call) -> None:
    """move-window [-abdkrs] [-s src-window] [-t dst-window]."""
    if call.arguments.has("r"):
        renumber(call.the_session())
        return
    source = call.origin()
    place_link(call)
    if source.session is not None and source.link is not None:
        unlink_from(call.state, call.effects, source.session, source.link)


def link_window_command(call: Call) -> None:
    """link-window [-abdk] [-s src-window] [-t dst-window]."""
    place_link(call)


def place_link(call: Call) -> None:
    """Put the source window at the target index too."""
    source = call.origin()
    session = call.the_session()
    if source.link is None:
        raise CommandError("no current window")
    index = call.target().index
    if index is not None and index in session.links and not _shifted(call):
        if session.links[index].window is source.link.window:
            raise CommandError(f"same index: {index}")
        if not call.arguments.has("k"):
            raise CommandError(f"index in use: {index}")
    index = _place_for_new(call, session)
    is_empty = session.current is None  # the window that was shown has made room
    link = link_window(call.effects, session, source.link.window, index=index)
    session.current = session.current or link
    synchronize_from(call.state, call.effects, session)
    if is_empty:
        tell_shown(call.effects, session)
    elif not call.arguments.has("d"):
        select_link(call.effects, session, link)


def _shifted(call: Call) -> bool:
    return call.arguments.has("a") or call.arguments.has("b")


COMMANDS = (
    Command(
        name="kill-window",
        alias="killw",
        getopt="at:",
        arity=(0, 0),
        usage="[-a] [-t target-window]",
        target=Aim.WINDOW,
        run=kill_window,
    ),
    Command(
        name="last-window",
        alias="last",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-session]",
        target=Aim.SESSION,
        run=last_window,
    ),
    Command(
        name="link-window",
        alias="linkw",
        getopt="abdks:t:",
        arity=(0, 0),
        usage="[-abdk] [-s src-window] [-t dst-window]",
        target=Aim.WINDOW_INDEX,
        source=Aim.WINDOW,
        run=link_window_command,
    ),
    Command(
        name="move-window",
        alias="movew",
        getopt="abdkrs:t:",
        arity=(0, 0),
        usage="[-abdkr] [-s src-window] [-t dst-window]",
        target=Aim.WINDOW_INDEX,
        source=Aim.WINDOW,
        run=move_window,
    ),
    Command(
        name="new-window",
        alias="neww",
        getopt="abc:de:F:kn:PSt:",
        arity=(0, None),
        usage="[-abdkPS] [-c start-directory] [-e environment] [-F format] [-n window-name]"
        " [-t target-window] [shell-command]",
        target=Aim.WINDOW_INDEX,
        run=new_window,
    ),
    Command(
        name="next-window",
        alias="next",
        getopt="at:",
        arity=(0, 0),
        usage="[-a] [-t target-session]",
        target=Aim.SESSION,
        run=next_window,
    ),
    Command(
        name="previous-window",
        alias="prev",
        getopt="at:",
        arity=(0, 0),
        usage="[-a] [-t target-session]",
        target=Aim.SESSION,
        run=previous_window,
    ),
    Command(
        name="rename-window",
        alias="renamew",
        getopt="t:",
        arity=(1, 1),
        usage="[-t target-window] new-name",
        target=Aim.WINDOW,
        run=rename_window_command,
    ),
    Command(
        name="select-window",
        alias="selectw",
        getopt="lnpTt:",
        arity=(0, 0),
        usage="[-lnpT] [-t target-window]",
        target=Aim.WINDOW,
        flags=Flags.NONE,
        run=select_window,
    ),
    Command(
        name="swap-window",
        alias="swapw",
        getopt="ds:t:",
        arity=(0, 0),
        usage="[-d] [-s src-window] [-t dst-window]",
        target=Aim.WINDOW,
        source=Aim.WINDOW,
        flags=Flags.DEFAULT_MARKED,
        run=swap_window,
    ),
    Command(
        name="unlink-window",
        alias="unlinkw",
        getopt="kt:",
        arity=(0, 0),
        usage="[-k] [-t target-window]",
        target=Aim.WINDOW,
        run=unlink_window_command,
    ),
)
