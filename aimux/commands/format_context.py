"""What a format's names mean: the scope that variables are read in, and the loops over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aimux.commands.effects import Effects
from aimux.commands.format_scope import Scope
from aimux.commands.format_search import search_rows
from aimux.commands.format_variables import STYLED_VARIABLES, VARIABLES
from aimux.commands.targets import MousePlace, Target
from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.state import State
from aimux.styles.escapes import literal

KINDS = ("session", "window", "pane")


def format_kind(kind: str) -> dict[str, str]:
    """The variables that say what a line is of: a `session`, a `window` or a `pane`."""
    return {f"{one}_format": "1" if one == kind else "0" for one in KINDS}


@dataclass(slots=True)
class StateContext:
    """A `FormatContext` over the server's state.

    Attributes:
        target: The session, link, window and pane that variables are read of.
        client: The client that `client_*` describe; without one they are empty.
        extra: Variables that a command adds, which win over all others.
        drawn: Whether the result is drawn, so that `#[...]` in it would be a style.
    """

    state: State
    effects: Effects
    target: Target
    client: Client | None = None
    extra: dict[str, str] = field(default_factory=dict)
    mouse: MousePlace | None = None
    drawn: bool = False

    def variable(self, name: str) -> str | None:
        """A variable, an option or an environment variable; None if there is none of that name."""
        value = self.extra.get(name)
        if value is not None:
            return value
        reader = VARIABLES.get(name)
        if reader is not None:
            value = reader(self._scope())
            return value if name in STYLED_VARIABLES else self._for_drawing(value)
        text = self._option(name)
        return text if text is not None else self._environment(name)

    def _for_drawing(self, value: str | None) -> str | None:
        """A program's title or name must not change the look of the line that it stands in."""
        if value is None or not self.drawn:
            return value
        return literal(value)

    def all_variables(self) -> Iterator[tuple[str, str]]:
        """Every variable that has a value here, by name; those that a command added come last."""
        for name in sorted(VARIABLES):
            value = self.variable(name) if name not in self.extra else None
            if value is not None:
                yield name, value
        yield from sorted(self.extra.items())

    def _scope(self) -> Scope:
        return Scope(self.state, self.effects, self.target, self.client, self.mouse)

    def _option(self, name: str) -> str | None:
        for options in self._option_scopes():
            text = options.format_text(name)
            if text is not None:
                return text
        return None

    def _option_scopes(self) -> Iterator[Options]:
        target, state = self.target, self.state
        yield state.server_options
        if target.pane is not None:
            yield target.pane.options
        elif target.window is not None:
            yield target.window.options
        else:
            yield state.window_options
        yield target.session.options if target.session is not None else state.session_options

    def _environment(self, name: str) -> str | None:
        session = self.target.session
        value = session.environment.get(name) if session is not None else None
        return value if value is not None else self.state.environment.get(name)

    def now(self) -> float:
        """Wall-clock seconds since the epoch."""
        return self.effects.now()

    def job(self, command: str) -> str:
        """The last line that `#(command)` printed."""
        session = self.target.session
        path = session.path if session is not None else "/"
        return self.effects.format_job(command, path=path, session=session)

    def sessions(self) -> Iterator[tuple[StateContext, bool]]:
        """Every session by name, and whether it is the scope's."""
        for session in self.state.sessions_by_name():
            yield self.at(Target.of_session(session), "session"), session is self.target.session

    def windows(self) -> Iterator[tuple[StateContext, bool]]:
        """The session's windows by index, and whether each is the one shown."""
        session = self.target.session
        if session is None:
            return
        for link in session.ordered():
            yield self.at(Target.of_link(session, link), "window"), link is session.current

    def panes(self) -> Iterator[tuple[StateContext, bool]]:
        """The window's panes by index, and whether each is the active one."""
        target = self.target
        window = target.window
        for pane in window.panes if window is not None else []:
            place = Target(target.session, target.link, window, pane)
            yield self.at(place, "pane"), window is not None and pane is window.active

    def at(self, target: Target, kind: str) -> StateContext:
        """The same context for another target, as a line of that kind."""
        return replace(self, target=target, extra={**self.extra, **format_kind(kind)})

    def search_pane(self, pattern: str, *, regex: bool, ignore_case: bool) -> int:
        """The first visible row of the pane that matches, counted from 1; 0 for none."""
        pane = self.target.pane
        if pane is None:
            return 0
        return search_rows(pane.screen.rows, pattern, regex=regex, ignore_case=ignore_case)

    def name_exists(self, kind: str, name: str) -> bool:
        """Whether a session (`s`) or a window of the scope's session (`w`) has that name."""
        if kind == "s":
            return self.state.session_named(name) is not None
        session = self.target.session
        return session is not None and any(
            link.window.name == name for link in session.links.values()
        )
