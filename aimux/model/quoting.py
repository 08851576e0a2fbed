"""How tmux writes a word so that its parser reads it back: `list-keys` and `show-options` use it.

Says nothing of commands. Text that is no UTF-8 holds lone surrogates (PEP 383).
"""

_DOUBLE_QUOTED = frozenset(" #';${}%")
_SINGLE_QUOTED = frozenset('"')
_NAMED_ESCAPES = {
    "\n": "\\n",
    "\r": "\\r",
    "\b": "\\b",
    "\a": "\\a",
    "\v": "\\v",
    "\t": "\\t",
    "\f": "\\f",
}
_OCTAL_DIGITS = frozenset("01234567")


def quote_argument(text: str) -> str:
    """One argument as tmux 3.3a prints it (args_escape): quoted only where it has to be.

    Within single quotes a backslash is doubled, as tmux does it, although its parser then reads
    two of them.
    """
    if not text:
        return "''"
    quote = _quote_for(text)
    if len(text) == 1 and text != " " and text.isascii() and (quote or text == "~"):
        return f"\\{text}"
    visible = make_visible(text, double_quoted=quote == '"')
    if quote == "'":
        return f"'{visible}'"
    tilde = "\\" if visible.startswith("~") else ""
    return f"{quote}{tilde}{visible}{quote}"


def make_visible(text: str, *, double_quoted: bool = False) -> str:
    r"""The text with control characters, backslashes and bytes that are no UTF-8 as escapes.

    `$` gets a backslash where a variable's name could follow; `"` only when `double_quoted`.
    A NUL is written `\0`, or `\000` before an octal digit. (utf8_strvis of tmux 3.3a with
    VIS_OCTAL, VIS_CSTYLE, VIS_TAB and VIS_NL.)
    """
    if not text or text.isalnum():
        return text
    following = (*text[1:], "")
    return "".join(
        _visible(character, after, double_quoted=double_quoted)
        for character, after in zip(text, following, strict=True)
    )


def _quote_for(text: str) -> str:
    if not _DOUBLE_QUOTED.isdisjoint(text):
        return '"'
    return "" if _SINGLE_QUOTED.isdisjoint(text) else "'"


def _visible(character: str, following: str, *, double_quoted: bool) -> str:
    if character == "$":
        return "\\$" if _starts_variable(following) else "$"
    if character == "\\" or (character == '"' and double_quoted):
        return f"\\{character}"
    if character == "\0":
        return "\\000" if following in _OCTAL_DIGITS else "\\0"
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    return _octal(character)


def _starts_variable(following: str) -> bool:
    return following in {"_", "{"} or (following.isascii() and following.isalpha())


def _octal(character: str) -> str:
    """The character itself if it can be shown, else its byte in octal."""
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return f"\\{code:03o}"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\{code - 0xDC00:03o}"
    return character
