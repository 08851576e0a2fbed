"""The features of terminals, by tmux's names, and the rules by which one is believed to have them.

The order is: what a terminal of that name has; what it said itself; what the person says of it by
`-T` and `terminal-features`; and last, capability by capability, `terminal-overrides`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from aimux.patterns.globs import glob_matches

MONOCHROME = 2
SIXTEEN = 16
PALETTE = 256
TRUE_COLOUR = 1 << 24

# tmux's names (tmux(1), terminal-features; `hyperlinks` since 3.4, `sixel` since 3.4), and `kitty`,
# `margins` and those of notifications.
FEATURES = {
    "256": "256 colours",
    "RGB": "24-bit colour",
    "bpaste": "bracketed paste",
    "ccolour": "cursor colour",
    "clipboard": "clipboard (OSC 52)",
    "cstyle": "cursor shapes",
    "extkeys": "extended keys",
    "focus": "focus reports",
    "hyperlinks": "hyperlinks (OSC 8)",
    "ignorefkeys": "function keys from terminfo ignored",
    "kitty": "kitty keyboard protocol",
    "margins": "left and right margins",
    "mouse": "mouse",
    "osc7": "working directory (OSC 7)",
    "osc777": "notifications (OSC 777)",
    "osc9": "notifications (OSC 9)",
    "osc99": "notifications (OSC 99)",
    "overline": "overline",
    "rectfill": "rectangle filling",
    "sixel": "sixel graphics",
    "strikethrough": "strikethrough",
    "sync": "synchronised output (2026)",
    "title": "window title",
    "usstyle": "curly and coloured underlines",
}

_MODERN = ("RGB", "256", "usstyle", "hyperlinks", "clipboard", "extkeys")
# What the beginning of a program's own name and version (XTVERSION) says beside its answers.
FEATURES_OF_PROGRAM: dict[str, tuple[str, ...]] = {
    "kitty(": (*_MODERN, "osc99"),
    "WezTerm ": (*_MODERN, "osc9", "osc777"),
    "ghostty ": (*_MODERN, "osc9", "osc777"),
    "foot(": (*_MODERN, "osc777"),
    "iTerm2 ": (*_MODERN, "osc9"),
    "contour ": (*_MODERN, "osc777"),
    "mintty ": _MODERN,
    "Rio ": _MODERN,
    "Konsole ": ("RGB", "256", "hyperlinks"),
    "VTE(": ("RGB", "256", "usstyle", "hyperlinks"),
    "xterm.js(": ("RGB", "256", "usstyle", "hyperlinks"),
    "XTerm(": ("256", "extkeys", "clipboard"),
    "tmux ": ("256", "usstyle"),
}
# Capabilities of terminfo and of tmux's extensions to it (tmux(1), "TERMINFO EXTENSIONS").
FEATURE_OF_CAPABILITY = {
    "RGB": "RGB",
    "Tc": "RGB",
    "setrgbf": "RGB",
    "setrgbb": "RGB",
    "Cr": "ccolour",
    "Cs": "ccolour",
    "Dseks": "extkeys",
    "Eneks": "extkeys",
    "Dsfcs": "focus",
    "Enfcs": "focus",
    "Dsbp": "bpaste",
    "Enbp": "bpaste",
    "Hls": "hyperlinks",
    "Ms": "clipboard",
    "Se": "cstyle",
    "Ss": "cstyle",
    "Setulc": "usstyle",
    "Smulx": "usstyle",
    "Smol": "overline",
    "Sync": "sync",
    "fsl": "title",
    "tsl": "title",
    "kmous": "mouse",
    "smxx": "strikethrough",
}
_CAPABILITIES_OF_COLOURS = frozenset({"setaf", "setab"})

_USUAL = frozenset(
    ("bpaste", "ccolour", "clipboard", "cstyle", "focus", "hyperlinks", "mouse", "overline")
) | {"strikethrough", "title", "usstyle"}
_PLAIN_TERMS = ("dumb", "unknown", "linux*", "vt[0-9]*", "ansi*", "cons25*", "sun*", "wsvt25*")
_MONOCHROME_TERMS = ("vt[0-9]*", "*-mono", "*-m", "dumb", "unknown")
_OLD_SCREEN = frozenset({"usstyle", "hyperlinks", "overline", "strikethrough"})


@dataclass(frozen=True, slots=True)
class Abilities:
    """What is made use of on a terminal.

    Attributes:
        features: Names of `FEATURES`.
        depth: Its colours: 2 (none but the default ones), 16, 256 or `1 << 24`.
    """

    features: frozenset[str]
    depth: int


NOTICE_FORMS = ("osc99", "osc777", "osc9")
"""Ways to notify a terminal's person, the one that says most first."""


def notice_form(features: frozenset[str]) -> str:
    """The way in which a terminal with some features notifies its person; `off` without any."""
    return next((form for form in NOTICE_FORMS if form in features), "off")


def is_plain(term: str) -> bool:
    """Whether a terminal of that name knows no more than its manual said decades ago."""
    return not term or _is_one_of(term, _PLAIN_TERMS)


@lru_cache(maxsize=256)
def abilities(  # noqa: PLR0913  # each is a source of its own
    term: str,
    *,
    depth: int,
    has: frozenset[str] = frozenset(),
    lacks: frozenset[str] = frozenset(),
    named: str = "",
    features: tuple[str, ...] = (),
    overrides: tuple[str, ...] = (),
    no_colour: bool = False,
) -> Abilities:
    """What to make use of on a terminal.

    Args:
        term: Its name, $TERM.
        depth: The colours that its environment tells of: 16, 256 or `1 << 24`.
        has: What it said that it can.
        lacks: What it said that it cannot.
        named: What the person says of this one: names, separated by commas or colons (`-T`).
        features: The items of `terminal-features`.
        overrides: The items of `terminal-overrides`.
        no_colour: The person wants none ($NO_COLOR).
    """
    found = ((_usual(term) | _of_depth(depth)) - lacks) | has
    found |= set(named.replace(":", ",").split(",")) & FEATURES.keys()
    found |= {name for name in _items_for(term, features) if name in FEATURES}
    colours = MONOCHROME if _is_one_of(term, _MONOCHROME_TERMS) else None
    for capability in _items_for(term, overrides):
        found, colours = _overridden(capability, found, colours)
    if no_colour or colours == MONOCHROME:
        return Abilities(found - {"256", "RGB"}, MONOCHROME)
    return Abilities(found, _depth(found, colours))


def _usual(term: str) -> frozenset[str]:
    if is_plain(term):
        return frozenset()
    return _USUAL - _OLD_SCREEN if term.startswith("screen") else _USUAL


def _of_depth(depth: int) -> frozenset[str]:
    levels = {PALETTE: "256", TRUE_COLOUR: "RGB"}
    return frozenset(name for least, name in levels.items() if depth >= least)


def _depth(features: frozenset[str], colours: int | None) -> int:
    if colours is not None:
        return PALETTE if colours >= PALETTE else SIXTEEN
    if "RGB" in features:
        return TRUE_COLOUR
    return PALETTE if "256" in features else SIXTEEN


def _items_for(term: str, rows: Iterable[str]) -> Iterator[str]:
    """What rows of the form `pattern:item:item` say of a terminal."""
    for row in rows:
        pattern, *items = row.split(":")
        if glob_matches(pattern, term):
            yield from items


def _overridden(
    capability: str, features: frozenset[str], colours: int | None
) -> tuple[frozenset[str], int | None]:
    """`name`, `name=value`, or `name@` to take it away."""
    name, _, value = capability.partition("=")
    taken, name = name.endswith("@"), name.removesuffix("@")
    if name == "colors" and value.isdigit():
        number = int(value[:9])
        return features - {"RGB"}, number if number >= 8 else MONOCHROME
    if taken and name in _CAPABILITIES_OF_COLOURS:
        return features, MONOCHROME
    feature = FEATURE_OF_CAPABILITY.get(name)
    if feature is None:
        return features, colours
    return (features - {feature} if taken else features | {feature}), colours


def _is_one_of(term: str, patterns: Iterable[str]) -> bool:
    return any(glob_matches(pattern, term) for pattern in patterns)
