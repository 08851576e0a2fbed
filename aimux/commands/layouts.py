"""Commands on a window's layout and size."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.commands.numbers import number
from aimux.commands.spawn import clamp, client_size, default_size
from aimux.commands.telling import tell_layout, unzoom
from aimux.model.layout import Layout
from aimux.model.layout_presets import PRESETS, PresetSizes, preset, preset_index
from aimux.model.layout_string import dump, floating_boxes, parse_layout
from aimux.model.pane import Pane
from aimux.model.window import Window

SIDES = {"L": (-1, 0), "R": (1, 0), "U": (0, -1), "D": (0, 1)}


def select_layout(call: Call) -> None:
    """select-layout [-Enop] [-t target-pane] [layout-name]."""
    arguments, window = call.arguments, call.the_window()
    for flag, step in (("n", 1), ("p", -1)):
        if arguments.has(flag):
            _step(call, step)
            return
    unzoom(call.effects, window)
    before = dump(window.layout, window.floats)
    if arguments.has("E"):
        _spread(window, call.the_pane())
        changed = True
    elif arguments.has("o"):
        changed = _use_text(call, window, window.old_layout)
    else:
        changed = _choose(call, window, arguments.text(0))
    window.old_layout = before
    if changed:
        window.place_panes()
        tell_layout(call.effects, window)


def _spread(window: Window, pane: Pane) -> None:
    if not window.is_floating(pane):
        window.layout.spread(pane.id)


def _choose(call: Call, window: Window, name: str | None) -> bool:
    """Use a layout by its name or its text, or the last preset; False without one."""
    index = window.layout_name if name is None else preset_index(name)
    if index is None:
        return _use_text(call, window, name or "")
    if index >= 0:
        _use_preset(call, window, index)
    return index >= 0


def _use_text(call: Call, window: Window, text: str) -> bool:
    if not text:
        return False
    panes = [pane.id for pane in window.tiled_panes]
    _use(window, parse_layout(text, panes, border_status=window.border_status))
    for pane, box in zip(window.floats.front_first, floating_boxes(text), strict=False):
        window.floats.put(pane, box)
    tell_layout(call.effects, window)
    return True


def _use_preset(call: Call, window: Window, index: int) -> None:
    get = window.options.text
    sizes = PresetSizes(
        main_width=get("main-pane-width"),
        main_height=get("main-pane-height"),
        other_width=get("other-pane-width"),
        other_height=get("other-pane-height"),
        tiled_columns=window.options.number("tiled-layout-max-columns"),
    )
    layout = preset(
        tuple(PRESETS)[index],
        [pane.id for pane in window.tiled_panes],
        columns=window.columns,
        rows=window.rows,
        sizes=sizes,
        border_status=window.border_status,
    )
    window.layout_name = index
    _use(window, layout)
    if len(window.panes) > 1:
        tell_layout(call.effects, window)


def _use(window: Window, layout: Layout) -> None:
    window.layout = layout
    window.columns, window.rows = layout.columns, layout.rows


def _step(call: Call, step: int) -> None:
    window = call.the_window()
    unzoom(call.effects, window)
    window.old_layout = dump(window.layout, window.floats)
    start = window.layout_name
    if start < 0:
        start = -1 if step > 0 else 0
    _use_preset(call, window, (start + step) % len(PRESETS))
    window.place_panes()
    tell_layout(call.effects, window)


def next_layout(call: Call) -> None:
    """next-layout [-t target-window]."""
    _step(call, 1)


def previous_layout(call: Call) -> None:
    """previous-layout [-t target-window]."""
    _step(call, -1)


def resize_window(call: Call) -> None:
    """resize-window [-aADLRU] [-x width] [-y height] [-t target-window] [adjustment]."""
    arguments, window = call.arguments, call.the_window()
    step = number(arguments.text(0) or "1", "adjustment", low=1)
    columns, rows = window.columns, window.rows
    for flag, (across, down) in SIDES.items():
        if arguments.has(flag):
            columns, rows = columns + across * step, rows + down * step
    if arguments.has("a") or arguments.has("A"):
        columns, rows = _of_clients(call, window, largest=arguments.has("A"))
    columns = _number(call, "x", "width", columns)
    rows = _number(call, "y", "height", rows)
    window.options.set("window-size", "manual")
    window.manual_size = clamp(columns, rows)
    window.resize(columns=window.manual_size[0], rows=window.manual_size[1])


def _number(call: Call, flag: str, what: str, default: int) -> int:
    text = call.arguments.get(flag)
    if text is None:
        return default
    return number(text, what, low=1, high=10000)


def _of_clients(call: Call, window: Window, *, largest: bool) -> tuple[int, int]:
    sizes = [
        client_size(client, client.session.options)
        for client in call.state.attached()
        if client.session is not None and client.session.link_of(window) is not None
    ]
    if not sizes:
        return default_size(call.the_session().options)
    pick = max if largest else min
    return pick(size[0] for size in sizes), pick(size[1] for size in sizes)


COMMANDS = (
    Command(
        name="next-layout",
        alias="nextl",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-window]",
        target=Aim.WINDOW,
        run=next_layout,
    ),
    Command(
        name="previous-layout",
        alias="prevl",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-window]",
        target=Aim.WINDOW,
        run=previous_layout,
    ),
    Command(
        name="resize-window",
        alias="resizew",
        getopt="aADLRUx:y:t:",
        arity=(0, 1),
        usage="[-aADLRU] [-x width] [-y height] [-t target-window] [adjustment]",
        target=Aim.WINDOW,
        run=resize_window,
    ),
    Command(
        name="select-layout",
        alias="selectl",
        getopt="Enopt:",
        arity=(0, 1),
        usage="[-Enop] [-t target-pane] [layout-name]",
        target=Aim.PANE,
        run=select_layout,
    ),
)
