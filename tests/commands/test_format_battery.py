"""The formats that plugins' users have in their status lines."""

from __future__ import annotations

import pytest

from aimux.commands.effects import Battery, Charge
from aimux.commands.format_battery import PLUGIN_VARIABLES
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.modes import enter_copy_mode
from aimux.commands.targets import Target
from aimux.model.client import Client
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def shown(world: World, name: str, client: Client | None = None) -> str:
    """A variable as it stands in a status line."""
    place = Target.of_session(world.session)
    context = StateContext(world.state, world.effects, place, client=client, drawn=True)
    return expand(f"#{{{name}}}", context)


def test_without_a_battery_all_are_empty(world: World) -> None:
    assert {shown(world, name) for name in PLUGIN_VARIABLES} == {""}


@pytest.mark.parametrize(
    ("battery", "values"),
    [
        (Battery(100, Charge.DISCHARGING, 61), ("100%", "█", "🔋", "█", "- 1:01 left", "▁▂▄▆█")),
        (Battery(79, Charge.CHARGING, 5), ("79%", "🔌", "🔌", "▆", "- 0:05 till full", "▁▂▄▆ ")),
        (Battery(5, Charge.DISCHARGING), ("5%", "▁", "🔋", "▁", "", "     ")),
        (Battery(6, Charge.UNKNOWN), ("6%", "?", "?", "▂", "", "▁    ")),
        (Battery(97, Charge.CHARGED, 9), ("97%", "🔌", "🔌", "█", "fully charged", "▁▂▄▆█")),
    ],
)
def test_a_battery_as_tmux_battery_shows_it(
    world: World, battery: Battery, values: tuple[str, ...]
) -> None:
    world.effects.known_battery = battery
    names = ("percentage", "icon", "icon_status", "icon_charge", "remain", "graph")
    assert tuple(shown(world, f"battery_{name}") for name in names) == values
    assert shown(world, "battery_status") == battery.charge.value


def test_its_colours_are_styles(world: World) -> None:
    world.effects.known_battery = Battery(50, Charge.DISCHARGING)
    assert shown(world, "battery_color_fg") == "#[fg=#ffff00,bg=colour0]"
    assert shown(world, "battery_color_status_bg") == "#[bg=colour14,fg=colour0]"
    world.effects.known_battery = Battery(50, Charge.CHARGING)
    assert shown(world, "battery_color_bg") == "#[bg=colour33,fg=colour0]"
    assert shown(world, "battery_color_charge_bg") == "#[bg=#ffff00,fg=colour0]"


def test_the_plugins_options_count(world: World) -> None:
    world.effects.known_battery = Battery(97, Charge.DISCHARGING, 10)
    world.state.session_options.set("@batt_icon_charge_tier8", "full")
    world.session.options.set("@batt_remain_short", "true")
    assert shown(world, "battery_icon") == "full"
    assert shown(world, "battery_remain") == "~0:10"


def test_the_prefix_is_shown_while_it_waits(world: World) -> None:
    client = world.client()
    assert shown(world, "prefix_highlight", client) == ""
    client.key_table = "prefix"
    assert shown(world, "prefix_highlight", client) == "#[fg=colour231,bg=colour04] ^B #[default]"
    world.state.session_options.set("@prefix_highlight_prefix_prompt", "Wait")
    assert " Wait " in shown(world, "prefix_highlight", client)


def test_modes_and_synchronised_panes_are_shown_if_asked_for(world: World) -> None:
    world.window.options.set("synchronize-panes", "on")
    enter_copy_mode(world.state, world.pane, world.pane)
    assert shown(world, "prefix_highlight") == ""
    world.session.options.set("@prefix_highlight_show_sync_mode", "on")
    assert shown(world, "prefix_highlight") == "#[fg=default,bg=yellow] Sync #[default]"
    world.session.options.set("@prefix_highlight_show_copy_mode", "on")
    assert shown(world, "prefix_highlight") == "#[fg=default,bg=yellow] Copy #[default]"


def test_tmux_has_none_of_them(world: World) -> None:
    world.effects.known_battery = Battery(97, Charge.DISCHARGING, 10)
    client = world.client()
    client.as_tmux = True
    client.key_table = "prefix"
    assert {shown(world, name, client) for name in PLUGIN_VARIABLES} == {""}
