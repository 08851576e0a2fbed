"""What server options say of the bytes that keys send: `backspace`, `extended-keys-format`."""

from __future__ import annotations

from functools import lru_cache

from aimux.errors import KeyNameError
from aimux.keys.legacy import encode_legacy
from aimux.keys.modes import InputModes
from aimux.keys.names import parse_key_name
from aimux.model.options import Options

DELETE = b"\x7f"


class KeySettings:
    """The settings of a server, as they are whenever they are asked for.

    Args:
        options: The server's options; None for what they are by default.
    """

    def __init__(self, options: Options | None = None) -> None:
        self._options = options

    @property
    def backspace(self) -> bytes:
        """What Backspace sends."""
        return DELETE if self._options is None else _bytes_of(self._options.text("backspace"))

    @property
    def csi_u(self) -> bool:
        """Whether keys that xterm's modifyOtherKeys writes are written as `CSI u`."""
        options = self._options
        return options is not None and options.text("extended-keys-format") == "csi-u"


@lru_cache(maxsize=64)
def _bytes_of(name: str) -> bytes:
    try:
        return encode_legacy(parse_key_name(name), InputModes()) or DELETE
    except KeyNameError:
        return DELETE
