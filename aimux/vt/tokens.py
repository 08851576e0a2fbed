"""Splits a stream of text into what is drawn and what controls (ECMA-48 5; the VT500 parser).

C1 controls (U+0080..U+009F) are not recognised: in UTF-8 they are characters that nobody sends on
purpose, and a way to end a title early.
"""

import re
from collections.abc import Callable
from typing import Final

# Between ESC and the end of an escape sequence: C0 controls, which act at once, and DEL and
# non-ASCII characters, which are ignored.
FILLER: Final = "[^\x18\x1a\x1b -~]"
SEQUENCE_LIMIT: Final = 256
"""The longest escape sequence, strings apart, that means anything."""
STRING_LIMIT: Final = 1 << 16
CLIPBOARD_LIMIT: Final = 1 << 20
CLIPBOARD: Final = "\x1b]52;"
STRING_SECONDS: Final = 5.0
"""A string without an end is given up after this time, so that it cannot mute a pane for ever."""

# One group: `split` gives text and control by turns. What is open at a chunk's end has been held
# back, so that the text's end, like another ESC, cuts a sequence off.
_split: Final[Callable[[str], list[str]]] = re.compile(
    # U+00AD is none of them: a third range makes `re` look the class up in a bitmap.
    "([\x00-\x1f\x7f-\x9f\xad](?<!\xad)(?:"
    "(?<=\r)\n|"
    # The most frequent kinds begin with what tells them, which is looked at before ESC is.
    r"\[(?<=\x1b.)[^\x18\x1a\x1b@-~]*+(?:[@-~]|[\x18\x1a]|(?=\x1b|\Z))|"
    r"\](?<=\x1b.)[^\x07\x18\x1a\x1b]*+(?:\x07|\x1b\\|[\x18\x1a]|(?=\x1b(?!\\)|\Z))|"
    "(?<=\x1b)(?:"
    r"[X^_k][^\x18\x1a\x1b]*(?:\x1b\\|[\x18\x1a]|(?=\x1b(?!\\)|\Z))|"
    # An open device control string takes the rest, and is held back when it has been found.
    r"P[^\x18\x1a\x1b]*(?:\x1b(?!\\)[^\x18\x1a\x1b]*)*(?:\x1b\\|[\x18\x1a]|\Z)|"
    rf"{FILLER}*[ -/](?:[ -/]|{FILLER})*(?:[0-~]|[\x18\x1a]|(?=\x1b|\Z))|"
    rf"{FILLER}+(?:[0-~]|[\x18\x1a]|(?=\x1b|\Z))|[0-OQ-WYZ\\`-jl-~]"
    "))?)"
).split

_open_sequence: Final = re.compile(
    rf"\x1b(?:\[[^\x18\x1a\x1b@-~]*|{FILLER}*(?:[ -/](?:[ -/]|{FILLER})*)?)\Z"
).match
_open_string: Final = re.compile(
    r"\x1b(?:\][^\x07\x18\x1a\x1b]*|[X^_k][^\x18\x1a\x1b]*)\x1b?\Z"
).match

# How an open string goes on: its end, an abort, or (an ESC alone) the start of something else.
_OSC_END: Final = re.compile(r"\x07|\x1b\\|[\x18\x1a]|\x1b(?=[^\\])").search
_STRING_END: Final = re.compile(r"\x1b\\|[\x18\x1a]|\x1b(?=[^\\])").search
_DCS_END: Final = re.compile(r"\x1b\\|[\x18\x1a]").search
_END: Final = {"]": _OSC_END, "P": _DCS_END}


class _OpenString:
    """A control string whose end has not come yet."""

    __slots__ = ("_end", "_parts", "_size", "held", "since")

    def __init__(self, start: str, since: float) -> None:
        self._end = _END.get(start[1], _STRING_END)
        self._parts: list[str] = []
        self._size = 0
        self.held = ""
        self.since = since
        self._take(start)

    def _take(self, text: str) -> None:
        """Keep `text`; an ESC at its end waits for the next character."""
        if text.endswith("\x1b"):
            self.held = "\x1b"
            text = text[:-1]
        # One over the limit is kept, so that whoever reads the string sees that it is too long.
        room = CLIPBOARD_LIMIT + 1 - self._size
        self._parts.append(text[:room])
        self._size += min(len(text), room)
        if self._size > STRING_LIMIT and not self._joined().startswith(CLIPBOARD):
            self._parts = [self._joined()[: STRING_LIMIT + 1]]
            self._size = STRING_LIMIT + 1

    def _joined(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0]

    @property
    def text(self) -> str:
        """What has come of it."""
        return self._joined() + self.held

    def feed(self, text: str) -> tuple[str, str] | None:
        """The whole control string ("" if aborted) and what follows it, once it has ended."""
        text, self.held = self.held + text, ""
        match = self._end(text)
        if match is None:
            self._take(text)
            return None
        if match[0] == "\x1b":
            return "", text[match.start() :]
        if match[0] in "\x18\x1a":
            return "", text[match.end() :]
        return self._joined() + text[: match.end()], text[match.end() :]


class Tokens:
    """Cuts text into drawn and control parts, whatever the chunks it comes in.

    What is held back between chunks is at most one escape sequence of `SEQUENCE_LIMIT` or one
    string of `STRING_LIMIT` (`CLIPBOARD_LIMIT` for OSC 52) characters, and the time taken is
    linear in what is fed.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sequence = ""
        self._string: _OpenString | None = None

    @property
    def idle(self) -> bool:
        """Whether the next chunk starts outside any control sequence."""
        return self._string is None and not self._sequence

    @property
    def unfinished(self) -> str:
        """The control sequence or string whose end has not come; mostly empty."""
        return self._string.text if self._string is not None else self._sequence

    def reset(self) -> None:
        """Forget what is held back."""
        self._sequence = ""
        self._string = None

    def split(self, text: str) -> list[str]:
        """Text and control by turns, starting and ending with text (which may be empty).

        Controls are single C0 or C1 characters, CR LF, and whole escape sequences and strings. A
        lone ESC, and a sequence or string without its end, is one that something else cut off.
        """
        if self._string is not None:
            return self._split_after_string(self._string, text)
        if self._sequence:
            text = self._sequence + text
            self._sequence = ""
        at = text.rfind("\x1b")
        if at < 0:
            return _split(text)
        held = self._hold_back(text, at)
        parts = _split(text[: len(text) - len(held)])
        if len(parts) > 1 and parts[-2][1:2] == "P" and not _dcs_ended(parts[-2]):
            self._sequence = ""
            self._string = _OpenString(parts[-2] + held, self._clock())
            del parts[-2:]
        return parts

    def _split_after_string(self, string: _OpenString, text: str) -> list[str]:
        if self._clock() - string.since > STRING_SECONDS:
            self._string = None
            return self.split(text)
        ended = string.feed(text)
        if ended is None:
            return [""]
        self._string = None
        control, rest = ended
        parts = self.split(rest)
        return ["", control, *parts] if control else parts

    def _hold_back(self, text: str, at: int) -> str:
        """The sequence or string that is still open at the text's end; it is kept.

        Args:
            text: A chunk.
            at: Where its last ESC is.
        """
        if at == len(text) - 1:
            # The ESC may be the first half of a string's end.
            earlier = text.rfind("\x1b", 0, at)
            if earlier >= 0 and _open_string(text, earlier):
                at = earlier
        if _open_string(text, at):
            self._string = _OpenString(text[at:], self._clock())
        elif _open_sequence(text, at):
            self._sequence = text[at : at + SEQUENCE_LIMIT + 1]
        else:
            return ""
        return text[at:]


def _dcs_ended(control: str) -> bool:
    return control.endswith(("\x1b\\", "\x18", "\x1a"))
