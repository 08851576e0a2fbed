"""The parts of the screen that names of mouse keys end with (tmux(1), MOUSE SUPPORT)."""

from typing import Final

MOUSE_PLACES: Final = ("Pane", "Status", "StatusLeft", "StatusRight", "StatusDefault", "Border")
LATER_MOUSE_PLACES: Final = (
    *("ScrollbarUp", "ScrollbarSlider", "ScrollbarDown"),
    *(f"Control{number}" for number in range(10)),
)
"""The parts of the screen that tmux got after 3.3a."""
