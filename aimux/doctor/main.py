"""Runs `aimux doctor`: looks at everything, tells it, and says whether it is well."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from aimux.doctor.asking import ask_terminal
from aimux.doctor.configuration import configuration_findings
from aimux.doctor.findings import Finding, Mark, as_json, as_text, is_well
from aimux.doctor.server import SECTION as SERVER
from aimux.doctor.server import server_findings
from aimux.doctor.surroundings import (
    installation_findings,
    program_findings,
    surroundings_findings,
)
from aimux.doctor.terminal import terminal_findings
from aimux.errors import LinkError, PathError

USAGE = "usage: aimux doctor [--json]"


def run(
    words: Sequence[str],
    environment: Mapping[str, str],
    *,
    socket: str | PathError,
    config_files: tuple[str, ...],
) -> tuple[int, str]:
    """The exit status (1 if something is wrong) and what to print.

    Args:
        words: What follows `doctor`.
        environment: This process's.
        socket: The server's socket, or why there can be none.
        config_files: The configuration files that a server would read.

    Raises:
        LinkError: The words are wrong; the text is the usage.
    """
    if list(words) not in ([], ["--json"]):
        raise LinkError(USAGE)
    told = ask_terminal(environment)
    findings = [
        *terminal_findings(environment, told),
        *surroundings_findings(environment),
        *installation_findings(),
        *_server(socket, environment),
        *configuration_findings(config_files, environment),
        *program_findings(),
    ]
    status = 0 if is_well(findings) else 1
    if words:
        return status, as_json(findings)
    coloured = os.isatty(1) and not environment.get("NO_COLOR")
    return status, as_text(findings, coloured=coloured)


def _server(socket: str | PathError, environment: Mapping[str, str]) -> list[Finding]:
    if isinstance(socket, PathError):
        advice = "mend it, or set AIMUX_TMPDIR to a directory of your own"
        return [Finding(SERVER, "socket directory", Mark.FAIL, str(socket), advice)]
    return list(server_findings(socket, environment))
