"""Pasted bytes on their way into a pane."""

import re

from aimux.keys.modes import InputModes
from aimux.keys.sequences import PASTE_END, PASTE_START

# Also with the C1 form of CSI, which a program may take for ESC [.
_END_MARKER = re.compile(rb"(?:\x1b\[|(?:\xc2)?\x9b)201~")
# C0 but TAB, LF and CR; DEL; C1; and bytes that would be C1 in an 8-bit terminal.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\udc80-\udc9f]")


def encode_paste(
    data: bytes,
    modes: InputModes,
    *,
    first: bool = True,
    last: bool = True,
    trusted: bool = False,
    newline: bytes | None = None,
) -> bytes:
    r"""What a pane receives for pasted bytes, in brackets if its program asked for them.

    Args:
        data: The bytes, or one piece of them. Without `trusted`, pieces are cut between characters.
        modes: What the pane's program asked for.
        first: Whether this is the first piece: it gets the opening bracket.
        last: Whether this is the last piece: it gets the closing bracket.
        trusted: For what a person pastes from the outer terminal: bytes stay as they are, but in
            brackets an end marker among them is made harmless. Everything else (buffers, the
            clipboard, suggestions, messages of agents) is not trusted: all control characters but
            tab, LF and CR are taken out, so that no paste can press a key or end its bracket.
        newline: What each LF of untrusted data becomes (tmux: `paste-buffer -s`). By default CR,
            the key Enter, without brackets, and LF in brackets.
    """
    bracketed = modes.bracketed_paste
    if not trusted:
        data = _without_controls(data)
        data = data.replace(b"\n", newline or (b"\n" if bracketed else b"\r"))
    if not bracketed:
        return data
    data = _END_MARKER.sub(b"^[[201~", data)
    return b"".join((PASTE_START if first else b"", data, PASTE_END if last else b""))


def _without_controls(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return _CONTROLS.sub("", text).encode("utf-8", "surrogateescape")
