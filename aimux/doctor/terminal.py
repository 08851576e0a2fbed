"""The terminal: what it said, what its name says, what will be made use of."""

from __future__ import annotations

import curses
import os
from collections.abc import Iterator, Mapping

from aimux.abilities.features import FEATURES, MONOCHROME, Abilities, abilities, is_plain
from aimux.abilities.questions import Told
from aimux.doctor.findings import Finding, Mark
from aimux.link.request import colour_depth, speaks_utf8

SECTION = "terminal"
LEAST_COLUMNS, LEAST_ROWS = 40, 10
_ADVICE = {
    "RGB": "if it has 24-bit colour: set -as terminal-features '{}:RGB'",
    "kitty": "shift-Enter and ctrl-i are Enter and Tab here, but not in kitty, foot, WezTerm …",
    "sync": "pictures may be seen half drawn; if it has mode 2026: "
    "set -as terminal-features '{}:sync'",
    "usstyle": "curly underlines are drawn straight; if it has them: "
    "set -as terminal-features '{}:usstyle'",
    "hyperlinks": "links are drawn as text; if it has OSC 8: "
    "set -as terminal-features '{}:hyperlinks'",
    "clipboard": "copying sets no clipboard; if it has OSC 52: "
    "set -as terminal-features '{}:clipboard'",
}


def terminal_findings(environment: Mapping[str, str], told: Told | None) -> Iterator[Finding]:
    """What is known of the terminal; `told` is None if it could not be asked."""
    term = environment.get("TERM", "")
    yield _term(term)
    yield _size()
    yield _asked(environment, told)
    found = _abilities(environment, told)
    yield _colours(term, found, environment)
    for feature, advice in list(_ADVICE.items())[1:]:
        yield _feature(feature, advice.format(term or "*"), found, told)
    yield _encoding(environment)


def _abilities(environment: Mapping[str, str], told: Told | None) -> Abilities:
    return abilities(
        environment.get("TERM", ""),
        depth=colour_depth(environment),
        has=told.features if told else frozenset(),
        lacks=told.lacks if told else frozenset(),
        no_colour=bool(environment.get("NO_COLOR")),
    )


def _term(term: str) -> Finding:
    if not term or term == "dumb":
        advice = "aimux cannot be attached here; use a terminal emulator, or set TERM to its name"
        mark = Mark.FAIL if _is_terminal() else Mark.WARN
        return Finding(SECTION, "TERM", mark, term or "not set", advice)
    if not _has_terminfo(term):
        advice = f"no terminfo entry: install it (`infocmp {term}` must work)"
        return Finding(SECTION, "TERM", Mark.WARN, term, advice)
    return Finding(SECTION, "TERM", Mark.OK, term)


def _has_terminfo(term: str) -> bool:
    try:
        curses.setupterm(term, os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC))
    except curses.error:
        return False
    return True


def _is_terminal() -> bool:
    return os.isatty(0) and os.isatty(1)


def _size() -> Finding:
    try:
        columns, rows = os.get_terminal_size(1)
    except OSError:
        return Finding(SECTION, "size", Mark.OK, "not a terminal")
    small = columns < LEAST_COLUMNS or rows < LEAST_ROWS
    advice = f"make it {LEAST_COLUMNS}x{LEAST_ROWS} at least" if small else ""
    return Finding(SECTION, "size", Mark.WARN if small else Mark.OK, f"{columns}x{rows}", advice)


def _asked(environment: Mapping[str, str], told: Told | None) -> Finding:
    if told is None:
        plain = is_plain(environment.get("TERM", ""))
        reason = "its name says that it does not answer" if plain else "run this on a terminal"
        return Finding(SECTION, "answers", Mark.OK, f"not asked: {reason}")
    if not told.complete:
        advice = "what it can is taken from TERM and COLORTERM; terminal-features adds to it"
        return Finding(SECTION, "answers", Mark.WARN, "none within a second", advice)
    return Finding(SECTION, "answers", Mark.OK, told.name or "yes, without its name")


def _colours(term: str, found: Abilities, environment: Mapping[str, str]) -> Finding:
    shown = {MONOCHROME: "none", 16: "16", 256: "256"}.get(found.depth, "16777216")
    if environment.get("NO_COLOR"):
        return Finding(SECTION, "colours", Mark.OK, "none: NO_COLOR is set")
    if "RGB" in found.features:
        return Finding(SECTION, "colours", Mark.OK, shown)
    return Finding(SECTION, "colours", Mark.WARN, shown, _ADVICE["RGB"].format(term or "*"))


def _feature(feature: str, advice: str, found: Abilities, told: Told | None) -> Finding:
    name = FEATURES[feature]
    if feature in found.features:
        sure = told is not None and feature in told.features
        return Finding(SECTION, name, Mark.OK, "yes" if sure else "assumed")
    if told is None:
        return Finding(SECTION, name, Mark.OK, "not known")
    return Finding(SECTION, name, Mark.WARN, "no", advice)


def _encoding(environment: Mapping[str, str]) -> Finding:
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    name = next((name for name in names if environment.get(name)), "LANG")
    value = f"{name}={environment.get(name, '')}"
    if speaks_utf8(environment):
        return Finding(SECTION, "UTF-8", Mark.OK, value)
    advice = "other programs will draw wrong characters: export LANG=C.UTF-8, or use aimux -u"
    return Finding(SECTION, "UTF-8", Mark.WARN, value, advice)
