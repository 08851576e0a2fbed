"""The machine and the person that the server runs as."""

from __future__ import annotations

import getpass
import os
import platform
from functools import cache


@cache
def host_name() -> str:
    """The machine's name."""
    return platform.node()


@cache
def user_name() -> str:
    """The name of the person that the server runs as; the number where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
