"""What a pane's program receives for keys, text and tokens, given the modes that it asked for."""

from dataclasses import replace

from aimux.keys.decode import decode_character, decode_control
from aimux.keys.key import Key, Modifiers
from aimux.keys.kitty import encode_kitty
from aimux.keys.legacy import encode_legacy, encode_modified, utf8
from aimux.keys.modes import InputModes, KittyFlags, MouseEncoding, MouseProtocol
from aimux.keys.mouse import encode_mouse
from aimux.keys.paste import encode_paste
from aimux.keys.sequences import FOCUS_IN, FOCUS_OUT
from aimux.keys.tokenizer import Token, TokenKind

__all__ = [
    "InputModes",
    "KittyFlags",
    "MouseEncoding",
    "MouseProtocol",
    "encode_focus",
    "encode_key",
    "encode_mouse",
    "encode_paste",
    "encode_text",
    "encode_token",
]


def encode_key(key: Key, modes: InputModes) -> bytes:
    """The bytes of a key for a pane; `b""` for a key that sends nothing (`Any`, `User0`, a mouse).

    Plain panes get what tmux 3.3a sends with TERM=tmux-256color, with these exceptions: `KPEnter`
    outside DECKPAM is CR (tmux: LF), and where tmux sends nothing because it has no bytes for a
    modifier, the key goes out as xterm would send it (Control with `1` is `1`).
    """
    if modes.kitty_flags:
        return encode_kitty(key, modes)
    if modes.modify_other_keys:
        return encode_modified(key, modes)
    return encode_legacy(key, modes)


def encode_text(text: str, modes: InputModes) -> bytes:
    """The bytes of a text that is typed, character by character (`send-keys -l`)."""
    if not modes.kitty_flags & KittyFlags.ALL_KEYS:
        return utf8(text)
    return b"".join(_encode_character(character, modes) for character in text)


def _encode_character(character: str, modes: InputModes) -> bytes:
    code = ord(character)
    if 0xD800 <= code < 0xE000:
        return utf8(character)
    is_control = code < 0x20 or code == 0x7F
    return encode_key(decode_control(code) if is_control else decode_character(character), modes)


def encode_focus(modes: InputModes, *, focused: bool) -> bytes:
    """What a pane's program is told when its pane gains or loses the focus (mode 1004)."""
    if not modes.focus_events:
        return b""
    return FOCUS_IN if focused else FOCUS_OUT


def encode_token(token: Token, modes: InputModes, *, left: int = 0, top: int = 0) -> bytes:
    """The whole rule of forwarding: what a pane receives for a token of the outer terminal.

    Text and pastes pass untouched. Keys are written anew for the pane's modes, which gives the
    same bytes where both terminals agree. Reports are nobody's but the client's.

    Args:
        token: What the tokenizer made.
        modes: What the pane's program asked for.
        left: The column of the outer terminal at which the pane begins, from 0.
        top: The row of the outer terminal at which the pane begins, from 0.
    """
    match token:
        case Token(kind=TokenKind.KEY, key=Key() as key):
            return _encode_key_token(token.raw, key, modes)
        case Token(kind=TokenKind.TEXT):
            return _encode_text_token(token, modes)
        case Token(kind=TokenKind.MOUSE, mouse=event) if event:
            return encode_mouse(event, modes, column=event.column - left, row=event.row - top)
    return token.raw if _passes(token.kind, modes) else b""


def _passes(kind: TokenKind, modes: InputModes) -> bool:
    if kind in {TokenKind.PASTE_START, TokenKind.PASTE_END}:
        return modes.bracketed_paste
    if kind is TokenKind.FOCUS:
        return modes.focus_events
    return kind is TokenKind.PASTE


def _encode_text_token(token: Token, modes: InputModes) -> bytes:
    return encode_text(token.text, modes) if modes.kitty_flags & KittyFlags.ALL_KEYS else token.raw


def _encode_key_token(raw: bytes, key: Key, modes: InputModes) -> bytes:
    """ESC before a whole sequence stays there, as in tmux: the program may take it for Escape."""
    if not modes.kitty_flags and raw.startswith(b"\x1b\x1b") and len(raw) > 2:
        return b"\x1b" + encode_key(replace(key, modifiers=key.modifiers & ~Modifiers.ALT), modes)
    return encode_key(key, modes)
