"""The commands of copy mode that copy: what, where to, and what becomes of the selection."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from aimux.copymode.outcome import Copied, Outcome
from aimux.copymode.request import Clear, CopyCommand, Request
from aimux.copymode.selection import Unit


class _After(Struct, frozen=True):
    """What becomes of text once it is copied, and of the selection."""

    pipe: bool = False
    to_buffer: bool = True
    append: bool = False
    keep: bool = False
    cancel: bool = False


def _copied(request: Request, after: _After) -> Copied:
    text = request.state.selected()
    prefix = request.word(1 if after.pipe else 0)
    command = request.word(0) if after.pipe else None
    return Copied(text, prefix, after.to_buffer, after.append, after.pipe, command or "")


def _copying(after: _After) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        copied = _copied(request, after)
        if not after.keep:
            request.state.clear_selection()
        return Outcome(after.cancel, copied)

    return run


def _copying_line(after: _After, *, whole: bool) -> Callable[[Request], Outcome]:
    """Copy to the line's end, from its start if `whole`; the cursor stays where it was."""

    def run(request: Request) -> Outcome:
        state = request.state
        before = (state.column, state.row, state.scrolled)
        if whole:
            state.unit = Unit.CHARACTER
            state.start_of_line()
        state.begin_selection()
        for _ in range(request.times - 1):
            state.down()
        state.end_of_line()
        copied = _copied(request, after)
        state.clear_selection()
        state.column, state.row, state.scrolled = before
        return Outcome(after.cancel, copied)

    return run


COPIES: dict[str, tuple[Callable[[Request], Outcome], int]] = {
    "append-selection": (_copying(_After(append=True)), 0),
    "append-selection-and-cancel": (_copying(_After(append=True, cancel=True)), 0),
    "copy-end-of-line": (_copying_line(_After(), whole=False), 1),
    "copy-end-of-line-and-cancel": (_copying_line(_After(cancel=True), whole=False), 1),
    "copy-line": (_copying_line(_After(), whole=True), 1),
    "copy-line-and-cancel": (_copying_line(_After(cancel=True), whole=True), 1),
    "copy-pipe": (_copying(_After(pipe=True)), 2),
    "copy-pipe-and-cancel": (_copying(_After(pipe=True, cancel=True)), 2),
    "copy-pipe-end-of-line": (_copying_line(_After(pipe=True), whole=False), 2),
    "copy-pipe-end-of-line-and-cancel": (
        _copying_line(_After(pipe=True, cancel=True), whole=False),
        2,
    ),
    "copy-pipe-line": (_copying_line(_After(pipe=True), whole=True), 2),
    "copy-pipe-line-and-cancel": (_copying_line(_After(pipe=True, cancel=True), whole=True), 2),
    "copy-pipe-no-clear": (_copying(_After(pipe=True, keep=True)), 2),
    "copy-selection": (_copying(_After()), 1),
    "copy-selection-and-cancel": (_copying(_After(cancel=True)), 1),
    "copy-selection-no-clear": (_copying(_After(keep=True)), 1),
    "pipe": (_copying(_After(pipe=True, to_buffer=False)), 1),
    "pipe-and-cancel": (_copying(_After(pipe=True, to_buffer=False, cancel=True)), 1),
    "pipe-no-clear": (_copying(_After(pipe=True, to_buffer=False, keep=True)), 1),
}

KEEPING_MARKS = {"copy-pipe-no-clear", "copy-selection-no-clear", "pipe-no-clear"}

COPY_COMMANDS: dict[str, CopyCommand] = {
    name: CopyCommand(run, (0, most), Clear.NEVER if name in KEEPING_MARKS else Clear.ALWAYS)
    for name, (run, most) in COPIES.items()
}
