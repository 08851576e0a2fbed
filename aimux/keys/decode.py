"""From one complete escape sequence to the `Key` it stands for. `tokenizer` cuts the stream.

Understood: xterm's and rxvt's function keys, modifyOtherKeys (`CSI 27 ; m ; c ~`), and the kitty
keyboard protocol with all its fields.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from aimux.keys.key import Key, KeyEvent, Modifiers
from aimux.keys.names import control_key
from aimux.keys.sequences import (
    KEYPAD_OF_LETTER,
    KITTY_KEYS,
    NAME_OF_KITTY,
    NAME_OF_LETTER,
    NAME_OF_NUMBER,
    RXVT_ARROWS,
)

_ALL_MODIFIERS = 0xFF
_XTERM_META = 8
_MAX_TEXT = 32

_CSI_KEY = re.compile(
    rb"\x1b\[(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7}))?(?::(?P<base>\d{0,7}))?"
    rb"(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d))?)?(?:;(?P<text>[\d:]*))?"
    rb"(?P<final>[u~A-FHPQRS])"
)
_OTHER_KEY = re.compile(rb"\x1b\[27;(\d{1,3});(\d{1,7})~")
_RXVT_KEY = re.compile(rb"\x1b\[(?:(\d{1,2})([$^@])|([abcd]))")
_RXVT_MODIFIERS = {
    b"$": Modifiers.SHIFT,
    b"^": Modifiers.CTRL,
    b"@": Modifiers.CTRL | Modifiers.SHIFT,
}
_NOT_ON_RXVT = frozenset({1, 4, 25, 26, 28, 29, 31, 32, 33, 34})


@lru_cache(maxsize=1024)
def decode_csi(raw: bytes, *, kitty: bool = False) -> Key | None:
    """The key of a `CSI` sequence.

    Args:
        raw: The whole sequence, beginning with `ESC [`.
        kitty: Whether the terminal speaks kitty's protocol, so that 8 means Super; otherwise it is
            xterm's Meta and gives `ALT`, as in tmux.

    Returns:
        The key, or None if the sequence is none: a report, or unknown. Never raises.
    """
    if raw == b"\x1b[Z":
        return Key("BTab")
    if match := _OTHER_KEY.fullmatch(raw):
        return _character_key(int(match[2]), _modifiers(match[1], kitty=kitty))
    if match := _RXVT_KEY.fullmatch(raw):
        return _rxvt_key(match)
    match = _CSI_KEY.fullmatch(raw)
    if match is None or _is_cursor_report(match):
        return None
    return _csi_key(match, kitty=kitty)


def decode_ss3(raw: bytes) -> Key | None:
    """The key of `ESC O` and a letter, possibly with a digit for modifiers; None if unknown."""
    final = chr(raw[-1])
    held = _modifiers(raw[2:-1].removeprefix(b"1;"), kitty=False)
    if final in RXVT_ARROWS:
        return Key(RXVT_ARROWS[final], held | Modifiers.CTRL)
    name = NAME_OF_LETTER.get(final) or KEYPAD_OF_LETTER.get(final)
    return Key(name, held) if name else None


def decode_control(code: int) -> Key:
    """The key of one C0 character or DEL, as a legacy terminal means it."""
    return Key("BSpace") if code == 0x7F else control_key(code)


def decode_character(text: str) -> Key:
    """The key of one character that was typed as text."""
    return Key("Space") if text == " " else Key(text)


@lru_cache(maxsize=1024)
def decode_alt(rest: bytes) -> Key:
    """The key of `ESC` followed by one character."""
    if len(rest) == 1 and (rest[0] < 0x20 or rest[0] == 0x7F):
        key = decode_control(rest[0])
    else:
        key = decode_character(rest.decode("utf-8", "replace"))
    return Key(key.name, key.modifiers | Modifiers.ALT)


def _modifiers(field: bytes | None, *, kitty: bool) -> Modifiers:
    """The bits of a modifier parameter, which is one more than their sum."""
    bits = (int(field) - 1) & _ALL_MODIFIERS if field and field != b"0" else 0
    if bits & _XTERM_META and not kitty:
        bits = bits & ~_XTERM_META | Modifiers.ALT
    return Modifiers(bits)


def _is_cursor_report(match: re.Match[bytes]) -> bool:
    """`CSI row ; column R` against F3 with modifiers, which looks like a report from row 1."""
    if match["final"] != b"R" or match["modifiers"] is None:
        return False
    return match["code"] != b"1" or not 2 <= int(match["modifiers"] or 0) <= 16


def _csi_key(match: re.Match[bytes], *, kitty: bool) -> Key | None:
    held = _modifiers(match["modifiers"], kitty=kitty)
    code = int(match["code"] or 1)
    if code == 0 and match["final"] == b"u":
        return _typed_text(match)
    find = _BY_FINAL.get(match["final"])
    if find is None:
        name = NAME_OF_LETTER[match["final"].decode()] if code == 1 else None
        key = Key(name, held) if name else None
    else:
        key = find(code, held)
    return _with_fields(key, match) if key else None


def _typed_text(match: re.Match[bytes]) -> Key | None:
    """Text without a key, as an input method types it (kitty: code 0)."""
    text = _text(match["text"])
    return Key(text, text=text) if text else None


def _text(field: bytes | None) -> str:
    codes = (field or b"").split(b":")[:_MAX_TEXT]
    return "".join(_character(int(code)) for code in codes if code)


def _tilde_key(code: int, held: Modifiers) -> Key | None:
    name = NAME_OF_NUMBER.get(code)
    return Key(name, held) if name else None


def _kitty_key(code: int, held: Modifiers) -> Key | None:
    name = NAME_OF_KITTY.get(code)
    if name and len(name) > 1 and code in KITTY_KEYS:
        return Key(name, held)
    return _character_key(code, held)


_BY_FINAL: dict[bytes, Callable[[int, Modifiers], Key | None]] = {
    b"~": _tilde_key,
    b"u": _kitty_key,
}


def _character_key(code: int, held: Modifiers) -> Key | None:
    """The key of a code point that a terminal reports together with modifiers.

    Shift with Tab is `BTab` here too, whatever the protocol, so that one binding serves both.
    """
    if code in {9, 13, 27, 32, 127}:
        name = NAME_OF_KITTY[code]
        if name == "Tab" and held & Modifiers.SHIFT:
            return Key("BTab", held & ~Modifiers.SHIFT)
        return Key(name, held)
    if code < 0x20:
        control = control_key(code)
        return Key(control.name, held | control.modifiers)
    character = _character(code)
    shifted = character.upper() if held & Modifiers.SHIFT else ""
    return Key(character, held, shifted=shifted if len(shifted) == 1 else "") if character else None


def _character(code: int) -> str:
    """The character of a code point, or `""` for what is none (surrogates, too large)."""
    valid = 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if valid and code not in KITTY_KEYS else ""


def _with_fields(key: Key, match: re.Match[bytes]) -> Key:
    """Adds what only kitty's protocol reports: event, text and alternate keys."""
    event = match["event"]
    if not (event or match["text"] or match["shifted"] or match["base"]):
        return key
    return Key(
        key.name,
        key.modifiers,
        event=KeyEvent(int(event)) if event in {b"2", b"3"} else KeyEvent.PRESS,
        text=_text(match["text"]),
        shifted=_character(int(match["shifted"] or 0)) or key.shifted,
        base=_character(int(match["base"] or 0)),
    )


def _rxvt_key(match: re.Match[bytes]) -> Key | None:
    if match[3]:
        return Key(RXVT_ARROWS[match[3].decode()], Modifiers.SHIFT)
    number = int(match[1])
    name = None if number in _NOT_ON_RXVT else NAME_OF_NUMBER.get(number)
    return Key(name, _RXVT_MODIFIERS[match[2]]) if name else None


def with_alt(key: Key) -> Key:
    """The key as it is when ESC stands before its sequence."""
    return Key(key.name, key.modifiers | Modifiers.ALT)
