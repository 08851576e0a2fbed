"""What a client's terminal is believed to be, and rows as it can show them.

Rows are rendered for 16 colours at least, and with everything that a program may have asked for.
Only for terminals that lack something are they gone through once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aimux.abilities.features import MONOCHROME, SIXTEEN, Abilities, abilities
from aimux.model.client import Client
from aimux.model.state import State

_LOOK = re.compile(r"\x1b\[([\d;:]*)m")
_LINK = re.compile(r"\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)")
_STYLED_UNDERLINE = re.compile(r"4:[1-5]")
_ARGUMENTS = {"5": 2, "2": 4}  # of 38, 48 and 58, written with semicolons
_EXTENDED = {"38": _ARGUMENTS, "48": _ARGUMENTS, "58": _ARGUMENTS}
_REVERSE = "7"
_BLACK, _DEFAULT_BACKGROUND = "40", "49"


def learn(state: State, client: Client) -> bool:
    """Decide what is made use of on a client's terminal; whether that is new."""
    options = state.server_options
    found = abilities(
        client.term,
        depth=client.told_depth,
        has=client.told.features,
        lacks=client.told.lacks,
        named=client.named_features,
        features=tuple(options.strings("terminal-features")),
        overrides=tuple(options.strings("terminal-overrides")),
        no_colour=bool(client.environment.get("NO_COLOR")),
    )
    if found == client.abilities:
        return False
    client.abilities = found
    client.depth = max(found.depth, SIXTEEN)
    return True


def fitted(text: str, terminal: Abilities | None) -> str:
    """A row's text (`aimux.protocol.row_text`) without what a terminal does not know.

    Curly, dotted and dashed underlines become plain ones, their colours go; links are left as text;
    without colours a background is shown by reversing.
    """
    if terminal is None:
        return text
    if "hyperlinks" not in terminal.features and "\x1b]8" in text:
        text = _LINK.sub("", text)
    plain = "usstyle" not in terminal.features
    if terminal.depth == MONOCHROME or (plain and ("4:" in text or "58" in text)):
        bare = terminal.depth == MONOCHROME
        return _LOOK.sub(lambda found: _look(found[1], plain=plain, bare=bare), text)
    return text


def _look(parameters: str, *, plain: bool, bare: bool) -> str:
    kept, reverse = [], False
    for one in _groups(parameters):
        code = one.partition(";")[0].partition(":")[0]
        if plain and code == "58":
            continue
        if plain and _STYLED_UNDERLINE.fullmatch(one):
            one = "4"  # noqa: PLW2901  # what is kept of it
        if bare and _is_colour(code):
            reverse |= _is_background(code)
            continue
        kept.append(one)
    if reverse and _REVERSE not in kept:
        kept.append(_REVERSE)
    return f"\x1b[{';'.join(kept)}m" if kept or not parameters else ""


def _groups(parameters: str) -> Iterator[str]:
    """The parameters, each with the arguments that stand behind it."""
    parts = parameters.split(";")
    position = 0
    while position < len(parts):
        kinds = _EXTENDED.get(parts[position], {})
        kind = parts[position + 1] if position + 1 < len(parts) else ""
        length = 1 + kinds.get(kind, 0)
        yield ";".join(parts[position : position + length])
        position += length


def _is_colour(code: str) -> bool:
    number = int(code or 0)
    return 30 <= number <= 49 or number == 58 or 90 <= number <= 107


def _is_background(code: str) -> bool:
    return code not in {_BLACK, _DEFAULT_BACKGROUND} and (code[0] == "4" or len(code) == 3)
