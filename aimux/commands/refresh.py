"""refresh-client: draw a client anew, and what a control client says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from aimux.commands.client_flags import set_flags
from aimux.commands.client_view import pan
from aimux.commands.clipboard import ask_clipboard
from aimux.commands.command import Call, Command
from aimux.commands.numbers import number
from aimux.commands.sizes import fit_windows
from aimux.commands.telling import tell_size
from aimux.errors import CommandError
from aimux.ids import PaneId, WindowId
from aimux.model.client import Client
from aimux.model.control import MAX_SUBSCRIPTIONS, Control, Scope, Subscription
from aimux.vt.colour_specs import parse_colour

MAX_SIZE = 10_000
PANE_STATE = re.compile(r"%(\d{1,9}):(.*)")
WINDOW_SIZE = re.compile(r"@(\d{1,9}):(?:(\d{1,9})x(\d{1,9}))?")
REPORT = re.compile(
    r"%(?P<pane>\d{1,9}):\x1b\](?P<code>1[01]);(?P<colour>[^\x07\x1b]{1,120})(?:\x07|\x1b\\)"
)
CLIENT_SIZE = re.compile(r"(\d{1,9})[x,](\d{1,9})")
WATCHED_ONE = re.compile(r"([%@])(\d{1,9})")
WATCHED_ALL = {"%*": Scope.ALL_PANES, "@*": Scope.ALL_WINDOWS}

# Columns right and rows down, in the order in which tmux looks for them.
DIRECTIONS = {"L": (-1, 0), "R": (1, 0), "U": (0, -1), "D": (0, 1)}
PANNING = ("c", *DIRECTIONS)

PANE_STATES: dict[str, Callable[[Control, PaneId], None]] = {
    "on": Control.turn_on,
    "off": Control.turn_off,
    "continue": Control.resume,
    "pause": Control.pause,
}


def refresh_client(call: Call) -> None:
    """refresh-client [-cDlLRSU] [-A pane:state] [-B name:what:format] [-C size] [-f flags] ...

    -r pane:report, as later versions have it, says which colours a pane's terminal has.
    """
    arguments = call.arguments
    client = call.the_client()
    if any(arguments.has(flag) for flag in PANNING):
        _pan(call, client)
        return
    if arguments.has("l"):
        ask_clipboard(call, client)
        return
    for flag in "Ff":
        set_flags(client, arguments.get(flag))
    _report(call, arguments.get("r") or "")
    for flag, action in (("A", _hear), ("B", _subscribe), ("C", _resize)):
        if arguments.has(flag):
            action(call, client, _control_of(client))
            return
    call.effects.redraw(client)


def _pan(call: Call, client: Client) -> None:
    """-L, -R, -U and -D look that many cells further; -c follows the cursor again."""
    given = call.arguments.text(0)
    cells = 1 if given is None else number(given, "adjustment", low=1)
    if call.arguments.has("c"):
        client.pan = None
        return
    flag = next(flag for flag in DIRECTIONS if call.arguments.has(flag))
    right, down = DIRECTIONS[flag]
    if client.control is None:
        pan(client, right=right * cells, down=down * cells)


def _report(call: Call, value: str) -> None:
    """-r %1:OSC: a colour that a terminal reported, for a pane; anything else is skipped."""
    found = REPORT.match(value)
    if found is None:
        return
    pane = call.state.panes.get(PaneId(int(found["pane"])))
    colour = parse_colour(found["colour"])
    if pane is not None and colour is not None:
        pane.screen.report_colour(int(found["code"]), colour)


def _control_of(client: Client) -> Control:
    if client.control is None:
        raise CommandError("not a control client")
    return client.control


def _hear(call: Call, _client: Client, control: Control) -> None:
    """-A %1:state, perhaps repeated; what is no pane or no state is skipped, as in tmux."""
    for value in call.arguments.all("A"):
        found = PANE_STATE.match(value)
        act = PANE_STATES.get(found[2]) if found else None
        if found is not None and act is not None and PaneId(int(found[1])) in call.state.panes:
            act(control, PaneId(int(found[1])))


def _subscribe(call: Call, _client: Client, control: Control) -> None:
    """-B name:what:format to watch a format, -B name not to; anything else is skipped."""
    for value in call.arguments.all("B"):
        name, *rest = value.split(":", 2)
        if not rest:
            control.subscriptions.pop(name, None)
        elif len(rest) == 2:
            if len(control.subscriptions) >= MAX_SUBSCRIPTIONS:
                raise CommandError("too many subscriptions")
            control.subscriptions[name] = _subscription(name, *rest)


def _subscription(name: str, what: str, template: str) -> Subscription:
    one = WATCHED_ONE.match(what)
    if what in WATCHED_ALL or one is None:
        return Subscription(name, WATCHED_ALL.get(what, Scope.SESSION), 0, template)
    scope = Scope.PANE if one[1] == "%" else Scope.WINDOW
    return Subscription(name, scope, int(one[2]), template)


def _resize(call: Call, client: Client, control: Control) -> None:
    """-C 80x24 or 80,24 for all windows; -C @1:80x24 for one, -C @1: as all again."""
    value = call.arguments.get("C") or ""
    single, whole = WINDOW_SIZE.match(value), CLIENT_SIZE.match(value)
    if single is not None:
        _resize_one(call, control, single)
    elif whole is not None:
        client.columns, client.rows = _size(whole[1], whole[2])
        control.sized = True
    else:
        raise CommandError("bad size argument")
    # At once: the client may leave with its next line. tmux gives all windows their size anew.
    for window in fit_windows(call.state):
        tell_size(call.effects, window)


def _resize_one(call: Call, control: Control, found: re.Match[str]) -> None:
    window = WindowId(int(found[1]))
    if found[2] is None:
        control.window_sizes.pop(window, None)
    else:
        size = _size(found[2], found[3])
        if window in call.state.windows:
            control.window_sizes[window] = size


def _size(columns: str, rows: str) -> tuple[int, int]:
    size = int(columns), int(rows)
    if not all(1 <= length <= MAX_SIZE for length in size):
        raise CommandError("size too small or too big")
    return size


COMMANDS = (
    Command(
        name="refresh-client",
        alias="refresh",
        getopt="A:B:cC:Df:F:l::LRr:St:U",
        arity=(0, 1),
        usage="[-cDlLRSU] [-A pane:state] [-B name:what:format] [-C XxY] [-f flags]"
        " [-t target-client] [adjustment]",
        run=refresh_client,
    ),
)
