"""What stands in the border above a pane: its index, who runs in it, its title and state.

Without `pane-border-status` a label lies on a border that is there anyway: nothing moves and no row
is spent, so a pane at the window's top has none. With `pane-border-status` the pane's own line says
it, as long as `pane-border-format` is tmux's. A client by the name of tmux sees neither.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from aimux.agents.marks import mark_of
from aimux.commands.effects import Effects
from aimux.commands.host import host_name
from aimux.ids import PaneId
from aimux.model.border_places import STATUS_MARGIN
from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.pane import Pane
from aimux.model.theme import Theme
from aimux.model.window import Window
from aimux.security.clean import clean
from aimux.styles.escapes import literal
from aimux.styles.width import text_width

NAME_CELLS = 24
LEAST_TITLE = 6
"""A title that has less room than this is left out."""
_ROLES = {"waiting": "attention", "error": "failure"}
_WAITS = "#{==:#{agent_state},waiting}"
_FORMAT = "pane-border-format"
_TMUX = str(ROWS[_FORMAT].default)
_WITH_AGENT = _TMUX.replace(
    " ",
    "#{?agent_name, #{?" + _WAITS + ",#[fg=#{theme_attention}]#[bold],}"
    "#{agent_mark} #{agent_name} #{agent_state}#[default],} ",
    1,
)


class Label(Struct, frozen=True):
    """A label, to be drawn from STATUS_MARGIN cells right of the pane's left edge on.

    Attributes:
        text: With `#[...]`; what programs wrote in it is drawn as it stands.
        columns: Its cells.
    """

    text: str
    columns: int


def border_format(options: Options) -> str:
    """What a pane's line in the border says: `pane-border-format`, and its agent if that is tmux's.

    Args:
        options: The pane's.
    """
    text = options.text(_FORMAT)
    with_agent = text == _TMUX and options.text("pane-border-labels") != "off"
    return _WITH_AGENT if with_agent else text


def labels_of(
    effects: Effects, client: Client, window: Window, theme: Theme
) -> Mapping[PaneId, Label]:
    """The labels of a window's drawn panes, tiled and floating, on one client."""
    wanted = window.options.text("pane-border-labels")
    has_none = window.zoomed or window.border_status != "off"
    if client.as_tmux or wanted == "off" or has_none:
        return {}
    labels = {}
    base = window.options.number("pane-base-index")
    for index, pane in enumerate(window.panes, base):
        if pane.row > 0 or window.is_floating(pane):
            label = _label(effects, pane, index, theme, everyone=wanted == "all")
            if label is not None:
                labels[pane.id] = label
    return labels


def _label(
    effects: Effects, pane: Pane, index: int, theme: Theme, *, everyone: bool
) -> Label | None:
    fact = effects.agent(pane)
    if fact is None and not everyone:
        return None
    name = fact.name if fact is not None else effects.foreground_command(pane)
    mark = f" {mark_of(fact.state)}" if fact is not None else ""
    role = _ROLES.get(fact.state, "") if fact is not None else ""
    plain = _fitting(str(index), clean(name, limit=NAME_CELLS), _title(pane, name), mark, pane)
    if not plain:
        return None
    text = literal(plain)
    if role:
        text = f"#[fg={theme.colour(role)}]#[bold]{text}#[default]"
    return Label(text, text_width(plain))


def _title(pane: Pane, name: str) -> str:
    """What the title says beyond the name: every pane is titled with the machine's at first."""
    title = clean(pane.title)
    return "" if title in (name, host_name()) else title


def _fitting(index: str, name: str, title: str, mark: str, pane: Pane) -> str:
    """As much of it as there is room for, what matters most first; empty if that is nothing."""
    room = pane.columns - 2 * STATUS_MARGIN
    whole = f" {index} {name}{mark} "
    left = room - text_width(whole) - len(" · ")
    if title and left >= min(LEAST_TITLE, text_width(title)):
        return f" {index} {name} · {clean(title, limit=left)}{mark} "
    shorter = (whole, f" {index}{mark} ")
    return next((text for text in shorter if text_width(text) <= room), "")
