"""results and read: what the commands of a pane said, in short and in full. aimux's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.numbers import number
from aimux.commands.result_formats import as_json, as_record, text_lines
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.security.clean import LONGEST, clean
from aimux.semantic.output import Ran
from aimux.semantic.output_reader import last_lines
from aimux.semantic.reading import DEFAULT_TOKENS, Printed, read_commands
from aimux.semantic.recognise import Recogniser

MAX_TOKENS = 10_000_000


def results(call: Call) -> None:
    """`results [-a] [-t target-pane] [--kind kind] [--failed] [--json]`: oldest first."""
    found = [(pane, ran) for pane in _panes(call) for ran in _wanted(call, pane)]
    if call.arguments.has("json"):
        call.print(as_json([as_record(ran, pane.id) for pane, ran in found]))
        return
    for pane, ran in found:
        first, *rest = text_lines(ran)
        place = f"%{pane.id} " if call.arguments.has("a") else ""
        for line in (f"{place}{ran.record.id}: {first}", *rest):
            call.print(line)


def _panes(call: Call) -> list[Pane]:
    return list(call.state.panes.values()) if call.arguments.has("a") else [call.the_pane()]


def _wanted(call: Call, pane: Pane) -> Iterator[Ran]:
    kind = call.arguments.get("kind")
    for ran in call.effects.records.of(pane):
        failed = ran.result.status == "fail"
        if kind in (None, ran.result.kind) and (failed or not call.arguments.has("failed")):
            yield ran


def read(call: Call) -> None:
    """`read [-t target-pane] [--tokens number | --full] [--since id]`."""
    arguments, pane = call.arguments, call.the_pane()
    given = arguments.get("tokens") or str(DEFAULT_TOKENS)
    tokens = number(given, "tokens", low=1, high=MAX_TOKENS)
    since = number(arguments.get("since") or "0", "id")
    if arguments.has("full") and arguments.has("tokens"):
        raise CommandError("--full and --tokens exclude each other")
    printed = [_printed(ran) for ran in call.effects.records.with_output(pane)]
    known = printed or [_unmarked(pane)]
    reading = read_commands(
        [one for one in known if one.id >= since],
        tokens=tokens,
        is_full=arguments.has("full"),
        reader=_reader(pane),
    )
    if reading.text:
        call.print(reading.text)
    if reading.tokens < reading.full_tokens:
        call.print(_what_is_missing(pane, reading.tokens, reading.full_tokens, reading.left_out))


def _printed(ran: Ran) -> Printed:
    text = ran.record.text
    return Printed(
        id=ran.record.id,
        command=None if text is None else clean(text, limit=LONGEST),
        lines=ran.output.shown,
        result=ran.shown_result(),
        exit_status=ran.record.exit_status,
        seconds=ran.record.seconds,
    )


def _unmarked(pane: Pane) -> Printed:
    """What stands in a pane whose program reports no commands."""
    lines: Sequence[str] = last_lines(pane.screen)
    recogniser = Recogniser(None)
    recogniser.feed_lines(lines)
    return Printed(id=0, command=None, lines=lines, result=recogniser.result(None))


def _what_is_missing(pane: Pane, tokens: int, full: int, left_out: int) -> str:
    older = f", {left_out} older left out" if left_out else ""
    return f"[~{tokens} of ~{full} tokens{older}; all of it: {_reader(pane)} --full]"


def _reader(pane: Pane) -> str:
    return f"aimux read -t %{pane.id}"


COMMANDS = (
    Command(
        name="read",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane] [--tokens number | --full] [--since id]",
        target=Aim.PANE,
        flags=Flags.READ_ONLY,
        run=read,
        is_addition=True,
        long={"tokens": True, "full": False, "since": True},
    ),
    Command(
        name="results",
        alias=None,
        getopt="at:",
        arity=(0, 0),
        usage="[-a] [-t target-pane] [--kind kind] [--failed] [--json]",
        target=Aim.PANE,
        flags=Flags.READ_ONLY,
        run=results,
        is_addition=True,
        long={"kind": True, "failed": False, "json": False},
    ),
)
