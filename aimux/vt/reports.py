"""Questions in the form of control sequences, and their answers.

Nothing of an answer is text that a program or a person can choose, titles included: whatever can
make a terminal type is a way into the shell that reads it.
"""

from typing import Final

from aimux.vt.attributes import (
    BLINK,
    BOLD,
    DIM,
    HIDDEN,
    INDEXED_BACKGROUND,
    INDEXED_FOREGROUND,
    ITALIC,
    OVERLINE,
    REVERSE,
    STRIKE,
    TABLE,
)
from aimux.vt.colours import RGB
from aimux.vt.csi import Handler, Parameters
from aimux.vt.mode_sequences import mode_state
from aimux.vt.terminal import Terminal

NAME: Final = "aimux"


def _primary_attributes(terminal: Terminal, parameters: Parameters) -> None:
    """DA1: a VT100 with the advanced video option, as tmux says."""
    if parameters[0] <= 0:
        terminal.reply("\x1b[?1;2c")


def _secondary_attributes(terminal: Terminal, parameters: Parameters) -> None:
    """DA2: 84 is tmux's number, which programs take for a multiplexer's abilities."""
    if parameters[0] <= 0:
        terminal.reply("\x1b[>84;0;0c")


def _tertiary_attributes(terminal: Terminal, parameters: Parameters) -> None:
    """DA3: a unit id of zeros, as xterm says."""
    if parameters[0] <= 0:
        terminal.reply("\x1bP!|00000000\x1b\\")


def _device_status(terminal: Terminal, parameters: Parameters) -> None:
    """DSR 5 (operating) and 6 (CPR, in the scroll region when DECOM is set)."""
    if parameters[0] == 5:
        terminal.reply("\x1b[0n")
    elif parameters[0] == 6:
        terminal.reply(f"\x1b[{_position(terminal)}R")


def _private_device_status(terminal: Terminal, parameters: Parameters) -> None:
    """DECXCPR, and 996: whether the colours are dark (1) or light (2)."""
    if parameters[0] == 6:
        terminal.reply(f"\x1b[?{_position(terminal)};1R")
    elif parameters[0] == 996:
        terminal.reply(f"\x1b[?997;{1 if terminal.colours.dark else 2}n")


def _position(terminal: Terminal) -> str:
    row = terminal.y - terminal.top if terminal.modes.origin else terminal.y
    return f"{row + 1};{min(terminal.x, terminal.columns - 1) + 1}"


def _report_mode(terminal: Terminal, parameters: Parameters) -> None:
    """DECRQM for an ANSI mode."""
    if parameters[0] >= 0:
        mode = f"{parameters[0]}"
        terminal.reply(f"\x1b[{mode};{mode_state(terminal, mode)}$y")


def _report_private_mode(terminal: Terminal, parameters: Parameters) -> None:
    """DECRQM for a private mode."""
    if parameters[0] >= 0:
        mode = f"?{parameters[0]}"
        terminal.reply(f"\x1b[{mode};{mode_state(terminal, mode)}$y")


def _report_version(terminal: Terminal, parameters: Parameters) -> None:
    """XTVERSION."""
    if parameters[0] <= 0:
        terminal.reply(f"\x1bP>|{NAME}\x1b\\")


def _report_kitty_flags(terminal: Terminal, _parameters: Parameters) -> None:
    """`CSI ? u`."""
    terminal.reply(f"\x1b[?{terminal.modes.kitty_flags}u")


def _report_key_modifiers(terminal: Terminal, parameters: Parameters) -> None:
    """XTQMODKEYS."""
    if parameters[0] == 4:
        terminal.reply(f"\x1b[>4;{terminal.modes.modify_other_keys}m")


def _window_operation(terminal: Terminal, parameters: Parameters) -> None:
    """XTWINOPS: 18 and 19 report the size, 22 and 23 keep and restore the title; no others."""
    operation = parameters[0]
    if operation in {18, 19}:
        terminal.reply(f"\x1b[{operation - 10};{terminal.lines};{terminal.columns}t")
    elif operation == 22 and parameters[1] in {-1, 0, 2}:
        terminal.push_title()
    elif operation == 23 and parameters[1] in {-1, 0, 2} and terminal.titles:
        terminal.set_title(terminal.titles.pop())


REPORT_TABLE: Final[dict[str, Handler]] = {
    "c": _primary_attributes,
    ">c": _secondary_attributes,
    "=c": _tertiary_attributes,
    "n": _device_status,
    "?n": _private_device_status,
    "$p": _report_mode,
    "?$p": _report_private_mode,
    ">q": _report_version,
    "?u": _report_kitty_flags,
    "?m": _report_key_modifiers,
    "t": _window_operation,
}
"""As `csi.CSI_TABLE`."""

_FLAG_PARAMETERS: Final = (
    (BOLD, "1"),
    (DIM, "2"),
    (ITALIC, "3"),
    (BLINK, "5"),
    (REVERSE, "7"),
    (HIDDEN, "8"),
    (STRIKE, "9"),
    (OVERLINE, "53"),
)


def colour_parameters(colour: int, base: int, *, indexed: bool) -> str:
    """The SGR parameters of a colour that is not the default; `base` is 30, 40 or 50."""
    if colour >= RGB:
        red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
        return f"{base + 8}:2::{red}:{green}:{blue}"
    if indexed or colour >= 16 or base == 50:
        return f"{base + 8}:5:{colour}"
    return f"{base + colour}" if colour < 8 else f"{base + 52 + colour}"


def rendition(terminal: Terminal) -> str:
    """The SGR parameters that give the attributes in force."""
    attributes = TABLE[terminal.attribute]
    flags = attributes.flags
    parameters = ["0", *(text for flag, text in _FLAG_PARAMETERS if flags & flag)]
    if attributes.underline_style:
        parameters.append(f"4:{attributes.underline_style}")
    colours = (
        (attributes.foreground, 30, bool(flags & INDEXED_FOREGROUND)),
        (attributes.background, 40, bool(flags & INDEXED_BACKGROUND)),
        (attributes.underline, 50, True),
    )
    parameters += [
        colour_parameters(colour, base, indexed=indexed)
        for colour, base, indexed in colours
        if colour >= 0
    ]
    return ";".join(parameters)


def report_setting(terminal: Terminal, setting: str) -> None:
    """DECRQSS: SGR, DECSTBM and DECSCUSR are known; the question itself is never sent back."""
    if setting == "m":
        answer = f"{rendition(terminal)}m"
    elif setting == "r":
        answer = f"{terminal.top + 1};{terminal.bottom + 1}r"
    elif setting == " q":
        answer = f"{terminal.cursor_shape} q"
    else:
        terminal.reply("\x1bP0$r\x1b\\")
        return
    terminal.reply(f"\x1bP1$r{answer}\x1b\\")


_CAPABILITIES: Final = {
    "Co": "256",
    "colors": "256",
    "TN": "tmux-256color",
    "name": "tmux-256color",
    "RGB": "8/8/8",
    "Tc": "",
    "Su": "",
    "Smulx": r"\E[4:%p1%dm",
    "Ss": r"\E[%p1%d q",
    "Se": r"\E[2 q",
}
_MAXIMUM_CAPABILITIES: Final = 16


def report_capabilities(terminal: Terminal, names: str) -> None:
    """XTGETTCAP: hexadecimal names joined by `;`; each is answered alone."""
    for coded in names.split(";")[:_MAXIMUM_CAPABILITIES]:
        name = _unhex(coded)
        if name in _CAPABILITIES:
            value = _CAPABILITIES[name]
            answer = _hex(name) + (f"={_hex(value)}" if value else "")
            terminal.reply(f"\x1bP1+r{answer}\x1b\\")
        else:
            terminal.reply("\x1bP0+r\x1b\\")


def _hex(text: str) -> str:
    return text.encode().hex()


def _unhex(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("ascii")
    except ValueError:
        return ""
