"""Questions in the form of control sequences, and their answers.

Nothing of an answer is text that a program or a person can choose, titles included: whatever can
make a terminal type is a way into the shell that reads it.
"""

from collections.abc import Callable
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
    PROTECTED,
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
        terminal.report_color_scheme()


def _position(terminal: Terminal) -> str:
    row, column = terminal.y, min(terminal.x, terminal.columns - 1)
    if terminal.modes.origin:
        row, column = max(row - terminal.top, 0), max(column - terminal.left, 0)
    return f"{row + 1};{column + 1}"


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
    """XTWINOPS: 18 reports the size, 22 and 23 keep and restore titles.

    What else there is to ask is about the person's window or is text that a program chose (20 and
    21, which have been ways into shells): no answer.
    """
    operation, which = parameters[0], max(parameters[1], 0)
    if operation == 18:
        terminal.reply(f"\x1b[8;{terminal.lines};{terminal.columns}t")
    elif operation == 22 and which <= 2:
        terminal.push_title()
    elif operation == 23 and which <= 2:
        terminal.pop_title(window=which != 1, icon=which != 2)


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


def _protection(terminal: Terminal) -> str:
    return "1" if TABLE[terminal.attribute].flags & PROTECTED else "0"


# The final bytes of a setting's control to the parameters that are in force.
_SETTINGS: Final[dict[str, Callable[[Terminal], str]]] = {
    "m": rendition,
    "r": lambda terminal: f"{terminal.top + 1};{terminal.bottom + 1}",
    "s": lambda terminal: f"{terminal.left + 1};{terminal.right}",
    "t": lambda terminal: f"{terminal.lines}",
    " q": lambda terminal: f"{terminal.cursor_shape}",
    '"q': _protection,
    '"p': lambda _terminal: "64;1",
    "$|": lambda terminal: f"{terminal.columns}",
    "*|": lambda terminal: f"{terminal.lines}",
}


def report_setting(terminal: Terminal, setting: str) -> None:
    """DECRQSS: SGR, DECSTBM, DECSLRM, DECSLPP, DECSCUSR, DECSCA, DECSCL, DECSCPP and DECSNLS.

    The question itself is never sent back.
    """
    parameters = _SETTINGS.get(setting)
    if parameters is None:
        terminal.reply("\x1bP0$r\x1b\\")
    else:
        terminal.reply(f"\x1bP1$r{parameters(terminal)}{setting}\x1b\\")


# terminfo's and termcap's names, with terminfo's notation of what the terminal understands.
_CAPABILITIES: Final = {
    "Co": "256",
    "colors": "256",
    "TN": "tmux-256color",
    "name": "tmux-256color",
    "RGB": "8/8/8",
    "Tc": "",
    "Su": "",
    "XT": "",
    "am": "",
    "bce": "",
    "km": "",
    "mir": "",
    "msgr": "",
    "xenl": "",
    "Ms": r"\E]52;%p1%s;%p2%s\E\\",
    "Sync": r"\E[?2026%?%p1%{1}%-%tl%eh%;",
    "Smulx": r"\E[4:%p1%dm",
    "Setulc": r"\E[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m",
    "Smol": r"\E[53m",
    "Rmol": r"\E[55m",
    "Ss": r"\E[%p1%d q",
    "Se": r"\E[2 q",
    "setrgbf": r"\E[38:2:%p1%d:%p2%d:%p3%dm",
    "setrgbb": r"\E[48:2:%p1%d:%p2%d:%p3%dm",
    "BE": r"\E[?2004h",
    "BD": r"\E[?2004l",
    "PS": r"\E[200~",
    "PE": r"\E[201~",
    "fe": r"\E[?1004h",
    "fd": r"\E[?1004l",
    "kxIN": r"\E[I",
    "kxOUT": r"\E[O",
    "smcup": r"\E[?1049h",
    "rmcup": r"\E[?1049l",
    "civis": r"\E[?25l",
    "cnorm": r"\E[?25h",
    "ech": r"\E[%p1%dX",
    "rep": r"%p1%c\E[%p2%{1}%-%db",
    "sitm": r"\E[3m",
    "ritm": r"\E[23m",
    "smxx": r"\E[9m",
    "rmxx": r"\E[29m",
    "dim": r"\E[2m",
    "invis": r"\E[8m",
    "kcuu1": r"\EOA",
    "kcud1": r"\EOB",
    "kcuf1": r"\EOC",
    "kcub1": r"\EOD",
    "khome": r"\E[1~",
    "kend": r"\E[4~",
    "kich1": r"\E[2~",
    "kdch1": r"\E[3~",
    "kpp": r"\E[5~",
    "knp": r"\E[6~",
    "kbs": "^?",
    "kcbt": r"\E[Z",
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
