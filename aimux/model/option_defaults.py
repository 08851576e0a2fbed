"""Where aimux's defaults differ from tmux's: a server started by the name of tmux has tmux's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from aimux.model.options_table import ROWS

# How many agents wait and have failed, and how full the context of this pane's agent is; each only
# if there is something to say. Blanks belong to what is said, so that otherwise nothing is there.
_AGENTS = (
    "#{?agents_waiting,#[fg=#{theme_background}]#[bg=#{theme_attention}]#[bold]"
    " ▲#{agents_waiting} #[default] ,}"
    "#{?agents_failed,#[fg=#{theme_background}]#[bg=#{theme_failure}]#[bold]"
    " ✗#{agents_failed} #[default] ,}"
    "#{?#{agent_context_percent},ctx #{agent_context_percent}%% ,}"
)

SESSION_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "mouse": "on",
        "status-right": f"{_AGENTS}{ROWS['status-right'].default}",
        "status-right-length": "64",
    }
)
"""Of session options, as text."""
