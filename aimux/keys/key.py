"""One key press as a record, and its name in tmux's notation. Reading names is in `names`."""

from dataclasses import dataclass, replace
from enum import IntEnum, IntFlag


class Modifiers(IntFlag):
    """What was held down; the bits are those of the kitty keyboard protocol.

    `ALT` is what tmux writes `M-` and xterm calls Meta; `META` is the separate key of that name,
    which only kitty's protocol reports.
    """

    NONE = 0
    SHIFT = 1
    ALT = 2
    CTRL = 4
    SUPER = 8
    HYPER = 16
    META = 32
    CAPS_LOCK = 64
    NUM_LOCK = 128


class KeyEvent(IntEnum):
    """What happened to the key; only kitty's protocol reports more than presses."""

    PRESS = 1
    REPEAT = 2
    RELEASE = 3


NO_MODIFIERS = Modifiers.NONE
LOCKS = Modifiers.CAPS_LOCK | Modifiers.NUM_LOCK

# Characters that become a control character when they are held with Control.
CONTROL_CHARACTERS = frozenset("@abcdefghijklmnopqrstuvwxyz\\]^_?")
# Keys that tmux names after the key they cannot be told from.
CONTROL_TWINS = {"i": "Tab", "m": "Enter", "[": "Escape"}
_OTHER_PREFIXES = (
    (Modifiers.HYPER, "Hyper-"),
    (Modifiers.SUPER, "Super-"),
    (Modifiers.META, "Meta-"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its modifiers.

    Attributes:
        name: The key in tmux's notation without modifiers: one character, or a name such as `Up`,
            `Space`, `BSpace`, `KP0`, `User3`, `MouseDown1Pane`. Keys that tmux 3.3a has no name for
            are called `F13` to `F35`, `KP=`, `KP,`, `KPBegin`, `LeftShift` and so on.
        modifiers: What was held. A letter typed with Shift alone is `"A"` without `SHIFT` when it
            came from a legacy terminal or a name, and `"a"` with `SHIFT` and `shifted="A"` when
            kitty's protocol sent it; `notation` is the same.
        event: Press, repeat or release.
        text: What the key types, if the terminal said so (kitty flag 16).
        shifted: The character of the key with Shift, or `""` if unknown.
        base: The character at this place of a US keyboard, or `""` if unknown (kitty flag 4).
    """

    name: str
    modifiers: Modifiers = NO_MODIFIERS
    event: KeyEvent = KeyEvent.PRESS
    text: str = ""
    shifted: str = ""
    base: str = ""

    @property
    def notation(self) -> str:
        """See `format_key`."""
        return format_key(self)


def format_key(key: Key) -> str:
    """The canonical name of a key, as `list-keys` of tmux 3.3a prints it before quoting.

    Equal for keys that tmux cannot tell apart: Control with `i` is `Tab`, Control with `A` is
    `C-a`. Events and lock keys do not count. Modifiers unknown to tmux are written first
    (`Super-a`), so that a key held with Super never meets a binding of the plain key.
    """
    name, held = key.name, key.modifiers & ~LOCKS
    if not held:
        return name
    if held & Modifiers.CTRL:
        return _format_with_control(name, held)
    if key.shifted and held & Modifiers.SHIFT:
        name, held = key.shifted, held & ~Modifiers.SHIFT
    return _prefixes(held) + name


def _format_with_control(name: str, held: Modifiers) -> str:
    """Control characters are one character to tmux, so that their `C-` stands behind `M-` and `S-`.

    `C-Space` is such a character too, but printed as `C-@` only when more is held.
    """
    character = name.lower() if len(name) == 1 and name.isascii() else name
    rest = held & ~Modifiers.CTRL
    if character in CONTROL_TWINS:
        return _prefixes(rest) + CONTROL_TWINS[character]
    if character in {"Space", "@"}:
        return f"{_prefixes(rest)}C-@" if rest else "C-Space"
    if character in CONTROL_CHARACTERS:
        return f"{_prefixes(rest)}C-{character}"
    return _prefixes(held) + name


def _prefixes(held: Modifiers) -> str:
    parts = [prefix for bit, prefix in _OTHER_PREFIXES if held & bit]
    if held & Modifiers.CTRL:
        parts.append("C-")
    if held & Modifiers.ALT:
        parts.append("M-")
    if held & Modifiers.SHIFT:
        parts.append("S-")
    return "".join(parts)


def spell_out_shift(key: Key) -> Key:
    """The key as extended protocols see it: a capital is Shift with a letter, `BTab` is with `Tab`.

    Other characters that need Shift stay what they are: on which key they are is not known.
    """
    if key.name == "BTab":
        return replace(key, name="Tab", modifiers=key.modifiers | Modifiers.SHIFT)
    lower = key.name.lower()
    if len(key.name) != 1 or len(lower) != 1 or lower == key.name:
        return key
    held = key.modifiers | Modifiers.SHIFT
    return replace(key, name=lower, modifiers=held, shifted=key.shifted or key.name)
