"""`aimux parse`: what a recorded command's output says, without a server."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from getopt import GetoptError, gnu_getopt
from pathlib import Path

from aimux.errors import AimuxError
from aimux.semantic.recognise import Recogniser
from aimux.semantic.rendering import logical_lines
from aimux.semantic.result import Result

USAGE = (
    "usage: aimux parse [--command text] [--exit-code n] [--columns n] [--cwd directory] [--json] "
    "file"
)

MAX_BYTES = 64 << 20
"""Of a longer recording only the last part is read."""

_LONG = ["command=", "exit-code=", "columns=", "cwd=", "json"]


class ParseError(AimuxError):
    """A recording that cannot be read, or words that make no sense."""


@dataclass(frozen=True, slots=True)
class _Request:
    path: str
    command: str | None
    exit_status: int | None
    columns: int
    directory: str | None
    as_json: bool


def parse_recording(words: Sequence[str]) -> str:
    """What `aimux parse` prints.

    Args:
        words: Those after `parse`. The file holds the raw bytes that a program wrote to a terminal
            of `--columns` (80 unless said); `-` is standard input.

    Raises:
        ParseError: Wrong words, or a file that cannot be read.
    """
    request = _request(words)
    lines = logical_lines(_read(request.path), columns=request.columns)
    recogniser = Recogniser(request.command, directory=request.directory)
    for line in lines:
        recogniser.feed(line)
    result = recogniser.result(request.exit_status)
    return _as_json(result) if request.as_json else _as_text(result)


def _request(words: Sequence[str]) -> _Request:
    try:
        pairs, rest = gnu_getopt(list(words), "", _LONG)
    except GetoptError as error:
        raise ParseError(f"aimux parse: {error}\n{USAGE}") from error
    if len(rest) != 1:
        raise ParseError(USAGE)
    given = dict(pairs)
    status = given.get("--exit-code")
    return _Request(
        path=rest[0],
        command=given.get("--command"),
        exit_status=None if status is None else _number("--exit-code", status, 0, 255),
        columns=_number("--columns", given.get("--columns", "80"), 1, 10_000),
        directory=given.get("--cwd"),
        as_json="--json" in given,
    )


def _number(name: str, text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ParseError(f"aimux parse: {name} is a number from {least} to {most}, not {text}")
    return int(text)


def _read(path: str) -> bytes:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise ParseError(f"aimux parse: {path}: {error.strerror}") from error
    return data[-MAX_BYTES:]


def _as_json(result: Result) -> str:
    fields = asdict(result)
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def _as_text(result: Result) -> str:
    name = result.tool or "unknown tool"
    lines = [f"{result.status}: {name} ({result.kind}) {result.headline}".rstrip()]
    lines += [f"  {name}: {_shown(value)}" for name, value in result.facts.items()]
    for each in result.problems:
        place = ":".join(str(part) for part in (each.path, each.line, each.column) if part)
        code = f" [{each.code}]" if each.code else ""
        lines.append(f"  {place}: {each.severity}: {each.message}{code}")
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
