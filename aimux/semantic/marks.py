"""The marks that a shell writes about itself: OSC 133, OSC 633 and OSC 7, parsed into records.

Anything printed in a pane can hold a mark (`cat file`), so one is *trusted* only if it carries the
nonce that the pane's own shell was started with. What the marks mean together is `segments`.
"""

import re
from collections.abc import Callable, Mapping
from hmac import compare_digest
from os import fsdecode
from urllib.parse import unquote_to_bytes

from msgspec import Struct

MAX_TEXT = 16_384
"""Characters of a command line that are kept; the rest is cut."""
MAX_PATH = 4096
"""Characters of a directory; a longer one is no directory (Linux's PATH_MAX)."""

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(\\))")
_DIRECTORY_URL = re.compile(r"(?:file|kitty-shell-cwd)://([^/]*)(/.*)", re.DOTALL)
_EXIT_STATUS = re.compile(r"[0-9]{1,3}")


class PromptStart(Struct, frozen=True):
    """OSC 133;A: the shell is about to draw its prompt."""

    trusted: bool


class PromptEnd(Struct, frozen=True):
    """OSC 133;B: the prompt is drawn, what follows is typed."""

    trusted: bool


class CommandText(Struct, frozen=True):
    """OSC 633;E: the command line as the shell read it, newlines and all."""

    text: str
    trusted: bool


class OutputStart(Struct, frozen=True):
    """OSC 133;C: the command line was accepted, what follows is output."""

    trusted: bool


class CommandEnd(Struct, frozen=True):
    """OSC 133;D: the command ended; `exit_status` is 0-255, or `None` if the shell gave none."""

    exit_status: int | None
    trusted: bool


class Directory(Struct, frozen=True):
    """OSC 7 or OSC 633;P;Cwd: the shell's directory, absolute, as `os.fsdecode` gives names.

    `host` is "" where none was named. OSC 7 has no place for a nonce, so it is never trusted;
    aimux's own shells say their directory by both.
    """

    path: str
    host: str
    trusted: bool


Mark = PromptStart | PromptEnd | CommandText | OutputStart | CommandEnd | Directory


def parse_mark(code: int, payload: str, *, nonce: str) -> Mark | None:
    """The mark in `OSC code ; payload`, or `None` if there is none.

    Args:
        code: The number of the OSC: 133 (FinalTerm, "Semantic prompts" of Per Bothner), 633
            (Visual Studio Code) or 7 (current directory). Any other gives `None`.
        payload: What stands between the first `;` and the terminator.
        nonce: The secret of this pane; "" trusts nothing.

    Returns:
        Never raises: a program may write anything.
    """
    parse = _PARSERS.get(code)
    return parse(payload, nonce) if parse else None


def unescape(text: str) -> str:
    r"""The command line written as `text` in OSC 633;E: `\\` is a backslash, `\xNN` a byte.

    Only control characters, `;` and `\` are written so; every other character stands for itself.
    """
    return _ESCAPE.sub(lambda match: "\\" if match[2] else chr(int(match[1], 16)), text)


def _is_trusted(claim: str, nonce: str) -> bool:
    if not nonce:
        return False
    return compare_digest(claim.encode(errors="surrogateescape"), nonce.encode())


def _prompt_mark(payload: str, nonce: str) -> Mark | None:
    """FinalTerm's letters; aimux's shells put the nonce into `aid=`."""
    letter, *parameters = payload.split(";")
    claims = [parameter[4:] for parameter in parameters if parameter.startswith("aid=")]
    trusted = bool(claims) and _is_trusted(claims[0], nonce)
    if letter == "D":
        return CommandEnd(_exit_status(parameters), trusted)
    make = _BY_LETTER.get(letter)
    return make(trusted) if make else None


def _exit_status(parameters: list[str]) -> int | None:
    first = parameters[0] if parameters else ""
    if not _EXIT_STATUS.fullmatch(first):
        return None
    return int(first) if int(first) <= 255 else None


def _code_mark(payload: str, nonce: str) -> Mark | None:
    """Visual Studio Code's marks: its E and P carry a nonce, the letters that it shares do not."""
    letter, _, rest = payload.partition(";")
    if letter == "E":
        text, _, claim = rest.partition(";")
        return CommandText(unescape(text)[:MAX_TEXT], _is_trusted(claim, nonce))
    if letter == "P":
        return _code_directory(rest, nonce)
    return _prompt_mark(payload, "")


def _code_directory(payload: str, nonce: str) -> Directory | None:
    setting, _, claim = payload.partition(";")
    name, _, value = setting.partition("=")
    path = unescape(value)
    if name != "Cwd" or not _is_directory(path):
        return None
    return Directory(path, "", _is_trusted(claim, nonce))


def _directory_url(payload: str, nonce: str) -> Directory | None:
    match = _DIRECTORY_URL.fullmatch(payload)
    if match is None:
        return None
    path = fsdecode(unquote_to_bytes(match[2].encode(errors="surrogateescape")))
    return Directory(path, match[1], trusted=False) if _is_directory(path) else None


def _is_directory(path: str) -> bool:
    return path.startswith("/") and len(path) <= MAX_PATH and "\0" not in path


_BY_LETTER: Mapping[str, Callable[[bool], Mark]] = {
    "A": PromptStart,
    "B": PromptEnd,
    "C": OutputStart,
}
_PARSERS: Mapping[int, Callable[[str, str], Mark | None]] = {
    7: _directory_url,
    133: _prompt_mark,
    633: _code_mark,
}
