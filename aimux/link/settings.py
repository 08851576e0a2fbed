"""What a server is started with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the process that starts a server hands it.

    Attributes:
        socket_path: Where it listens, absolute.
        socket_identity: Tells its socket file from any other: for `aimux.link.listener.remove`.
        config_files: The configuration files to load, in this order.
        config_required: They were named by -f: one that is missing is an error to report.
        as_tmux: It was started by the name of tmux: options have tmux's defaults.
        verbose: How often -v was given; 0 to 2 matter.
        environment: The starter's environment: the global environment of the server.
        start_directory: The starter's working directory, absolute: where sessions without a
            directory of their own begin. (The daemon itself stands in `/`.)
        foreground: -D: not a daemon, and the server stays when its last session ends.
    """

    socket_path: str
    socket_identity: tuple[int, int, int] | None
    config_files: tuple[str, ...]
    config_required: bool
    verbose: int
    environment: Mapping[str, str]
    start_directory: str
    foreground: bool
    as_tmux: bool = False
