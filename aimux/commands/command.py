"""What a command is, and what it is given when it runs.

A command is a row with its function beside it, in the file of its family. `Call` is the whole world
of such a function: what was typed, whom it was aimed at, the state, and the effects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, Flag, auto
from pathlib import PurePath
from typing import Protocol, TypeVar

from aimux.commands.arguments import ArgumentSpec, KindRule, always_string
from aimux.commands.build import Language
from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.later_tmux import is_later
from aimux.commands.targets import Current, Kind, MousePlace, Target, find, find_client
from aimux.errors import CommandError
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.command_list import Arguments, CommandBlock
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window


class Aim(Enum):
    """What a command's `-t` or `-s` names."""

    NONE = auto()
    SESSION = auto()
    WINDOW = auto()
    WINDOW_INDEX = auto()
    PANE = auto()
    CLIENT = auto()


class Flags(Flag):
    """What else is true of a command.

    START_SERVER: it may start the server. READ_ONLY: a read-only client may run it. CAN_FAIL: it
    runs without a target, too. DEFAULT_MARKED: without `-s` the marked pane is meant.
    PREFER_UNATTACHED: of several sessions, one that no client shows is meant.
    """

    NONE = 0
    START_SERVER = auto()
    READ_ONLY = auto()
    CAN_FAIL = auto()
    DEFAULT_MARKED = auto()
    PREFER_UNATTACHED = auto()


class Requester(Protocol):
    """Who asked: a one-shot command, a person at a client, a configuration file."""

    def output(self, text: str) -> None:
        """A line (or several) of the command's output, without the last newline."""
        ...

    def raw(self, text: str) -> None:
        """Output that has no lines: it is shown as it is."""
        ...

    def error(self, text: str) -> None:
        """The command failed, and why."""
        ...

    def fail(self, status: int) -> None:
        """The command failed with that exit status, and has said why already."""
        ...


class Guards(Protocol):
    """What a queue tells of each command, for a requester that has to keep them apart."""

    def begin(self, source: Source) -> None:
        """A command begins."""
        ...

    def end(self, source: Source, *, failed: bool) -> None:
        """It has returned; what it waits for may go on."""
        ...


class Unguarded:
    """For those who need not."""

    def begin(self, source: Source) -> None:
        """Nothing."""

    def end(self, source: Source, *, failed: bool) -> None:
        """Nothing."""


class StandardInput(Protocol):
    """The standard input of whoever asked.

    Attributes:
        was_read: It has been asked for already, and is not there a second time.
    """

    was_read: bool

    def read(self, piece: Callable[[bytes], None], end: Callable[[], None]) -> None:
        """Call `piece` with all that it holds, in order, then `end`; also if the asker leaves."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a command comes from, and what it may leave out.

    Attributes:
        client: The client that it came from; a one-shot command is a client without a session.
        pane: The pane that the command line was typed in (`$AIMUX_PANE`), if it still lives.
        mouse: The mouse event that a binding was run for.
        mouse_event: The event itself, in cells of the client's terminal.
        key: The key that a binding was run for.
        depth: How many files sourced one another to come here.
        formats: Extra format variables.
        typed: It came from a control client's standard input.
        standard_input: What the asker reads; None for one that reads nothing.
        in_hook: A hook runs it, so it runs no hooks itself.
    """

    requester: Requester
    client: Client | None = None
    pane: Pane | None = None
    mouse: MousePlace | None = None
    mouse_event: MouseEvent | None = None
    key: str = ""
    depth: int = 0
    formats: dict[str, str] = field(default_factory=dict)
    typed: bool = False
    standard_input: StandardInput | None = None
    in_hook: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the command table.

    Attributes:
        name: The command's name.
        alias: Its short name, if it has one.
        getopt: Its flags as getopt writes them; `:` after one that takes an argument.
        arity: Fewest and most words after the flags; None is no limit.
        usage: Its flags and words as `list-commands` shows them.
        run: What it does; None for a command that this version does not have.
        target: What `-t` names.
        source: What `-s` names.
        flags: What else is true of it.
        kind: Where `{}` blocks may stand.
        is_addition: aimux has it and tmux does not.
        long: Its options with names, such as `json`, and whether each has a value (None:
            it may have one behind `=`); additions only.
        anywhere: Its flags may stand behind its words, too; additions only.
    """

    name: str
    alias: str | None
    getopt: str
    arity: tuple[int, int | None]
    usage: str
    run: Callable[[Call], None] | None
    target: Aim = Aim.NONE
    source: Aim = Aim.NONE
    flags: Flags = Flags.NONE
    kind: KindRule = always_string
    is_addition: bool = False
    long: Mapping[str, bool | None] = field(default_factory=dict)
    anywhere: bool = False

    @property
    def spec(self) -> ArgumentSpec:
        """The grammar of its words."""
        tells = self.is_addition
        return ArgumentSpec(
            self.getopt, *self.arity, self.kind, self.long, self.anywhere, tells_usage=tells
        )


class Continuation(Protocol):
    """The queue as a command sees it.

    Attributes:
        current: What later commands mean without a target, e.g. the window just made.
    """

    current: Target | None

    def insert(self, block: CommandBlock, source: Source) -> None:
        """Run these after the command that runs now and before those that follow it."""
        ...

    def insert_hook(self, block: CommandBlock, source: Source, place: Target | None) -> None:
        """The same for a hook's commands, whose current target is `place` and theirs alone."""
        ...

    def wait(self) -> Callable[[], None]:
        """Hold the queue back until the returned function is called."""
        ...

    def run(self) -> None:
        """Run what was inserted after the queue had run empty."""
        ...

    @property
    def language(self) -> Language:
        """Reads commands from text."""
        ...


@dataclass(slots=True)
class Call:
    """One run of one command.

    Attributes:
        landed: Where the command's after hook runs, if that is not its target: what it made.
    """

    command: Command
    arguments: Arguments
    state: State
    effects: Effects
    source: Source
    queue: Continuation
    landed: Target | None = None
    _target: Target | None = None
    _origin: Target | None = None

    # ---- what it was aimed at ----

    def current(self, *, marked: bool = False) -> Current:
        """What a target may leave out; with `marked`, the marked pane is meant first."""
        source = self.source
        return Current(
            client=source.client,
            pane=source.pane,
            mouse=source.mouse,
            target=self.queue.current,
            marked=marked,
        )

    def target(self) -> Target:
        """What `-t` names, or what is meant without it."""
        if self._target is None:
            self._target = self.find(self.arguments.get("t"), self.command.target)
        return self._target

    def standing_target(self) -> Target | None:
        """The target, if there is one now that the command has run; else what is current."""
        for found in (self._target, self.queue.current):
            if found is not None and found.exists(self.state):
                return found
        client = self.source.client
        session = client.session if client is not None else None
        return Target.of_session(session) if session is not None else None

    def origin(self) -> Target:
        """What `-s` names."""
        if self._origin is None:
            marked = Flags.DEFAULT_MARKED in self.command.flags
            text, aim = self.arguments.get("s"), self.command.source
            self._origin = self.find(text, aim, marked=marked)
        return self._origin

    def find(self, text: str | None, aim: Aim, *, marked: bool = False) -> Target:
        """The target that `text` names. Raises CommandError, unless the command can do without."""
        try:
            return find(
                self.state,
                text,
                KINDS[aim],
                self.current(marked=marked),
                window_index=aim is Aim.WINDOW_INDEX,
                prefer_unattached=Flags.PREFER_UNATTACHED in self.command.flags,
            )
        except CommandError:
            if Flags.CAN_FAIL not in self.command.flags:
                raise
            return self._session_of(text or "")

    def _session_of(self, text: str) -> Target:
        """The session of a target whose window or pane is not there; nothing else of it."""
        session, colon, _ = text.partition(":")
        if not colon and not text.startswith("."):
            return Target()
        name = f"{session}:" if colon else None
        try:
            return Target(find(self.state, name, Kind.SESSION, self.current()).session)
        except CommandError:
            return Target()

    def the_session(self) -> Session:
        """The target's session. Raises CommandError."""
        return required(self.target().session, "session")

    def the_link(self) -> Link:
        """The target's link: a window at an index of a session. Raises CommandError."""
        return required(self.target().link, "window")

    def the_window(self) -> Window:
        """The target's window. Raises CommandError."""
        return required(self.target().window, "window")

    def the_pane(self) -> Pane:
        """The target's pane. Raises CommandError."""
        return required(self.target().pane, "pane")

    def the_client(self, flag: str = "t") -> Client:
        """The client that a flag names, or the one that asked. Raises CommandError."""
        return find_client(self.state, self.arguments.get(flag), self.current())

    def display_client(self) -> Client | None:
        """The client that `-c` names, or that a message for the one that asked goes to, if any."""
        try:
            return self.the_client("c")
        except CommandError:
            if self.arguments.has("c"):
                raise
            return None

    def resolve(self, path: str) -> str:
        """A path as the asker means it: from its directory, or the session's."""
        client, session = self.source.client, self.target().session
        base = session.path if session is not None else "/"
        if client is not None and client.session is None and client.path:
            base = client.path
        return str(PurePath(base) / path)

    # ---- who asked ----

    @property
    def as_tmux(self) -> bool:
        """Whether a program by the name of tmux asked: it shows no more than tmux has."""
        client = self.source.client
        return client is not None and client.as_tmux

    @property
    def is_later(self) -> bool:
        """Whether aimux says that it is a tmux after 3.3, and lists what that has."""
        return is_later(self.state.server_options.text("tmux-version"))

    # ---- what it says ----

    def print(self, text: str) -> None:
        """Show a line to whoever asked."""
        self.source.requester.output(text)

    def expand(self, template: str, target: Target | None = None, **extra: str) -> str:
        """A format's value for a target (the command's own, if none is given)."""
        return expand(template, self.context(target, **extra))

    def passes(self, target: Target) -> bool:
        """Whether the filter `-f` lets a target through."""
        wanted = self.arguments.get("f")
        return wanted is None or self.expand(wanted, target) not in ("", "0")

    def expand_time(self, template: str, target: Target | None = None) -> str:
        """The same with strftime's conversions, as status lines and messages have them."""
        return expand(template, self.context(target), time=True)

    def context(self, target: Target | None = None, **extra: str) -> StateContext:
        """What format variables mean for a target."""
        client = self.source.client
        place = target if target is not None else self.target()
        session = place.session
        if session is not None and session.current is not None and place.link is None:
            place = Target.of_session(session)
        return StateContext(
            self.state,
            self.effects,
            place,
            client=client if client is not None and client.session is not None else None,
            extra={"command": self.command.name, **self.source.formats, **extra},
            mouse=self.source.mouse,
        )


KINDS = {
    Aim.NONE: Kind.SESSION,
    Aim.SESSION: Kind.SESSION,
    Aim.WINDOW: Kind.WINDOW,
    Aim.WINDOW_INDEX: Kind.WINDOW,
    Aim.PANE: Kind.PANE,
    Aim.CLIENT: Kind.SESSION,
}


Found = TypeVar("Found")


def required(found: Found | None, what: str) -> Found:
    """`found`, or a CommandError that says what there is none of."""
    if found is None:
        raise CommandError(f"no current {what}")
    return found
