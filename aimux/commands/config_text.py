"""Changing one option in the text of a config.toml; every other character stays."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator

from aimux.errors import CommandError

_HEADER = re.compile(r"\s*\[\s*([A-Za-z0-9_.\s\"'-]+?)\s*\]\s*(#.*)?")


def with_option(text: str, scope: str, name: str, value: str) -> str:
    """A config.toml in which an option has another value.

    Args:
        text: The file as it is; may be empty.
        scope: The table of `options` that the option belongs to, such as `server`.
        name: The option.
        value: A text.

    Raises:
        CommandError: The file is no TOML, or is written in a way (inline tables) in which the
            option cannot be changed without changing more.
    """
    wanted = _changed(_parsed(text), scope, name, value)
    changed = _written(text, scope, name, json.dumps(value, ensure_ascii=False))
    if _parsed_or_none(changed) != wanted:
        raise CommandError(f"config.toml: set {name} under [options.{scope}] by hand")
    return changed


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"config.toml: {error}") from error


def _parsed_or_none(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _changed(document: dict[str, object], scope: str, name: str, value: str) -> dict[str, object]:
    """The document as it has to be afterwards."""
    options = document.get("options", {})
    options = dict(options) if isinstance(options, dict) else {}
    table = options.get(scope, {})
    options[scope] = {**(table if isinstance(table, dict) else {}), name: value}
    return {**document, "options": options}


def _written(text: str, scope: str, name: str, value: str) -> str:
    lines = text.splitlines(keepends=True)
    line = f"{name} = {value}\n"
    place = next(_table_lines(lines, f"options.{scope}"), None)
    if place is None:
        gap = "\n" if text.strip() else ""
        end = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{end}{gap}[options.{scope}]\n{line}"
    key = re.compile(rf"\s*(\"{re.escape(name)}\"|{re.escape(name)})\s*=")
    for index in _table_lines(lines, f"options.{scope}"):
        if key.match(lines[index]):
            return "".join([*lines[:index], _with_comment(lines[index], line), *lines[index + 1 :]])
    header = lines[place] if lines[place].endswith("\n") else f"{lines[place]}\n"
    return "".join([*lines[:place], header, line, *lines[place + 1 :]])


def _with_comment(old: str, line: str) -> str:
    """The new line with the comment of the old one, where that is easily told."""
    comment = re.fullmatch(r"[^#\"']*=\s*(\"[^\"\\]*\"|'[^']*')(\s*#.*)\n?", old)
    return f"{line[:-1]}{comment[2]}\n" if comment else line


def _table_lines(lines: list[str], table: str) -> Iterator[int]:
    """The line of a table's header, then those below it up to the next header."""
    inside = False
    for index, line in enumerate(lines):
        header = _HEADER.fullmatch(line.rstrip("\n"))
        if header is not None:
            inside = re.sub(r"[\s\"']", "", header[1]) == table
        if inside:
            yield index
