"""Control strings: OSC, DCS and ESC k (xterm ctlseqs); APC, PM and SOS are swallowed whole."""

import base64
import binascii
import re
from collections.abc import Callable
from typing import Final

from aimux.vt.attributes import TABLE, Link
from aimux.vt.colour_specs import parse_colour
from aimux.vt.colours import DYNAMIC, format_colour
from aimux.vt.events import ClipboardSet, NameChanged, Osc, PathChanged
from aimux.vt.reports import report_capabilities, report_setting
from aimux.vt.terminal import Terminal
from aimux.vt.titles import MAXIMUM_TITLE, clean_title
from aimux.vt.tokens import CLIPBOARD, CLIPBOARD_LIMIT, STRING_LIMIT

_MAXIMUM_URI: Final = 2083
_MAXIMUM_PATH: Final = 4096
_MAXIMUM_COLOUR_PAIRS: Final = 256
_drop_controls: Final = re.compile("[\x00-\x1f\x7f-\x9f]+").sub

OscHandler = Callable[[Terminal, str], None]


def _set_title_and_icon(terminal: Terminal, payload: str) -> None:
    terminal.set_icon_name(payload)
    terminal.set_title(payload)


def _set_icon(terminal: Terminal, payload: str) -> None:
    terminal.set_icon_name(payload)


def _set_title(terminal: Terminal, payload: str) -> None:
    terminal.set_title(payload)


def _set_path(terminal: Terminal, payload: str) -> None:
    if len(payload) <= _MAXIMUM_PATH:
        terminal.path = payload
        terminal.emit(PathChanged(payload))


def _set_link(terminal: Terminal, payload: str) -> None:
    """OSC 8 ; parameters ; uri: an empty uri ends the link."""
    parameters, _, uri = payload.partition(";")
    if len(uri) > _MAXIMUM_URI:
        uri = ""
    link = TABLE.links.intern(Link(_link_key(parameters), uri)) if uri else 0
    attributes = TABLE[terminal.attribute]
    if attributes.link != link:
        terminal.attribute = TABLE.intern(attributes._replace(link=link))


def _link_key(parameters: str) -> str:
    for parameter in parameters.split(":"):
        name, _, value = parameter.partition("=")
        if name == "id":
            return value[:MAXIMUM_TITLE]
    return ""


def _palette(terminal: Terminal, payload: str) -> None:
    """OSC 4 ; index ; colour, repeated; `?` asks."""
    fields = payload.split(";")[: 2 * _MAXIMUM_COLOUR_PAIRS]
    for index, colour in zip(fields[::2], fields[1::2], strict=False):
        if index.isdecimal() and len(index) <= 3 and int(index) < 256:
            _palette_entry(terminal, int(index), colour)


def _palette_entry(terminal: Terminal, index: int, text: str) -> None:
    if text == "?":
        terminal.reply(f"\x1b]4;{index};{format_colour(terminal.palette_entry(index))}\x1b\\")
        return
    colour = parse_colour(text)
    if colour is not None:
        terminal.colours.palette[index] = colour


def _reset_palette(terminal: Terminal, payload: str) -> None:
    """OSC 104: the entries given, or all."""
    if not payload:
        terminal.colours.palette.clear()
    for index in payload.split(";")[:_MAXIMUM_COLOUR_PAIRS]:
        if index.isdecimal() and len(index) <= 3:
            terminal.colours.palette.pop(int(index), None)


def _dynamic(code: int) -> OscHandler:
    """OSC 10, 11, 12: further colours of one command go to the next numbers."""

    def handle(terminal: Terminal, payload: str) -> None:
        for number, text in enumerate(payload.split(";")[: 13 - code], start=code):
            if text == "?":
                colour = terminal.colours.dynamic(number)
                terminal.reply(f"\x1b]{number};{format_colour(colour)}\x1b\\")
            else:
                terminal.colours.set_dynamic(number, parse_colour(text))

    return handle


def _reset_dynamic(code: int) -> OscHandler:
    def handle(terminal: Terminal, _payload: str) -> None:
        terminal.colours.reset_dynamic(code)

    return handle


def _clipboard(terminal: Terminal, payload: str) -> None:
    """OSC 52 ; selection ; base64. A question is not answered: the clipboard is the person's."""
    selection, _, coded = payload.partition(";")
    if coded == "?":
        return
    try:
        data = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return
    terminal.emit(ClipboardSet(selection[:16], data))


def _mark(terminal: Terminal, payload: str) -> None:
    """OSC 133 and 633: shell integration; the row remembers the mark's letter."""
    letter = payload[:1]
    if letter.isalpha() and letter.isascii():
        terminal.rows[terminal.y].mark = letter


def _program_status(terminal: Terminal, payload: str) -> None:
    """OSC 7501: `?` asks whether anyone listens; Claude Code wants to know before it reports."""
    if payload == "?":
        terminal.reply("\x1b]7501;?\x1b\\")


_OSC: Final[dict[int, OscHandler]] = {
    0: _set_title_and_icon,
    1: _set_icon,
    2: _set_title,
    4: _palette,
    7: _set_path,
    8: _set_link,
    **{code: _dynamic(code) for code in DYNAMIC},
    52: _clipboard,
    104: _reset_palette,
    **{code + 100: _reset_dynamic(code) for code in DYNAMIC},
    133: _mark,
    633: _mark,
    7501: _program_status,
}
_REPORTED: Final = frozenset({9, 22, 99, 133, 633, 777, 7501, 21337})
"""What the owner hears of, after the screen has done its part."""


def _operating_system_command(terminal: Terminal, body: str) -> None:
    number, _, payload = body.partition(";")
    if not (number.isdecimal() and number.isascii() and len(number) <= 5):
        return
    code = int(number)
    handler = _OSC.get(code)
    if handler is not None:
        handler(terminal, payload)
    if code in _REPORTED and payload != "?":
        terminal.emit(Osc(code, payload, terminal.absolute_row()))


def _device_control(terminal: Terminal, body: str) -> None:
    if body.startswith("$q"):
        report_setting(terminal, body[2:])
    elif body.startswith("+q"):
        report_capabilities(terminal, body[2:])


def _set_name(terminal: Terminal, body: str) -> None:
    terminal.emit(NameChanged(clean_title(body)))


_KINDS: Final[dict[str, Callable[[Terminal, str], None]]] = {
    "]": _operating_system_command,
    "P": _device_control,
    "k": _set_name,
}


def run_string(terminal: Terminal, control: str) -> None:
    """Do what a whole control string says.

    Args:
        terminal: What it acts on.
        control: From its ESC to its end. One without an end was aborted, and one over the limit
            may be cut: both do nothing.
    """
    if control.endswith("\x1b\\"):
        body = control[2:-2]
    elif control[-1] == "\x07":
        body = control[2:-1]
    else:
        return
    if len(body) > (CLIPBOARD_LIMIT if control.startswith(CLIPBOARD) else STRING_LIMIT):
        return
    handler = _KINDS.get(control[1])
    if handler is not None:
        handler(terminal, _drop_controls("", body))
