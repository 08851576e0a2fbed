"""Cuts the bytes of an outer terminal into tokens: text, keys, pastes, mouse, focus, reports.

Pure: it is told when time has passed. What a sequence means is in `decode` and `mouse`; what a pane
receives for a token is in `encode`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from aimux.keys.decode import (
    decode_alt,
    decode_character,
    decode_control,
    decode_csi,
    decode_ss3,
    with_alt,
)
from aimux.keys.key import Key, Modifiers
from aimux.keys.mouse import MouseEvent, decode_mouse
from aimux.keys.sequences import PASTE_END, PASTE_START
from aimux.keys.user_keys import MAX_USER_KEY

# A report (a clipboard, say) is handed on in pieces of this size at most.
STRING_LIMIT = 1 << 20
# How often `timeout` waits on for the rest of what a person cannot have typed: a slow link cuts
# reports in two, and the second half must not be taken for typing.
PATIENCE = 20


class TokenKind(Enum):
    """What a token is."""

    TEXT = auto()
    KEY = auto()
    PASTE_START = auto()
    PASTE = auto()
    PASTE_END = auto()
    MOUSE = auto()
    FOCUS = auto()
    REPORT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of input.

    Attributes:
        kind: `TEXT`, a run of characters; `KEY`; `PASTE_START`, any number of `PASTE`, `PASTE_END`;
            `MOUSE`; `FOCUS`; `REPORT`, an answer of the terminal or a sequence nobody knows.
        raw: Exactly what the terminal sent. The tokens' `raw`, joined, are the input.
        key: The key of a `KEY`, else None.
        mouse: The event of a `MOUSE`, else None.
    """

    kind: TokenKind
    raw: bytes
    key: Key | None = None
    mouse: MouseEvent | None = None

    @property
    def text(self) -> str:
        """`raw` decoded; a byte that is not UTF-8 becomes a lone surrogate (PEP 383)."""
        return self.raw.decode("utf-8", "surrogateescape")


_ALT_KEY = rb"\x1b\x1b(?:\[(?:[A-FHZa-d]|\d{1,2}[~^$@])|O[A-FHMP-SXa-dj-y])"
_ITEM = re.compile(
    rb"(?P<text>[\x20-\x7e\x80-\xff]+)"
    rb"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    rb"|(?P<mouse>\x1b\[<\d{1,4};\d{1,5};\d{1,5}[Mm]|\x1b\[M[\x20-\xff]{3})"
    rb"|(?P<focus>\x1b\[[IO])"
    rb"|(?P<csi>\x1b\[(?:\d{1,2}\$|(?![M\[])[<-?]?[0-9;:]{0,256}[ -/]{0,4}[@-~]))"
    rb"|(?P<linux>\x1b\[\[[A-E])"
    rb"|(?P<application_escape>\x1bO\[)"
    rb"|(?P<ss3>\x1bO(?:1;)?\d?[A-FHMP-SXa-dj-y])"
    rb"|(?P<string>\x1b(?:\][0-9lL]|P[01>!]|_G))"
    rb"|(?P<alt_key>" + _ALT_KEY + rb")"
    rb"|(?P<alt_escape>\x1b\x1b(?=[^\[O\]P_]))"
    rb"|(?P<alt>\x1b(?:[\x00-\x1a\x1c-NQ-Z\\^`-\x7f]"
    rb"|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}))"
)
# The beginnings of items, to the end of what has come: more is needed to tell.
_BEGINNING = re.compile(
    rb"\x1b(?:\[(?:[<-?]?[0-9;:]{0,256}[ -/]{0,4}|\[|M[\x20-\xff]{0,2})"
    rb"|O(?:1;?)?\d?|[\]P_]"
    rb"|\x1b(?:\[\d{0,2}|[O\]P_])?"
    rb"|[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}"
    rb")?\Z"
)
# What a person can type that is also the beginning of something longer.
_TYPED = re.compile(rb"\x1b|\x1b\x1b.?|\x1b.", re.DOTALL)
_STRING_STOP = re.compile(rb"[\x00-\x1f\x7f]")


class Tokenizer:
    """The tokenizer of one outer terminal. Linear in its input; nothing is lost, nothing raises.

    Feed it what was read. While `pending`, call `timeout` when `escape-time` has passed since the
    last call of either, again and again: that is how a lone ESC becomes the key Escape.

    Attributes:
        kitty: Whether the terminal has said that it speaks kitty's protocol. Set it at any time.
        expects_reports: Whether the terminal was asked something: a lone ESC is rather the
            beginning of an answer that a slow link has cut than the key Escape. Likewise.
        user_keys: What a person calls keys (`user-keys`), by their bytes. Likewise.
    """

    def __init__(self, *, kitty: bool = False) -> None:
        self.kitty = kitty
        self.expects_reports = False
        self.user_keys: Mapping[bytes, Key] = {}
        self._held = b""
        self._string = bytearray()
        self._in_string = False
        self._in_paste = False
        self._patience = PATIENCE
        self._tokens: list[Token] = []

    @property
    def pending(self) -> bool:
        """Whether something unfinished is held that `timeout` may have to decide."""
        return (bool(self._held) or self._in_string) and not self._in_paste

    def feed(self, data: bytes) -> list[Token]:
        """The tokens that these bytes complete; what is unfinished is held."""
        self._patience = PATIENCE
        return self._scan(data)

    def timeout(self) -> list[Token]:
        """The tokens of what is held, now that nothing has followed for a while.

        Empty, with `pending` still true, while the rest of a report may yet come.
        """
        if not self.pending:
            return []
        may_be_typed = not (self._in_string or self.expects_reports)
        if self._patience and not (may_be_typed and _TYPED.fullmatch(self._held)):
            self._patience -= 1
            return []
        tokens = self._end_string()
        while self._held:
            data, self._held = self._held, b""
            token = _undecided(data)
            tokens += [token, *self._scan(data[len(token.raw) :])]
        return tokens

    def _scan(self, data: bytes) -> list[Token]:
        buffer = self._held + data if self._held else data
        position, end = 0, len(buffer)
        self._tokens = []
        while position < end:
            behind = self._step(buffer, position)
            if behind is None:
                break
            position = behind
        self._held = buffer[position:]
        tokens, self._tokens = self._tokens, []
        return tokens

    def _step(self, buffer: bytes, position: int) -> int | None:
        """Takes one item; the position behind it, or None if it is not complete."""
        if self._in_paste:
            return self._take_paste(buffer, position)
        if self._in_string:
            return self._take_string(buffer, position)
        behind = self._take_user_key(buffer, position) if self.user_keys else position
        return self._take_item(buffer, position) if behind == position else behind

    def _take_item(self, buffer: bytes, position: int) -> int | None:
        match = _ITEM.match(buffer, position)
        if match is None:
            return self._take_unmatched(buffer, position)
        if match.lastgroup == "text":
            return self._take_text(buffer, position, match.end())
        if match.lastgroup == "string":
            self._in_string = True
            self._string += match[0]
            return match.end()
        self._tokens.append(self._token(match.lastgroup or "", match[0]))
        return match.end()

    def _take_user_key(self, buffer: bytes, position: int) -> int | None:
        """As `_step`, of a key that a person has named; `position` where there is none."""
        rest = buffer[position : position + MAX_USER_KEY]
        for sequence, key in self.user_keys.items():
            if rest.startswith(sequence):
                self._tokens.append(Token(TokenKind.KEY, sequence, key))
                return position + len(sequence)
        unfinished = rest.startswith(b"\x1b") and position + len(rest) == len(buffer)
        begun = unfinished and any(sequence.startswith(rest) for sequence in self.user_keys)
        return None if begun else position

    def _take_unmatched(self, buffer: bytes, position: int) -> int | None:
        if _BEGINNING.match(buffer, position):
            return None
        token = _undecided(buffer[position : position + 3])
        self._tokens.append(token)
        return position + len(token.raw)

    def _take_text(self, buffer: bytes, position: int, end: int) -> int | None:
        if end == len(buffer):
            end -= _unfinished_length(buffer[max(position, end - 3) : end])
        if end == position:
            return None
        self._tokens.append(Token(TokenKind.TEXT, buffer[position:end]))
        return end

    def _take_paste(self, buffer: bytes, position: int) -> int | None:
        end = buffer.find(PASTE_END, position)
        if end < 0:
            end = len(buffer) - _marker_length(buffer[max(position, len(buffer) - 5) :])
        if end > position:
            self._tokens.append(Token(TokenKind.PASTE, buffer[position:end]))
            return end
        if buffer.startswith(PASTE_END, position):
            self._tokens.append(Token(TokenKind.PASTE_END, PASTE_END))
            self._in_paste = False
            return end + len(PASTE_END)
        return None

    def _take_string(self, buffer: bytes, position: int) -> int | None:
        """Collects a report up to BEL or ST. No report holds another control: that ends it too."""
        stop = _STRING_STOP.search(buffer, position)
        room = position + STRING_LIMIT - len(self._string)
        end = min(stop.start() if stop else len(buffer), room)
        self._string += buffer[position:end]
        if end == room:
            self._tokens.append(Token(TokenKind.REPORT, bytes(self._string)))
            self._string.clear()
        if stop is None or end < stop.start():
            return end
        length = _terminator_length(buffer, end)
        if length is None:
            return end if end > position else None
        self._string += buffer[end : end + length]
        self._tokens += self._end_string()
        return end + length

    def _end_string(self) -> list[Token]:
        string, self._string, self._in_string = bytes(self._string), bytearray(), False
        return [Token(TokenKind.REPORT, string)] if string else []

    def _token(self, group: str, raw: bytes) -> Token:
        if group == "csi":
            return self._csi_token(raw)
        if group == "mouse":
            event = decode_mouse(raw)
            return Token(TokenKind.MOUSE if event else TokenKind.REPORT, raw, mouse=event)
        if group == "focus":
            return Token(TokenKind.FOCUS, raw)
        key = _KEY_OF_GROUP[group](raw)
        return Token(TokenKind.KEY if key else TokenKind.REPORT, raw, key)

    def _csi_token(self, raw: bytes) -> Token:
        if raw == PASTE_START:
            self._in_paste = True
            return Token(TokenKind.PASTE_START, raw)
        key = decode_csi(raw, kitty=self.kitty)
        return Token(TokenKind.KEY if key else TokenKind.REPORT, raw, key)


def characters(token: Token) -> Iterator[Token]:
    """A `TEXT` token as one `KEY` token for each character, for looking keys up one by one."""
    for character in token.text:
        raw = character.encode("utf-8", "surrogateescape")
        yield Token(TokenKind.KEY, raw, decode_character(character))


_ESCAPE = Key("Escape")
_ALT_ESCAPE = Key("Escape", Modifiers.ALT)


def _alt_key(raw: bytes) -> Key | None:
    inner = decode_csi(raw[1:]) if raw[2:3] == b"[" else decode_ss3(raw[1:])
    return with_alt(inner) if inner else None


_KEY_OF_GROUP: dict[str, Callable[[bytes], Key | None]] = {
    "control": lambda raw: decode_control(raw[0]),
    "linux": lambda raw: Key(f"F{raw[-1] - 0x40}"),
    "application_escape": lambda _: _ESCAPE,
    "ss3": decode_ss3,
    "alt_key": _alt_key,
    "alt_escape": lambda _: _ALT_ESCAPE,
    "alt": lambda raw: decode_alt(raw[1:]),
}


def _undecided(data: bytes) -> Token:
    """The first token of bytes that begin no sequence: a key with ESC before it, or broken text."""
    if data[0] != 0x1B:
        return Token(TokenKind.TEXT, data)
    if data == b"\x1b\x1b":
        return Token(TokenKind.KEY, data, _ALT_ESCAPE)
    if len(data) == 1 or data[1] == 0x1B or data[1] >= 0x80:
        return Token(TokenKind.KEY, data[:1], _ESCAPE)
    return Token(TokenKind.KEY, data[:2], decode_alt(data[1:2]))


def _terminator_length(buffer: bytes, position: int) -> int | None:
    """How many bytes at a control character inside a string belong to it; None if not yet known."""
    if buffer[position] == 0x07:
        return 1
    if buffer[position] == 0x1B and position + 1 == len(buffer):
        return None
    return 2 if buffer.startswith(b"\x1b\\", position) else 0


def _unfinished_length(tail: bytes) -> int:
    """How many of the last bytes are the beginning of a UTF-8 character."""
    for length in range(1, len(tail) + 1):
        byte = tail[-length]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4 if byte < 0xF5 else 1
            return length if needed > length else 0
        if not 0x80 <= byte < 0xC0:
            return 0
    return 0


def _marker_length(tail: bytes) -> int:
    """How many of the last bytes are the beginning of a paste's end marker."""
    for length in range(min(len(tail), len(PASTE_END) - 1), 0, -1):
        if PASTE_END.startswith(tail[-length:]):
            return length
    return 0
