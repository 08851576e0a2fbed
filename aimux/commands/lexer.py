"""From the text of a configuration file or a command string to tokens.

Follows tmux 3.3a's lexer: quotes, escapes, continuation lines, `~`, `$NAME`, comments and the
`%` directives. Knows nothing of commands.
"""

import re
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

from aimux.errors import ParseError

MAXIMUM_NAME = 1022  # characters of a variable's or a user's name


class TokenKind(Enum):
    """What a token is to the parser."""

    END = auto()
    NEWLINE = auto()
    SEMICOLON = auto()
    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    ASSIGNMENT = auto()
    FORMAT = auto()
    HIDDEN = auto()
    IF = auto()
    ELIF = auto()
    ELSE = auto()
    ENDIF = auto()


class Token(Struct, frozen=True):
    """One token; `text` is a word with quotes removed and variables expanded, else empty."""

    kind: TokenKind
    text: str = ""


class ParseContext(Protocol):
    """What parsing needs to know of the world."""

    def lookup_environment(self, name: str) -> str | None:
        """The value of a variable of the global environment."""

    def home(self, user: str | None) -> str | None:
        """The home directory of a user, or of whoever runs the server; None if unknown."""

    def expand_condition(self, text: str) -> str:
        """The format behind `%if` or `%elif`, expanded without running jobs."""

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        """`NAME=value` or `%hidden NAME=value`: takes effect at once, so that `$NAME` sees it."""


_MARKS = {";": TokenKind.SEMICOLON, "{": TokenKind.OPEN, "}": TokenKind.CLOSE}
_DIRECTIVES = {
    "%hidden": TokenKind.HIDDEN,
    "%if": TokenKind.IF,
    "%elif": TokenKind.ELIF,
    "%else": TokenKind.ELSE,
    "%endif": TokenKind.ENDIF,
}
# A word of only these behind % is a key or a pane such as %1, no directive.
_PERCENT_WORD = re.compile(r"%[%0-9]*")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_ENDS_WORD = frozenset(" \t\n;}")
_ENDS_DIRECTIVE = frozenset(" \t\n")
_ENDS_USER = frozenset("/ \t\n\"'")
_FORMAT_AFTER_HASH = frozenset(",#{}:")
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_DIGITS = frozenset("0123456789")
_PLAIN = {  # characters that mean only themselves, by the quote they stand in
    "": re.compile(r"[^ \t\n;}\\~$'\"]+"),
    '"': re.compile(r"[^\n\\~$\"]+"),
    "'": re.compile(r"[^\n\\']+"),
}
_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "e": "\033",
    "f": "\f",
    "s": " ",
    "v": "\v",
    "r": "\r",
    "n": "\n",
    "t": "\t",
}
_CODE_POINT_DIGITS = {"u": 4, "U": 8}
_BYTES = re.compile("[\udc80-\udcff]+")


class Lexer:
    """Tokens of one text, one at a time, so that an assignment is seen by what stands behind it.

    Attributes:
        line: The line reached, from the number given. As in tmux, a comment behind a command counts
            as part of the next line, and newlines within quotes are not counted.
    """

    def __init__(
        self, text: str, *, context: ParseContext, source: str | None = None, line: int = 1
    ) -> None:
        self.line = line
        self._text = text
        self._context = context
        self._source = source
        self._position = 0
        self._held = ""
        self._backslashes = 0
        self._after_newline = False
        self._after_directive = False
        self._at_end = False

    @property
    def offset(self) -> int:
        """Where in the text the last token ended; a comment is part of the newline behind it."""
        return self._position - len(self._held) - self._backslashes

    def error(self, message: str) -> ParseError:
        """The message as tmux prints it: with file and line, if there is a file."""
        place = "" if self._source is None else f"{self._source}:{self.line}: "
        return ParseError(f"{place}{message}")

    def next_token(self) -> Token:
        """The next token; a NEWLINE stands before the END.

        Raises:
            ParseError: A word, a format or a directive that tmux refuses.
        """
        if self._after_newline:
            self.line += 1
        self._after_newline = False
        after_directive, self._after_directive = self._after_directive, False
        while True:
            character = self._read()
            if character in {" ", "\t"}:
                continue
            token = self._token(character, after_directive=after_directive)
            if token is not None:
                return token

    def _token(self, character: str, *, after_directive: bool) -> Token | None:
        if not character:
            return self._end()
        if character == "\n":
            self._after_newline = True
            return Token(TokenKind.NEWLINE)
        if character in _MARKS:
            return Token(_MARKS[character])
        if character == "#":
            return self._hash(after_directive=after_directive)
        if character == "%":
            return self._directive()
        word = self._word(character)
        kind = TokenKind.ASSIGNMENT if _ASSIGNMENT.match(word) else TokenKind.WORD
        return Token(kind, word)

    def _end(self) -> Token:
        if self._at_end:
            return Token(TokenKind.END)
        self._at_end = True
        return Token(TokenKind.NEWLINE)

    def _read(self) -> str:
        """The next character with continuation lines joined; empty at the end."""
        if self._held:
            character, self._held = self._held, ""
            return character
        if self._backslashes:
            self._backslashes -= 1
            return "\\"
        character = self._text[self._position : self._position + 1]
        if character == "\\":
            return self._read_backslashes()
        self._position += len(character)
        return character

    def _read_backslashes(self) -> str:
        """An odd run of backslashes before a newline continues the line."""
        count = 0
        while True:
            character = self._text[self._position : self._position + 1]
            if character == "\\":
                count += 1
            elif character == "\n" and count % 2:
                self.line += 1
                count -= 1
            else:
                break
            self._position += 1
        if not count:
            return self._read()
        self._backslashes = count - 1
        return "\\"

    def _skip_line(self, character: str) -> str:
        while character not in {"\n", ""}:
            character = self._read()
        return character

    def _hash(self, *, after_directive: bool) -> Token | None:
        """A comment, or behind %if and %elif the format of the condition."""
        following = self._read()
        if after_directive and following == "{":
            return Token(TokenKind.FORMAT, self._format())
        if self._skip_line(following) == "\n":
            self.line += 1
            return Token(TokenKind.NEWLINE)
        return None

    def _format(self) -> str:
        parts, depth = ["#{"], 1
        while depth:
            character = self._format_character()
            if character == "#":
                following = self._format_character()
                depth += following == "{"
                character += following
            elif character == "}":
                depth -= 1
            parts.append(character)
        return "".join(parts)

    def _format_character(self) -> str:
        character = self._read()
        if character in {"\n", ""}:
            raise self.error("syntax error")
        return character

    def _directive(self) -> Token:
        parts = ["%"]
        while (character := self._read()) and character not in _ENDS_DIRECTIVE:
            parts.append(character)
        self._held = character
        text = "".join(parts)
        if _PERCENT_WORD.fullmatch(text):
            return Token(TokenKind.WORD, text)
        if text not in _DIRECTIVES:
            raise self.error("syntax error")
        self._after_directive = True
        return Token(_DIRECTIVES[text])

    def _word(self, character: str) -> str:
        parts: list[str] = []
        quote, last = "", None
        while character and (quote or character not in _ENDS_WORD):
            if character == "\n":
                character = self._newline_in_quotes(parts)
                continue
            if character in {"'", '"'} and quote in {"", character}:
                quote = "" if quote else character
            else:
                parts.append(self._expanded(character, quote, starts=last != quote))
                parts.append(self._plain_run(quote))
                last = quote
            character = self._read()
        self._held = character
        return _finished("".join(parts))

    def _plain_run(self, quote: str) -> str:
        """The characters from here that mean only themselves; may be none."""
        if self._held or self._backslashes:
            return ""
        match = _PLAIN[quote].match(self._text, self._position)
        if match is None:
            return ""
        self._position = match.end()
        return match[0]

    def _newline_in_quotes(self, parts: list[str]) -> str:
        """Keep the newline, drop white space and a comment behind it; return what follows."""
        parts.append("\n")
        character = self._read()
        while character in {" ", "\t"}:
            character = self._read()
        if character != "#":
            return character
        following = self._read()
        if following in _FORMAT_AFTER_HASH:
            self._held = following
            return "#"
        return self._skip_line(self._read())

    def _expanded(self, character: str, quote: str, *, starts: bool) -> str:
        if quote == "'":
            return character
        if character == "\\":
            return self._escape()
        if character == "$":
            return self._variable()
        if character == "~" and starts:
            return self._tilde()
        return character

    def _escape(self) -> str:
        character = self._read()
        if not character:
            raise self.error("syntax error")
        if character in _CODE_POINT_DIGITS:
            return self._code_point(character)
        if "0" <= character <= "7":
            return self._octal(character)
        return _ESCAPES.get(character, character)

    def _octal(self, first: str) -> str:
        """Three digits: a byte; those over 0x7F become characters once the word is whole."""
        digits = first
        while first <= "3" and len(digits) < 3:
            character = self._read()
            if not "0" <= character <= "7":
                break
            digits += character
        if len(digits) != 3:
            raise self.error("invalid octal escape")
        code = int(digits, 8)
        return chr(code if code < 0x80 else 0xDC00 + code)

    def _code_point(self, letter: str) -> str:
        digits = ""
        while len(digits) < _CODE_POINT_DIGITS[letter]:
            character = self._read()
            if character in {"\n", ""}:
                raise self.error("syntax error")
            if character not in "0123456789abcdefABCDEF":
                raise self.error(f"invalid \\{letter} argument")
            digits += character
        code = int(digits, 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self.error(f"invalid \\{letter} argument")
        return chr(code)

    def _variable(self) -> str:
        character = self._read()
        if not character:
            raise self.error("syntax error")
        if character == "{":
            name = self._braced_name()
        elif character in _NAME_CHARACTERS - _DIGITS:
            name = self._bare_name(character)
        else:
            self._held = character
            return "$"
        return self._context.lookup_environment(name) or ""

    def _braced_name(self) -> str:
        parts: list[str] = []
        while (character := self._read()) != "}":
            if character not in _NAME_CHARACTERS:
                raise self.error("invalid environment variable")
            self._bound(parts, "environment variable is too long")
            parts.append(character)
        return "".join(parts)

    def _bare_name(self, first: str) -> str:
        parts = [first]
        while (character := self._read()) in _NAME_CHARACTERS:
            self._bound(parts, "environment variable is too long")
            parts.append(character)
        self._held = character
        return "".join(parts)

    def _tilde(self) -> str:
        parts: list[str] = []
        while (character := self._read()) and character not in _ENDS_USER:
            self._bound(parts, "user name is too long")
            parts.append(character)
        self._held = character
        home = self._context.home("".join(parts) or None)
        if home is None:
            raise self.error("syntax error")
        return home

    def _bound(self, parts: list[str], message: str) -> None:
        if len(parts) >= MAXIMUM_NAME:
            raise self.error(message)


def _finished(word: str) -> str:
    """The word with bytes from octal escapes joined to characters, cut at a NUL as in tmux."""
    return _BYTES.sub(_decoded, word.partition("\0")[0])


def _decoded(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
