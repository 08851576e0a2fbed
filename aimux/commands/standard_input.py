"""The standard input of whoever asked: what `-` names as a file, and `-I` puts into a pane."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.command import Call
from aimux.errors import CommandError
from aimux.model.pane import Pane

MAX_BYTES = 16 << 20  # of what is kept as a whole


def collect(call: Call, done: Callable[[bytes], None]) -> None:
    """Hold the queue back until all has been read, and hand it to `done`, which may fail.

    An error is told, but the commands of the group go on, as in tmux.
    """
    given = call.source.standard_input
    if given is None or given.was_read:
        call.source.requester.error("-: Bad file descriptor")
        return
    data = bytearray()
    release = call.queue.wait()

    def piece(more: bytes) -> None:
        data.extend(more[: MAX_BYTES + 1 - len(data)])

    def end() -> None:
        if len(data) > MAX_BYTES:
            call.source.requester.error("-: File too large")
        else:
            _finish(call, done, bytes(data))
        release()

    given.read(piece, end)


def _finish(call: Call, done: Callable[[bytes], None], data: bytes) -> None:
    try:
        done(data)
    except CommandError as error:
        call.source.requester.error(str(error))


def pour(call: Call, pane: Pane) -> None:
    """Draw it on a pane without a program, piece by piece, and hold the queue back meanwhile.

    Nothing if whoever asked has none, as a key binding.

    Raises:
        CommandError: The pane has, or had, a program.
    """
    if pane.pid:
        raise CommandError("pane is not empty")
    given = call.source.standard_input
    if given is None or given.was_read:
        return

    def piece(data: bytes) -> None:
        if pane.id in call.state.panes:
            pane.screen.feed(data)

    given.read(piece, call.queue.wait())
