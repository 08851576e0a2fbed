"""suggest: what may be done after the last command of a pane failed. aimux's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from aimux.commands.command import Aim, Call, Command
from aimux.commands.result_formats import as_json
from aimux.errors import CommandError, StoreError
from aimux.model.pane import Pane
from aimux.observe.suggestions import Suggestion


def suggest(call: Call) -> None:
    """`suggest [-i] [-t target-pane] [--json]`: print what is suggested; -i types the first."""
    pane = call.the_pane()
    if call.arguments.has("i"):
        require_prompt(call, pane)
    release = call.queue.wait()

    def done(found: Sequence[Suggestion] | StoreError) -> None:
        try:
            _answer(call, pane, found)
        except CommandError as error:
            call.source.requester.error(str(error))
        release()

    call.effects.records.suggest(pane, done)


def _answer(call: Call, pane: Pane, found: Sequence[Suggestion] | StoreError) -> None:
    if isinstance(found, StoreError):
        raise CommandError(str(found))
    if call.arguments.has("i"):
        if not found:
            raise CommandError("nothing to suggest")
        type_line(call, pane, found[0].text)
    elif call.arguments.has("json"):
        call.print(as_json([asdict(one) for one in found]))
    else:
        for one in found:
            call.print(f"{one.text}  # {one.reason}")


def require_prompt(call: Call, pane: Pane) -> None:
    """Raise CommandError if the pane's shell is not known to wait for a command line."""
    if not call.effects.records.is_at_prompt(pane):
        raise CommandError(f"%{pane.id} is at no prompt that aimux knows of")


def type_line(call: Call, pane: Pane, text: str) -> None:
    """Type a command line at a pane's prompt, without Enter.

    Raises:
        CommandError: The pane is at no prompt, or the text has control characters. Line breaks
            and tabs go as a paste, if the shell knows pastes from keys.
    """
    require_prompt(call, pane)
    pastes = pane.screen.modes.bracketed_paste
    letters = text.replace("\n", "").replace("\t", "") if pastes else text
    if not letters.isprintable():
        raise CommandError("a control character cannot be typed")
    data = text.encode("utf-8", "surrogateescape")
    call.effects.write(pane, data if letters == text else b"\x1b[200~" + data + b"\x1b[201~")


COMMANDS = (
    Command(
        name="suggest",
        alias=None,
        getopt="it:",
        arity=(0, 0),
        usage="[-i] [-t target-pane] [--json]",
        target=Aim.PANE,
        run=suggest,
        is_addition=True,
        long={"json": False},
    ),
)
