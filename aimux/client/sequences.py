"""What the client writes to its terminal besides rows and what Textual draws.

Sources: xterm's ctlseqs; the kitty keyboard protocol, "Progressive enhancement"; DECRQM for modes
2026 (synchronized output) and 69 (left and right margins). Pure functions: state gives text.
"""

from __future__ import annotations

import base64
import binascii
import re

from aimux.protocol.picture_messages import Cursor

# No automatic wrap; focus events; bracketed paste.
START = "\x1b[?7l\x1b[?1004h\x1b[?2004h"
STOP = "\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?25h"
# An own entry on the stack of keyboard modes, and back to whatever was before, shape of the cursor
# included. A terminal that knows nothing of either may show a letter of it.
PUSH_KEYBOARD = "\x1b[>0u"
POP_KEYBOARD = "\x1b[<u\x1b[0 q"
BEGIN_SYNCHRONIZED = "\x1b[?2026h"
END_SYNCHRONIZED = "\x1b[?2026l"

HIDE_CURSOR = "\x1b[?25l"
SHOW_CURSOR = "\x1b[?25h"
BELL = "\a"

WHOLE_REGION = "\x1b[r"
ALL_COLUMNS = "\x1b[?69l"  # ends DECLRMM, and so the margins

MOUSE_MODES = (1000, 1002, 1003)
MOUSE_OFF = "\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l"
ASK_CLIPBOARD = "\x1b]52;c;?\a"
_MAX_TITLE = 1024
_CLIPBOARD_REPLY = re.compile(rb"\x1b\]52;[a-z0-7]{0,16};([A-Za-z0-9+/=]*)(?:\a|\x1b\\)")


def mouse_mode(mode: int) -> str:
    """Ask for mouse reports of DECSET `mode` in SGR form, or for none if it is 0 or unknown."""
    return f"{MOUSE_OFF}\x1b[?{mode}h\x1b[?1006h" if mode in MOUSE_MODES else MOUSE_OFF


def kitty_flags(flags: int) -> str:
    """Replace the keyboard flags of the stack's top entry; only the five defined bits are used."""
    return f"\x1b[={flags & 31};1u"


def modify_other_keys(level: int) -> str:
    """Xterm's modifyOtherKeys at level 1 or 2, or as the terminal had it (0)."""
    return f"\x1b[>4;{level}m" if level in {1, 2} else "\x1b[>4m"


def cursor_place(cursor: Cursor) -> str:
    """CUP to the cursor's place."""
    return f"\x1b[{cursor.row + 1};{cursor.column + 1}H"


def cursor_colour(colour: int) -> str:
    """OSC 12, or OSC 112 for the terminal's own (-1)."""
    return "\x1b]112\x07" if colour < 0 else f"\x1b]12;#{colour & 0xFFFFFF:06x}\x07"


def cursor_shape(shape: int) -> str:
    """DECSCUSR; an unknown shape is the terminal's own."""
    return f"\x1b[{shape if 0 <= shape <= 6 else 0} q"


def place(row: int, column: int, text: str) -> str:
    """`text` written at a place of the terminal."""
    return f"\x1b[{row + 1};{column + 1}H{text}"


def scroll_region(top: int, bottom: int) -> str:
    """DECSTBM: only these rows, the last included, scroll. The cursor goes to the corner."""
    return f"\x1b[{top + 1};{bottom + 1}r"


def scroll_columns(left: int, right: int) -> str:
    """DECLRMM and DECSLRM: only these columns, the last included, scroll."""
    return f"\x1b[?69h\x1b[{left + 1};{right + 1}s"


def title(text: str) -> str:
    """Set the window's title and icon name; whatever is not printable is left out."""
    printable = "".join(character for character in text if character.isprintable())
    return f"\x1b]0;{printable[:_MAX_TITLE]}\a"


_NOTIFICATIONS = {
    "osc9": "\x1b]9;aimux: {}\x1b\\",
    "osc99": "\x1b]99;;aimux: {}\x1b\\",
    "osc777": "\x1b]777;notify;aimux;{}\x1b\\",
}


def notification(form: str, text: str) -> str:
    """Let a terminal notify its person: OSC 9 (iTerm2), OSC 99 (kitty) or OSC 777 (urxvt, foot).

    Control characters are taken out: nothing ends the sequence early.
    """
    told = "".join(letter for letter in text if letter.isprintable())
    return _NOTIFICATIONS.get(form, _NOTIFICATIONS["osc9"]).format(told)


def clipboard(data: bytes) -> str:
    """OSC 52: put `data` into the terminal's clipboard."""
    return f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a"


def clipboard_of_reply(report: bytes) -> bytes | None:
    """What an answer to `ASK_CLIPBOARD` holds; None for any other report, and a broken one."""
    found = _CLIPBOARD_REPLY.fullmatch(report)
    if found is None:
        return None
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return None
