"""The keys of a prompt with `status-keys vi`: typing, and the command mode behind Escape.

Each key means one of those that prompts know (`aimux.model.prompt`), or nothing. The tables are
those of tmux 3.3a.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

NOTHING: Final = ""
LEAVES_TYPING: Final = frozenset({"Escape", "C-["})

TYPING: Final = frozenset(
    {
        *(
            "C-a",
            "C-c",
            "C-e",
            "C-g",
            "C-h",
            "Tab",
            "BTab",
            "C-k",
            "C-n",
            "C-p",
            "C-t",
            "C-u",
            "C-w",
        ),
        *("C-y", "C-j", "C-m", "Enter", "KPEnter", "C-Left", "C-Right", "BSpace", "DC", "Down"),
        *("End", "Home", "Left", "Right", "Up", "Space"),
    }
)
"""The keys that do something else than to be typed, or nothing, while one types."""


class ViKey(Struct, frozen=True):
    """What a key of the command mode means.

    Attributes:
        key: The key of a prompt, or of `VI_EDITS`, that does it; "" for none.
        types: One types from then on.
    """

    key: str
    types: bool = False


COMMANDS: Final = {
    **{key: ViKey("End") for key in ("$", "End")},
    **{key: ViKey("Home") for key in ("0", "^", "Home")},
    **{key: ViKey("Left") for key in ("h", "Left", "BSpace")},
    **{key: ViKey("Right") for key in ("l", "Right")},
    **{key: ViKey("Up") for key in ("k", "Up")},
    **{key: ViKey("Down") for key in ("j", "Down")},
    **{key: ViKey("DC") for key in ("x", "DC")},
    **{key: ViKey(key) for key in ("C-h", "C-c", "C-j", "C-m", "Enter", "KPEnter")},
    **{key: ViKey(f"vi-{key}") for key in ("B", "e", "E", "w", "W")},
    "b": ViKey("M-b"),
    "d": ViKey("C-u"),
    "D": ViKey("C-k"),
    "p": ViKey("C-y"),
    "q": ViKey("C-c"),
    "X": ViKey("BSpace"),
    "A": ViKey("End", types=True),
    "I": ViKey("Home", types=True),
    "C": ViKey("C-k", types=True),
    "s": ViKey("DC", types=True),
    "S": ViKey("C-u", types=True),
    "a": ViKey("Right", types=True),
    "i": ViKey(NOTHING, types=True),
    "Escape": ViKey(NOTHING, types=True),
}
"""The keys of the command mode; others do nothing."""


def typed(key: str) -> str:
    """What a key means while one types; "" for nothing."""
    return key if key in TYPING or len(key) == 1 else NOTHING
