"""Makes the sessions of a plan, by ordinary commands to aimux's server."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from aimux.errors import LinkError
from migrate_tmux.aimux_server import AimuxServer
from migrate_tmux.progress import Told, untold
from migrate_tmux.session_plan import PanePlan, SessionPlan, WindowPlan

IDS = "#{window_id} #{pane_id}"


def build_session(server: AimuxServer, plan: SessionPlan, told: Told = untold) -> list[str]:
    """Make a session.

    Args:
        server: Where.
        plan: What it has.
        told: Is told of every window that is made.

    Returns:
        What could not be done as planned, one line each; the session stands nevertheless.

    Raises:
        LinkError: There is one of that name, or it cannot be made; nothing has been made then.
    """
    if server.has_session(plan.name):
        raise LinkError(f"duplicate session: {plan.name}")
    builder = _Builder(server, plan, told)
    try:
        builder.build()
    except LinkError:
        builder.give_up()
        raise
    return builder.problems


class _Builder:
    def __init__(self, server: AimuxServer, plan: SessionPlan, told: Told) -> None:
        self.problems: list[str] = []
        self._told = told
        self._server = server
        self._plan = plan
        self._session = ""

    def build(self) -> None:
        current = ""
        windows = self._plan.windows
        for number, window in enumerate(windows, 1):
            self._told(f"making {self._plan.name}: window {number} of {len(windows)}")
            identity = self._window(window)
            if window.active:
                current = identity
        self._options(self._plan.options, "-t", self._session)
        if current:
            self._server.run("select-window", "-t", f"{self._session}:{current}")

    def give_up(self) -> None:
        """Take back what was made."""
        if self._session:
            self._attempt("kill-session", "-t", self._session)

    # ---- windows ----

    def _window(self, window: WindowPlan) -> str:
        if window.link is not None and self._session:
            return self._linked(window, window.link)
        first, *others = window.panes
        identity, pane = self._first_pane(window, first)
        panes = [pane]
        for plan in others:
            panes.append(self._split(window, panes[-1], plan))
            if len(panes) < len(window.panes):
                # Room for the next one, whatever the layout will be.
                self._server.run("select-layout", "-t", identity, "tiled")
        self._arrange(window, identity)
        for plan, pane in zip(window.panes, panes, strict=True):
            self._fill(plan, pane)
        self._options(window.options_after, "-w", "-t", identity)
        if window.zoomed and len(panes) > 1:
            self._attempt("resize-pane", "-Z", "-t", identity)
        return identity

    def _first_pane(self, window: WindowPlan, pane: PanePlan) -> tuple[str, str]:
        name = ["-n", window.name] if window.name else []
        start = [*_start(pane, window.directory or self._plan.directory), "-P", "-F"]
        if not self._session:
            return self._new_session(window, [*name, *start], pane)
        index = "" if window.index is None else str(window.index)
        target = ["-t", f"{self._session}:{index}"]
        made = self._server.run("new-window", "-d", *target, *name, *start, IDS, *_program(pane))
        return _two(made)

    def _new_session(
        self, window: WindowPlan, words: Sequence[str], pane: PanePlan
    ) -> tuple[str, str]:
        plan = self._plan
        size = ["-x", str(plan.columns), "-y", str(plan.rows)]
        made = self._server.run(
            *("new-session", "-d", "-s", plan.name, *size, *_environment(plan.environment)),
            *(*words, f"#{{session_id}} #{{window_index}} {IDS}", *_program(pane)),
        )
        self._session, index, identity, pane_id = made.split()
        for name, value in plan.environment.items():
            self._server.run("set-environment", "-t", self._session, name, value)
        if window.index is not None and index != str(window.index):
            self._server.run("move-window", "-s", identity, "-t", f"{self._session}:{window.index}")
        return identity, pane_id

    def _linked(self, window: WindowPlan, link: tuple[str, int]) -> str:
        index = "" if window.index is None else str(window.index)
        source = f"={link[0]}:{link[1]}"
        self._server.run("link-window", "-d", "-s", source, "-t", f"{self._session}:{index}")
        return self._server.run("display-message", "-p", "-t", source, "#{window_id}").strip()

    def _split(self, window: WindowPlan, before: str, pane: PanePlan) -> str:
        start = _start(pane, window.directory or self._plan.directory)
        words = ["-d", "-t", before, *start, "-P", "-F", "#{pane_id}", *_program(pane)]
        return self._server.run("split-window", *words).strip()

    def _arrange(self, window: WindowPlan, identity: str) -> None:
        self._options(window.options, "-w", "-t", identity)
        if window.layout:
            self._attempt("select-layout", "-t", identity, window.layout)

    def _fill(self, plan: PanePlan, pane: str) -> None:
        if plan.title:
            self._attempt("select-pane", "-t", pane, "-T", plan.title)
        for line in plan.typed:
            self._server.run("send-keys", "-t", pane, "-l", "--", _protected(line))
            self._server.run("send-keys", "-t", pane, "Enter")
        self._options(plan.options, "-p", "-t", pane)
        if plan.active:
            self._server.run("select-pane", "-t", pane)

    # ---- commands that may fail ----

    def _options(self, options: Mapping[str, str], *target: str) -> None:
        for name, value in options.items():
            self._attempt("set-option", *target, "--", name, _protected(value))

    def _attempt(self, *words: str) -> None:
        try:
            self._server.run(*words)
        except LinkError as error:
            self.problems.append(f"{self._plan.name}: {words[0]}: {error}")


def _two(made: str) -> tuple[str, str]:
    first, second = made.split()
    return first, second


def _start(pane: PanePlan, directory: str) -> list[str]:
    place = pane.directory or directory
    return [*(["-c", place] if place else []), *_environment(pane.environment)]


def _environment(variables: Mapping[str, str]) -> list[str]:
    return [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]


def _program(pane: PanePlan) -> list[str]:
    """What the pane runs, where that is not just the shell: then the shell comes behind it."""
    if pane.contents is None:
        return []
    file = shlex.quote(str(pane.contents))
    return [f'cat {file}; rm -f {file}; exec "${{SHELL:-/bin/sh}}"']


def _protected(word: str) -> str:
    """A word that ends no command: `;` at a word's end would."""
    return f"{word[:-1]}\\;" if word.endswith(";") else word
