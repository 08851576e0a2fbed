"""Reads and writes YAML, and takes what was read apart with errors that name the place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from aimux.errors import PathError

MAXIMUM_BYTES = 1 << 20
Document = Mapping[str, object]


def read_yaml(text: str, *, source: str) -> Document:
    """A YAML document (JSON is one, too) that is a mapping.

    Raises:
        PathError: `FILE: reason`.
    """
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PathError(f"{source}: {' '.join(str(error).split())}") from error
    if not isinstance(document, dict):
        raise PathError(f"{source}: no mapping")
    return {str(name): value for name, value in document.items()}


def write_yaml(document: Document) -> str:
    """A document as YAML, in its own order."""
    text: str = yaml.safe_dump(dict(document), sort_keys=False, allow_unicode=True, width=100)
    return text


def read_text(path: Path) -> str:
    """The text of a file of at most a mebibyte.

    Raises:
        PathError: `FILE: reason`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
        if len(data) > MAXIMUM_BYTES:
            raise PathError(f"{path}: file is too big")
        return data.decode()
    except OSError as error:
        raise PathError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise PathError(f"{path}: not UTF-8") from error


def text_at(document: Document, name: str, default: str = "") -> str:
    """A text, a number or a flag as text; the default where there is none. Raises PathError."""
    value = document.get(name)
    if value is None:
        return default
    if isinstance(value, dict | list):
        raise PathError(f"{name}: not a text")
    return plain_text(value)


def plain_text(value: object) -> str:
    """A YAML scalar as tmux writes it: flags as `on` and `off`."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def flag_at(document: Document, name: str, *, default: bool = False) -> bool:
    """A flag; tmuxp also writes it as a text."""
    value = document.get(name, default)
    return str(value).lower() in {"true", "yes", "on", "1"}


def texts_at(document: Document, name: str) -> dict[str, str]:
    """A mapping of texts. Raises PathError."""
    value = document.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise PathError(f"{name}: no mapping")
    return {str(key): plain_text(inner) for key, inner in value.items()}


def list_at(document: Document, name: str) -> list[object]:
    """A list; a single value stands for a list of one. Raises nothing."""
    value = document.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
