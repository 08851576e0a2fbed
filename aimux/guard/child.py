"""The client's process: forked before the server has answered, so that its imports run meanwhile.

It has two pipes: its ticket comes in by one; the other is its standard error, as whatever it says
of a failure would vanish with the alternate screen. It cannot
outlive the guard for long: while it waits it sees the end of the ticket's pipe, and afterwards the
server detaches a client whose guard has hung up, so its own connection ends.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # what type checkers take for true; the first picture waits for imports
if TYPE_CHECKING:
    from collections.abc import Callable

    StartClient = Callable[[int], int]

REPORT_BYTES = 16 << 10


class ClientProcess:
    """The child, from `fork_client`.

    Attributes:
        pid: Its process.
        status: What waitpid(2) said once it ended; None before.
    """

    def __init__(self, pid: int, *, ticket_pipe: int, report_pipe: int) -> None:
        self.pid = pid
        self.status: int | None = None
        self._ticket_pipe = ticket_pipe
        self._report_pipe = report_pipe
        self._report = b""

    def hand_ticket(self, ticket: bytes) -> None:
        """Send the whole ticket; once. A child that died meanwhile is noticed when it is reaped."""
        data = memoryview(ticket)
        try:
            while data:
                data = data[os.write(self._ticket_pipe, data) :]
        except BrokenPipeError:
            pass
        finally:
            self._close_ticket_pipe()

    def reap(self) -> bool:
        """Collect it if it ended; whether it stands stopped (ctrl-z). Never waits."""
        if self.status is not None:
            return False
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            return True
        if pid:
            self.status = status
        return False

    def signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.status is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once, collect it and let go of its pipes; `report` stays."""
        self._close_ticket_pipe()
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)
        self.report()
        self._close_report_pipe()

    def report_descriptor(self) -> int:
        """Readable when the child wrote to its standard error; -1 once it can't any more."""
        return self._report_pipe

    def report(self) -> str:
        """The last REPORT_BYTES that it wrote to its standard error. Never waits."""
        while self._report_pipe >= 0:
            try:
                piece = os.read(self._report_pipe, REPORT_BYTES)
            except BlockingIOError:
                break
            self._report = (self._report + piece)[-REPORT_BYTES:]
            if not piece:
                self._close_report_pipe()
        return os.fsdecode(self._report)

    def _close_report_pipe(self) -> None:
        if self._report_pipe >= 0:
            os.close(self._report_pipe)
            self._report_pipe = -1

    def _close_ticket_pipe(self) -> None:
        if self._ticket_pipe >= 0:
            os.close(self._ticket_pipe)
            self._ticket_pipe = -1


def fork_client(start_client: StartClient) -> ClientProcess:
    """Fork a child that runs `start_client(descriptor)` and exits with what it returns.

    Args:
        start_client: Imports and runs the client. It reads the ticket (JSON) from the descriptor
            up to its end; an end without a ticket means that no client is wanted.

    Raises:
        OSError: No process can be made.
    """
    ticket_in, ticket_out = os.pipe()
    report_in, report_out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ticket_out)
        os.close(report_in)
        _be_the_client(start_client, ticket_in, report_out)
    os.close(ticket_in)
    os.close(report_out)
    os.set_blocking(report_in, False)
    return ClientProcess(pid, ticket_pipe=ticket_out, report_pipe=report_in)


def _be_the_client(start_client: StartClient, ticket: int, report: int) -> None:
    status = 1
    try:
        with open(report, "w", buffering=1, errors="replace") as sys.stderr:
            status = _run(start_client, ticket)
    finally:
        os._exit(status)  # the frames above belong to the guard


def _run(start_client: StartClient, ticket: int) -> int:
    try:
        return start_client(ticket)
    except KeyboardInterrupt:
        return 1
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        raise
