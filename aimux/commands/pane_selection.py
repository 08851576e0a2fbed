"""Which pane of a window is active: select-pane and last-pane, with marks, titles and styles."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from aimux.commands.command import Aim, Call, Command
from aimux.commands.telling import select_pane, unzoom, zoom
from aimux.errors import CommandError, OptionError
from aimux.model.mark import Mark
from aimux.model.neighbours import above, below, left_of, right_of
from aimux.model.pane import Pane
from aimux.model.window import Window
from aimux.security.clean import clean

SIDES: dict[str, Callable[[Window, Pane], Pane | None]] = {
    "L": left_of,
    "R": right_of,
    "U": above,
    "D": below,
}


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


COMMANDS = (
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
        name="select-pane",
        alias="selectp",
        getopt="DdegLlMmP:RT:t:UZ",
        arity=(0, 0),
        usage="[-DdeLlMmRUZ] [-T title] [-t target-pane]",
        target=Aim.PANE,
        run=select_pane_command,
    ),
)
