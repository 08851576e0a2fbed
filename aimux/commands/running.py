"""Commands that run others: shell commands, conditions, files; and the server's own end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from aimux.commands.arguments import commands_after_first, commands_with_c
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.configuration import is_toml, read_configuration
from aimux.commands.display import block_of, held
from aimux.commands.effects import ShellResult
from aimux.commands.modes import show_lines
from aimux.errors import CommandError, ParseError
from aimux.model.command_list import CommandBlock

MAX_DEPTH = 50
SIGNALLED = 128


def run_shell(call: Call) -> None:
    """run-shell [-bCE] [-c directory] [-d delay] [-t target-pane] [shell-command [argument ...]].

    The arguments, as later versions have them, are the command's format variables `1`, `2` ...
    A value for -s is read and means nothing, as in tmux 3.7.
    """
    arguments, variables = call.arguments, _numbered(call)
    delay = _delay(call)
    if arguments.has("C"):
        word = arguments.positional[0] if arguments.positional else ""
        _after(call, delay, lambda: call.queue.insert(block_of(call, word), call.source))
        return
    text = arguments.text(0)
    if text is None:
        _after(call, delay, lambda: None)
        return
    command = call.expand(text, None, **variables)
    release = held(call)

    def done(result: ShellResult) -> None:
        _report(call, command, result)
        release()

    def start() -> None:
        call.effects.run_shell(
            command,
            path=_path(call),
            session=call.target().session,
            done=done,
            with_errors=arguments.has("E"),
        )

    if delay:
        call.effects.after(delay, start)
    else:
        start()


def _numbered(call: Call) -> dict[str, str]:
    """What stands behind the command. Raises CommandError: tmux 3.3a takes nothing there."""
    given = {str(place): str(word) for place, word in enumerate(call.arguments.positional) if place}
    if given and not call.is_later:
        raise CommandError("command run-shell: too many arguments (need at most 1)")
    return given


def _delay(call: Call) -> float:
    text = call.arguments.get("d")
    if text is None:
        return 0.0
    try:
        return max(0.0, float(text))
    except ValueError:
        raise CommandError(f"invalid delay time: {text}") from None


def _after(call: Call, delay: float, action: Callable[[], None]) -> None:
    if not delay:
        action()
        return
    release = held(call)

    def late() -> None:
        action()
        release()

    call.effects.after(delay, late)


def _path(call: Call) -> str:
    given = call.arguments.get("c")
    if given is not None:
        return call.resolve(call.expand(given))
    client, session = call.source.client, call.target().session
    if client is not None and client.session is None and client.path:
        return client.path
    return session.path if session is not None else "/"


def _report(call: Call, command: str, result: ShellResult) -> None:
    """Show what a command printed: tmux 3.3a in the target's pane, later ones to who asked.

    To these the pane counts only if -t names it.
    """
    lines = result.output.splitlines()
    if result.status:
        ended = "returned" if result.status < SIGNALLED else "terminated by signal"
        lines.append(f"'{command}' {ended} {result.status % SIGNALLED}")
        call.source.requester.fail(result.status)
    if call.is_later and not call.arguments.has("t") and not call.arguments.has("b"):
        for line in lines:
            call.print(line)
        return
    pane = call.target().pane
    if lines and pane is not None and pane.id in call.state.panes:
        show_lines(call.state, pane, lines)


def if_shell(call: Call) -> None:
    """if-shell [-bF] [-t target-pane] shell-command command [command]."""
    arguments = call.arguments
    condition = call.expand(arguments.texts()[0])
    if arguments.has("F"):
        _branch(call, holds=condition not in ("", "0"))
        return
    release = held(call)

    def done(result: ShellResult) -> None:
        try:
            _branch(call, holds=result.status == 0)
        except CommandError as error:
            call.source.requester.error(str(error))
        finally:
            release()

    call.effects.run_shell(condition, path=_path(call), session=call.target().session, done=done)


def _branch(call: Call, *, holds: bool) -> None:
    place = 1 if holds else 2
    words = call.arguments.positional
    if place < len(words):
        call.queue.insert(block_of(call, words[place]), call.source)


def source_file(call: Call) -> None:
    """source-file [-Fnqv] [-t target-pane] path ...: its formats are the pane's."""
    arguments = call.arguments
    if call.source.depth >= MAX_DEPTH:
        raise CommandError("too many nested files")
    for word in arguments.texts():
        pattern = call.expand(word) if arguments.has("F") else word
        paths = call.effects.matching_files(pattern, path=_path(call))
        if not paths and not arguments.has("q"):
            call.source.requester.error(f"{pattern}: No such file or directory")
        for path in paths:
            _source(call, path)


def _source(call: Call, path: str) -> None:
    text = call.effects.read_file(path)
    try:
        block = _read(call, text, path)
    except ParseError as error:  # tmux prints the causes, and says by its status that it failed
        call.print(str(error))
        call.source.requester.fail(1)
        return
    if call.arguments.has("v"):
        for line in _verbose(block, path):
            call.print(line)
    if not call.arguments.has("n"):
        call.queue.insert(block, replace(call.source, depth=call.source.depth + 1))


def _verbose(block: CommandBlock, path: str) -> Iterator[str]:
    """The commands of a file with their places, a line a group; blocks within come first."""
    for group in block.groups:
        for command in group:
            for word in command.arguments.positional:
                if isinstance(word, CommandBlock):
                    yield from _verbose(word, path)
        yield f"{path}:{group[0].line}: {CommandBlock((group,)).text}"


def _read(call: Call, text: str, path: str) -> CommandBlock:
    language = call.queue.language
    if not is_toml(path):
        return language.read_file(text, source=path)
    found = read_configuration(language, text, source=path, read_file=call.effects.read_file)
    for error in found.errors:
        call.print(error)
        call.source.requester.fail(1)
    return found.block


def start_server(call: Call) -> None:
    """start-server: that it runs is all there is to do."""
    del call


def kill_server(call: Call) -> None:
    """kill-server."""
    call.effects.shutdown()


COMMANDS = (
    Command(
        name="if-shell",
        alias="if",
        getopt="bFt:",
        arity=(2, 3),
        usage="[-bF] [-t target-pane] shell-command command [command]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        kind=commands_after_first,
        run=if_shell,
    ),
    Command(
        name="kill-server",
        alias=None,
        getopt="",
        arity=(0, 0),
        usage="",
        flags=Flags.CAN_FAIL,
        run=kill_server,
    ),
    Command(
        name="run-shell",
        alias="run",
        getopt="bc:d:CEs:t:",
        arity=(0, None),
        usage="[-bC] [-d delay] [-t target-pane] [shell-command]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        kind=commands_with_c,
        run=run_shell,
    ),
    Command(
        name="source-file",
        alias="source",
        getopt="Fnqt:v",
        arity=(1, None),
        usage="[-Fnqv] path ...",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        run=source_file,
    ),
    Command(
        name="start-server",
        alias="start",
        getopt="",
        arity=(0, 0),
        usage="",
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=start_server,
    ),
)
