"""Keys that a person has named by the bytes that their terminal sends (`user-keys`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAX_USER_KEY: Final = 64
"""Bytes of a key; longer ones are no keys."""
MAX_USER_KEYS: Final = 256


def user_keys(items: Mapping[int, object]) -> tuple[tuple[int, bytes], ...]:
    """The keys that the option names: the number of each, and its bytes.

    Args:
        items: The option's items, whose indices are the numbers.
    """
    found = (
        (number, str(text).encode("utf-8", "surrogateescape")) for number, text in items.items()
    )
    usable = [(number, data) for number, data in found if 0 < len(data) <= MAX_USER_KEY]
    return tuple(usable[:MAX_USER_KEYS])
