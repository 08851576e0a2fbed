"""Questions to a terminal, and what its answers say of it.

Sources: xterm's ctlseqs (DA1, XTVERSION, XTGETTCAP, DECRQSS, DECRQM), the kitty keyboard protocol,
mode 2026 (synchronised output), mode 69 (DECLRMM). Nobody waits for an answer: a terminal that does
not know a question says nothing, and the answer to the last one, which every terminal knows, is the
end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aimux.abilities.features import FEATURE_OF_CAPABILITY, FEATURES_OF_PROGRAM, is_plain

_CAPABILITIES = ("RGB", "Tc", "Smulx", "Ms", "Co")
_SYNCHRONISED = "\x1b[?2026$p"
_MARGINS = "\x1b[?69$p"
_KEYBOARD = "\x1b[?u"
_VERSION = "\x1b[>q"
# Set, asked for, undone: a terminal that took it says it, one that did not says something else.
_LOOK = "\x1b[0;4:3m\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m"
_END = "\x1b[c"
_MAX_NAME = 64


@dataclass(frozen=True, slots=True)
class Told:
    """What a terminal has said of itself.

    Attributes:
        features: What it can do, by names of `features.FEATURES`.
        lacks: What it certainly cannot.
        name: Its program and version, printable ASCII; empty if it did not say.
        complete: Whether it has answered the last question.
    """

    features: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    name: str = ""
    complete: bool = False


NOTHING_TOLD = Told()


def questions(environment: Mapping[str, str]) -> str:
    """What to write to the terminal of these variables; empty for one that would show a part of it.

    GNU screen hands device control strings on to the terminal below it, whose answers are not its
    own.
    """
    term = environment.get("TERM", "")
    if is_plain(term) or environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return ""
    asked = _SYNCHRONISED + _MARGINS + _KEYBOARD + _VERSION
    if not term.startswith("screen") or environment.get("TMUX"):
        asked += _LOOK + "".join(f"\x1bP+q{name.encode().hex()}\x1b\\" for name in _CAPABILITIES)
    return asked + _END


class Answers:
    """Collects what a terminal answers.

    Attributes:
        told: All of it so far.
    """

    def __init__(self) -> None:
        self.told = NOTHING_TOLD

    def take(self, report: bytes) -> bool:
        """Read one report of the terminal; whether it said something new. Never raises."""
        for pattern, read in _READERS:
            match = pattern.fullmatch(report)
            if match is not None:
                before, self.told = self.told, read(self.told, match)
                return self.told != before
        return False


def _with(told: Told, *features: str) -> Told:
    return Told(told.features.union(features), told.lacks, told.name, told.complete)


def _version(told: Told, match: re.Match[bytes]) -> Told:
    text = match[1].decode("ascii", "ignore")
    name = "".join(filter(str.isprintable, text))[:_MAX_NAME]
    known = next((row for start, row in FEATURES_OF_PROGRAM.items() if name.startswith(start)), ())
    return Told(told.features.union(known), told.lacks, name, told.complete)


def _capability(told: Told, match: re.Match[bytes]) -> Told:
    name, value = (bytes.fromhex((part or b"").decode()) for part in match.groups())
    if name == b"Co":
        return _with(told, "256") if value.isdigit() and int(value[:9]) >= 256 else told
    feature = FEATURE_OF_CAPABILITY.get(name.decode("ascii", "ignore"))
    return _with(told, feature) if feature else told


def _look(told: Told, match: re.Match[bytes]) -> Told:
    if re.search(rb"48[:;]2[:;](?:\d*:)?1[:;]2[:;]3", match[1]):
        told = _with(told, "RGB")
    if b"4:3" in match[1]:
        return _with(told, "usstyle")
    return Told(told.features, told.lacks | {"usstyle"}, told.name, told.complete)


_OF_ATTRIBUTE = {"4": "sixel", "52": "clipboard"}


def _attributes(told: Told, match: re.Match[bytes]) -> Told:
    numbers = match[1].decode().split(";")
    known = {_OF_ATTRIBUTE[number] for number in numbers if number in _OF_ATTRIBUTE}
    return Told(told.features | known, told.lacks, told.name, complete=True)


_Reader = Callable[[Told, re.Match[bytes]], Told]
_HEX = rb"(?:[0-9A-Fa-f]{2}){1,64}"
_READERS: tuple[tuple[re.Pattern[bytes], _Reader], ...] = (
    (re.compile(rb"\x1b\[\?2026;[123]\$y"), lambda told, _: _with(told, "sync")),
    (re.compile(rb"\x1b\[\?69;[12]\$y"), lambda told, _: _with(told, "margins")),
    (re.compile(rb"\x1b\[\?\d{1,3}u"), lambda told, _: _with(told, "extkeys", "kitty")),
    (re.compile(rb"\x1bP>\|([^\x1b]{0,256})\x1b\\"), _version),
    (re.compile(rb"\x1bP1\+r(" + _HEX + rb")(?:=(" + _HEX + rb"))?\x1b\\"), _capability),
    (re.compile(rb"\x1bP[01]\$r([\d:;]{0,64})m\x1b\\"), _look),
    (re.compile(rb"\x1b\[\?([\d;]{1,64})c"), _attributes),
)
