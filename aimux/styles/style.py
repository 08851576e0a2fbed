"""Styles as tmux writes them (tmux(1), STYLES): `fg=yellow bold align=right range=window|3`.

What a style means on a line is `draw.py`'s, what a terminal is sent for it `sgr.py`'s.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, get_args

from aimux.errors import OptionError
from aimux.styles.colour import DEFAULT, parse_colour

Align = Literal["", "left", "centre", "right", "absolute-centre"]
ListPart = Literal["", "on", "focus", "left-marker", "right-marker"]
RangeKind = Literal["", "left", "right", "pane", "window", "session", "user", "control"]
DefaultAction = Literal["", "push-default", "pop-default"]

ACS: Final = 1 << 0
BOLD: Final = 1 << 1
DIM: Final = 1 << 2
UNDERSCORE: Final = 1 << 3
BLINK: Final = 1 << 4
REVERSE: Final = 1 << 5
HIDDEN: Final = 1 << 6
ITALICS: Final = 1 << 7
STRIKETHROUGH: Final = 1 << 8
DOUBLE_UNDERSCORE: Final = 1 << 9
CURLY_UNDERSCORE: Final = 1 << 10
DOTTED_UNDERSCORE: Final = 1 << 11
DASHED_UNDERSCORE: Final = 1 << 12
OVERLINE: Final = 1 << 13

ATTRIBUTE_NAMES: Final = {
    ACS: "acs",
    BOLD: "bright",
    DIM: "dim",
    UNDERSCORE: "underscore",
    BLINK: "blink",
    REVERSE: "reverse",
    HIDDEN: "hidden",
    ITALICS: "italics",
    STRIKETHROUGH: "strikethrough",
    DOUBLE_UNDERSCORE: "double-underscore",
    CURLY_UNDERSCORE: "curly-underscore",
    DOTTED_UNDERSCORE: "dotted-underscore",
    DASHED_UNDERSCORE: "dashed-underscore",
    OVERLINE: "overline",
}
"""Each attribute's name, in the order in which tmux shows them."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style. The fields after `attributes` say how a line is arranged; cells ignore them.

    `attributes` is a sum of the constants above, the colours are `colour.py`'s. `range_argument` is
    what follows the `|`: a window's index, `%0`, `$0`, a user's name, a control's number. `width`
    and `pad`, of later versions of tmux, are cells of a scrollbar; -1 if nothing is said.
    """

    fg: int = DEFAULT
    bg: int = DEFAULT
    us: int = DEFAULT
    attributes: int = 0
    fill: int = DEFAULT
    align: Align = ""
    list_part: ListPart = ""
    range_kind: RangeKind = ""
    range_argument: str = ""
    default_action: DefaultAction = ""
    ignore: bool = False
    width: int = -1
    pad: int = -1


PLAIN: Final = Style()
"""No colour and no attribute: what tmux calls `default`."""

_TOKEN_LIMIT = 255  # bytes; tmux refuses a longer word
_SEPARATORS = re.compile(r"[ ,\n]+")
_ATTRIBUTES = {name: bit for bit, name in ATTRIBUTE_NAMES.items()} | {
    "bold": BOLD,
    # The names of no attribute, so that `none` and `nonone` are read alike.
    "default": 0,
    "none": 0,
}
_RANGE_ARGUMENTS = {
    "left": re.compile(""),
    "right": re.compile(""),
    "window": re.compile("[0-9]+"),
    "pane": re.compile("%[0-9]+"),
    "session": re.compile(r"\$[0-9]+"),
    "user": re.compile(".{1,15}"),
    "control": re.compile("[0-9]"),
}
_CELLS = re.compile("([0-9]{1,9})%?")


@lru_cache(maxsize=2048)
def parse_style(text: str, base: Style = PLAIN, current: Style | None = None) -> Style:
    """The style after `text` has been applied.

    Args:
        text: What stands between `#[` and `]`, or an option's value.
        base: The style that `default`, `fg=default` and `bg=default` return to.
        current: The style that `text` is added to; `base` unless given.

    Raises:
        OptionError: `invalid style: x`, as tmux says it. Nothing of `text` counts then.
    """
    style = base if current is None else current
    for word in _SEPARATORS.split(text):
        if not word:
            continue
        changed = _apply(style, base, word)
        if changed is None:
            raise OptionError(f"invalid style: {text}")
        style = changed
    return style


def _apply(style: Style, base: Style, word: str) -> Style | None:
    lowered = word.lower()
    if len(word.encode("utf-8", "replace")) > _TOKEN_LIMIT:
        return None
    if lowered == "default":
        return replace(style, fg=base.fg, bg=base.bg, us=base.us, attributes=base.attributes)
    if lowered in _WORDS:
        return _WORDS[lowered](style)
    key, equals, value = lowered.partition("=")
    if equals and value:
        return _apply_pair(style, base, key, word.partition("=")[2])
    return _apply_attributes(style, lowered)


_WORDS: dict[str, Callable[[Style], Style]] = {
    "none": lambda style: replace(style, attributes=0),
    "ignore": lambda style: replace(style, ignore=True),
    "noignore": lambda style: replace(style, ignore=False),
    "push-default": lambda style: replace(style, default_action="push-default"),
    "pop-default": lambda style: replace(style, default_action="pop-default"),
    "nolist": lambda style: replace(style, list_part=""),
    "norange": lambda style: replace(style, range_kind="", range_argument=""),
    "noalign": lambda style: replace(style, align=""),
}


def _apply_pair(style: Style, base: Style, key: str, value: str) -> Style | None:
    if key == "range":
        return _apply_range(style, value)
    try:
        return _PAIRS[key](style, base, value) if key in _PAIRS else None
    except OptionError:
        return None


def _fg(style: Style, base: Style, value: str) -> Style:
    colour = parse_colour(value)
    return replace(style, fg=base.fg if colour == DEFAULT else colour)


def _bg(style: Style, base: Style, value: str) -> Style:
    colour = parse_colour(value)
    return replace(style, bg=base.bg if colour == DEFAULT else colour)


def _us(style: Style, base: Style, value: str) -> Style:
    colour = parse_colour(value)
    return replace(style, us=base.us if colour == DEFAULT else colour)


def _fill(style: Style, _base: Style, value: str) -> Style:
    return replace(style, fill=parse_colour(value))


def _align(style: Style, _base: Style, value: str) -> Style | None:
    for align in get_args(Align):
        if value.lower() == align:
            return replace(style, align=align)
    return None


def _list(style: Style, _base: Style, value: str) -> Style | None:
    for part in get_args(ListPart):
        if value.lower() == part:
            return replace(style, list_part=part)
    return None


def _width(style: Style, _base: Style, value: str) -> Style | None:
    found = _CELLS.fullmatch(value)
    return None if found is None else replace(style, width=int(found[1]))


def _pad(style: Style, _base: Style, value: str) -> Style | None:
    return replace(style, pad=int(value)) if value.isdecimal() and len(value) < 10 else None


_PAIRS: dict[str, Callable[[Style, Style, str], Style | None]] = {
    "fg": _fg,
    "bg": _bg,
    "us": _us,
    "fill": _fill,
    "align": _align,
    "list": _list,
    "width": _width,
    "pad": _pad,
}


def _apply_range(style: Style, value: str) -> Style | None:
    name, bar, argument = value.partition("|")
    kind = name.lower()
    pattern = _RANGE_ARGUMENTS.get(kind)
    if bar and not argument:
        return None
    if pattern is None:
        # tmux takes a kind that it does not know and does nothing with it.
        return style
    if not pattern.fullmatch(argument):
        return None
    for known in get_args(RangeKind):
        if kind == known:
            text = str(int(argument)) if kind == "window" else argument
            return replace(style, range_kind=known, range_argument=text)
    return style


def _apply_attributes(style: Style, word: str) -> Style | None:
    negated = word.startswith("no") and len(word) > 2
    bits = _attribute_bits(word[2:] if negated else word)
    if bits is None:
        return None
    attributes = style.attributes & ~bits if negated else style.attributes | bits
    return replace(style, attributes=attributes)


def _attribute_bits(names: str) -> int | None:
    bits = 0
    for name in names.split("|"):
        if name not in _ATTRIBUTES:
            return None
        bits |= _ATTRIBUTES[name]
    return bits


def overlay(style: Style, over: Style) -> Style:
    """`style` with the colours that `over` sets and the attributes of both.

    That is how tmux puts an option's style (`status-left-style`) upon another (`status-style`).
    """
    return replace(
        style,
        fg=style.fg if over.fg == DEFAULT else over.fg,
        bg=style.bg if over.bg == DEFAULT else over.bg,
        us=style.us if over.us == DEFAULT else over.us,
        attributes=style.attributes | over.attributes,
    )
