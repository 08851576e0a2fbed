"""Reading fields of JSON that another program wrote: a wrong type is as good as a missing field."""

import json
from collections.abc import Mapping
from datetime import datetime

MAX_TOKENS = 10**10
Record = Mapping[str, object]
EMPTY: Record = {}


def parse_record(data: bytes | str) -> Record:
    """The object that a JSON text holds; an empty one if it is no object. Never raises."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return EMPTY
    return value if isinstance(value, dict) else EMPTY


def record(fields: Record, name: str) -> Record:
    """A field that is an object; an empty one if it is none."""
    value = fields.get(name)
    return value if isinstance(value, dict) else EMPTY


def records(fields: Record, name: str) -> list[Record]:
    """The objects in a field that is a list."""
    value = fields.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(fields: Record, name: str) -> str:
    """A field that is a text; "" if it is none."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def tokens(fields: Record, name: str) -> int:
    """A field that counts something; 0 if it does not."""
    value = number(fields, name)
    return int(value) if value is not None and 0 <= value <= MAX_TOKENS else 0


def number(fields: Record, name: str) -> float | None:
    """A field that is a number; `None` if it is none."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) < 1e18 else None


def moment(fields: Record, name: str) -> float | None:
    """A field that is a time, as ISO 8601 or in seconds, as seconds since the epoch."""
    value = fields.get(name)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).timestamp()
        except (ValueError, OverflowError, OSError):
            return None
    return number(fields, name)
