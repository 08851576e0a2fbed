"""What commands ask for, done for real (`aimux.commands.effects.Effects`)."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence

from aimux.commands.agent_book import AgentBook, AgentProcess
from aimux.commands.effects import Battery, RunningJob, ShellResult
from aimux.commands.exchange import Exchange
from aimux.commands.records import Records
from aimux.errors import CommandError
from aimux.events import Event
from aimux.integrations.tmux_shim import module_path
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.server.battery import BatteryReader
from aimux.server.client_effects import ClientEffects
from aimux.server.clock import Clock
from aimux.server.file_effects import FileEffects
from aimux.server.host import Host
from aimux.server.jobs import Jobs
from aimux.server.pane_pipe import Pipes
from aimux.server.program_effects import ProgramEffects


class ServerEffects(ProgramEffects, ClientEffects, FileEffects):
    """The effects of one server: those of its parts, and here what agents, jobs and time are."""

    def __init__(  # noqa: PLR0913  # it is where what the server can do meets
        self,
        host: Host,
        state: State,
        jobs: Jobs,
        pipes: Pipes,
        clock: Clock,
        *,
        records: Records,
        exchange: Exchange,
        as_tmux: bool,
    ) -> None:
        super().__init__(host, state)
        self.records = records
        self.exchange = exchange
        self._pipes = pipes
        self._jobs = jobs
        self._clock = clock
        self._as_tmux = as_tmux
        self._battery = BatteryReader(clock.monotonic)

    def now(self) -> float:
        """Wall-clock seconds."""
        return self._clock.wall()

    # ---- news ----

    def publish(self, event: Event) -> None:
        """Pass news on."""
        self._host.published(event)

    def look(self) -> None:
        """Let the server find out what changed."""
        self._host.look()

    # ---- agents ----

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        return self._host.facts.agent(pane)

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane."""
        return self._host.facts.agent_process(pane)

    def agent_states(self) -> Sequence[str]:
        """The states of all agents."""
        return self._host.facts.agent_states()

    def agents(self) -> Sequence[AgentFact]:
        """The agents of all panes."""
        return self._host.facts.agents()

    @property
    def agent_book(self) -> AgentBook:
        """What agents tell, and why their states are what they are."""
        return self._host.facts.book

    # ---- jobs and time ----

    def run_shell(
        self,
        command: str,
        *,
        path: str,
        session: Session | None,
        done: Callable[[ShellResult], None],
        with_errors: bool = False,
    ) -> None:
        """Run a shell command."""

        def finished(result: ShellResult) -> None:
            done(result)
            self._host.settle_soon()

        environment = self._job_environment(session)
        self._jobs.run(
            command, path=path, environment=environment, done=finished, with_errors=with_errors
        )

    def pipe_text(self, command: str, text: str, *, session: Session | None) -> None:
        """Run a shell command with text as its input."""
        self._jobs.run(
            command,
            path=session.path if session is not None else "/",
            environment=self._job_environment(session),
            done=lambda _result: None,
            given=text.encode("utf-8", "surrogateescape"),
        )

    def open_pipe(
        self, pane: Pane, command: str, *, session: Session, to_command: bool, to_pane: bool
    ) -> None:
        """Run a shell command beside a pane."""
        try:
            self._pipes.open(
                pane,
                self._host.programs.of(pane),
                ["/bin/sh", "-c", command],
                path=session.path,
                environment=self._job_environment(session),
                to_command=to_command,
                to_pane=to_pane,
            )
        except OSError as error:
            raise CommandError(f"pipe error: {error.strerror}") from error

    def close_pipe(self, pane: Pane) -> None:
        """End a pane's pipe."""
        self._pipes.close(pane)

    def format_job(self, command: str, *, path: str, session: Session | None) -> str:
        """What a `#()` command printed last."""
        return self._jobs.format_job(command, path=path, environment=self._job_environment(session))

    def _job_environment(self, session: Session | None) -> dict[str, str]:
        state = self._state
        values = state.environment.visible()
        number = session.id if session is not None else -1
        if session is not None:
            session.environment.apply(values)
        values["AIMUX"] = f"{state.socket_path},{state.pid},{number}"
        if session.options.flag("tmux-env") if session is not None else self._as_tmux:
            values["TMUX"] = values["AIMUX"]
        if state.is_configured:  # before, a configuration asks for the starter's terminal
            values["TERM"] = state.server_options.text("default-terminal")
        values.pop("AIMUX_PANE", None)
        return values

    def battery(self) -> Battery | None:
        """The battery, read now and then."""
        return self._battery.read()

    def jobs(self) -> list[RunningJob]:
        """What runs."""
        return self._jobs.running()

    def own_command(self, words: Sequence[str]) -> str:
        """This Python, with this aimux."""
        modules = ":".join(module_path(sys.path))
        program = (sys.executable, "-m", "aimux", "-S", self._state.socket_path)
        return f"PYTHONPATH={shlex.quote(modules)} {shlex.join((*program, *words))}"

    def shutdown(self) -> None:
        """End the server."""
        self._host.stop()
