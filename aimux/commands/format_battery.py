"""The format variables of tmux-battery and tmux-prefix-highlight, which many status lines have.

They are aimux's own additions and take the plugins' user options (`@batt_...`,
`@prefix_highlight_...`). Without a battery its variables are empty. A client that was started by
the name of tmux is told of none, so the plugins themselves work there.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from aimux.commands.effects import Battery, Charge
from aimux.commands.format_scope import Reader, Scope

MINUTES = 60
# The least percentage of tiers 8 to 1, their bars and their colours.
_TIERS = (95, 80, 65, 50, 35, 20, 6, 0)
_BARS = "█▇▆▅▄▃▂▁"
_COLOURS = ("00ff00", "55ff00", "aaff00", "ffff00", "ffc000", "ff8000", "ff4000", "ff0000")
_GRAPH = ((6, "▁"), (25, "▂"), (50, "▄"), (75, "▆"), (95, "█"))
_ICONS = {
    Charge.CHARGED: "🔌",
    Charge.CHARGING: "🔌",
    Charge.DISCHARGING: "🔋",
    Charge.ATTACHED: "⚠️",
    Charge.UNKNOWN: "?",
}
_STATE_COLOURS = {
    Charge.CHARGED: "colour33",
    Charge.CHARGING: "colour33",
    Charge.DISCHARGING: "colour14",
    Charge.ATTACHED: "colour201",
    Charge.UNKNOWN: "colour7",
}
_SECONDARY = "colour0"


def _own(scope: Scope, name: str, default: str) -> str:
    """A user option, or what the plugin has for it."""
    session = scope.target.session
    options = session.options if session is not None else scope.state.session_options
    return options.text(name) or default


def _is_tmux(scope: Scope) -> bool:
    return scope.client is not None and scope.client.as_tmux


# ---- the battery ----


def _of_battery(read: Callable[[Battery, Scope], str]) -> Reader:
    def reader(scope: Scope) -> str | None:
        if _is_tmux(scope):
            return None
        battery = scope.effects.battery()
        return read(battery, scope) if battery is not None else ""

    return reader


def _tier(percent: int) -> int:
    """The number of a percentage's tier, counted from 0 for the highest."""
    return next(place for place, least in enumerate(_TIERS) if percent >= least)


def _charge_icon(battery: Battery, scope: Scope) -> str:
    place = _tier(battery.percent)
    return _own(scope, f"@batt_icon_charge_tier{8 - place}", _BARS[place])


def _status_icon(battery: Battery, scope: Scope) -> str:
    return _own(scope, f"@batt_icon_status_{battery.charge.value}", _ICONS[battery.charge])


def _icon(battery: Battery, scope: Scope) -> str:
    discharges = battery.charge is Charge.DISCHARGING
    return _charge_icon(battery, scope) if discharges else _status_icon(battery, scope)


def _graph(battery: Battery, _scope: Scope) -> str:
    return "".join(bar if battery.percent >= least else " " for least, bar in _GRAPH)


def _remain(battery: Battery, scope: Scope) -> str:
    short = _own(scope, "@batt_remain_short", "false") == "true"
    if battery.charge is Charge.CHARGED:
        return "charged" if short else "fully charged"
    if battery.minutes is None:
        return ""
    time = f"{battery.minutes // MINUTES}:{battery.minutes % MINUTES:02}"
    if short:
        return f"~{time}"
    return f"- {time} {'till full' if battery.charge is Charge.CHARGING else 'left'}"


def _charge_colours(battery: Battery, scope: Scope) -> tuple[str, str]:
    place = _tier(battery.percent)
    first = _own(scope, f"@batt_color_charge_primary_tier{8 - place}", f"#{_COLOURS[place]}")
    return first, _own(scope, f"@batt_color_charge_secondary_tier{8 - place}", _SECONDARY)


def _status_colours(battery: Battery, scope: Scope) -> tuple[str, str]:
    name = battery.charge.value
    first = _own(scope, f"@batt_color_status_primary_{name}", _STATE_COLOURS[battery.charge])
    return first, _own(scope, f"@batt_color_status_secondary_{name}", _SECONDARY)


def _colours(battery: Battery, scope: Scope) -> tuple[str, str]:
    discharges = battery.charge is Charge.DISCHARGING
    return (_charge_colours if discharges else _status_colours)(battery, scope)


def _styled(colours: Callable[[Battery, Scope], tuple[str, str]], first: str, other: str) -> Reader:
    def style(battery: Battery, scope: Scope) -> str:
        primary, secondary = colours(battery, scope)
        return f"#[{first}={primary},{other}={secondary}]"

    return _of_battery(style)


def _styles() -> dict[str, Reader]:
    kinds = {"": _colours, "charge_": _charge_colours, "status_": _status_colours}
    return {
        f"battery_color_{kind}{first}": _styled(colours, first, other)
        for kind, colours in kinds.items()
        for first, other in pairwise(("fg", "bg", "fg"))
    }


# ---- the prefix ----


def _prefix_highlight(scope: Scope) -> str | None:
    """That the prefix was pressed, or, if asked for, a mode or synchronised panes."""
    client, pane = scope.client, scope.target.pane
    if _is_tmux(scope):
        return None
    own = _prefix_option(scope)
    if client is not None and client.key_table == "prefix":
        colours = f"fg={own('fg', 'colour231')},bg={own('bg', 'colour04')}"
        return _highlight(scope, colours, own("prefix_prompt", _prefix_key(scope)))
    if pane is not None and pane.mode is not None and own("show_copy_mode", "off") == "on":
        style = own("copy_mode_attr", "fg=default,bg=yellow")
        return _highlight(scope, style, own("copy_prompt", "Copy"))
    synchronised = pane is not None and pane.options.flag("synchronize-panes")
    if synchronised and own("show_sync_mode", "off") == "on":
        style = own("sync_mode_attr", "fg=default,bg=yellow")
        return _highlight(scope, style, own("sync_prompt", "Sync"))
    return own("empty_prompt", "")


def _prefix_option(scope: Scope) -> Callable[[str, str], str]:
    return lambda name, default: _own(scope, f"@prefix_highlight_{name}", default)


def _prefix_key(scope: Scope) -> str:
    return _own(scope, "prefix", "").upper().replace("C-", "^")


def _highlight(scope: Scope, style: str, text: str) -> str:
    own = _prefix_option(scope)
    return f"#[{style}]{own('output_prefix', ' ')}{text}{own('output_suffix', ' ')}#[default]"


PLUGIN_VARIABLES: dict[str, Reader] = {
    **_styles(),
    "battery_graph": _of_battery(_graph),
    "battery_icon": _of_battery(_icon),
    "battery_icon_charge": _of_battery(_charge_icon),
    "battery_icon_status": _of_battery(_status_icon),
    "battery_percentage": _of_battery(lambda battery, _: f"{battery.percent}%"),
    "battery_remain": _of_battery(_remain),
    "battery_status": _of_battery(lambda battery, _: battery.charge.value),
    "prefix_highlight": _prefix_highlight,
}
