"""The server's start: the configuration is loaded, and commands that come meanwhile wait."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from aimux.commands.build import Language
from aimux.commands.command import Source
from aimux.commands.configuration import is_toml, read_configuration
from aimux.commands.effects import Effects
from aimux.commands.queue import Queue
from aimux.errors import CommandError
from aimux.link.framing import number_field
from aimux.link.settings import ServerSettings
from aimux.model.command_list import CommandBlock
from aimux.model.state import State
from aimux.pty.processes import descends_from
from aimux.server.connection import Connection
from aimux.server.requesters import ConfigRequester


class StartUp:
    """The loading of one server's configuration.

    Args:
        requester: Keeps what goes wrong until somebody attaches.
        run: Runs a request that had to wait.
    """

    def __init__(
        self,
        state: State,
        settings: ServerSettings,
        effects: Effects,
        language: Language,
        requester: ConfigRequester,
        *,
        run: Callable[[Connection, Mapping[str, object]], None],
    ) -> None:
        self._state = state
        self._settings = settings
        self._effects = effects
        self._language = language
        self._requester = requester
        self._run = run
        self._loaded = False
        self._postponed: dict[Connection, Mapping[str, object]] = {}

    def load(self) -> None:
        """Run the files that there are; one may hold the others back, with a job."""
        self._state.is_configured = False
        queue = Queue(self._state, self._effects, self._language, idle=self._files_read)
        found = []
        for path in self._settings.config_files:
            if os.path.exists(path):  # noqa: PTH110  # one stat
                found.append(path)
            elif not self._settings.config_required:
                continue
            try:
                queue.append(self._read(path), Source(self._requester))
            except CommandError as error:
                self._requester.error(str(error))
        self._state.config_files = tuple(found)
        queue.run()

    def _read(self, path: str) -> CommandBlock:
        text = self._effects.read_file(path)
        if not is_toml(path):
            return self._language.read_file(text, source=path)
        read_file = self._effects.read_file
        found = read_configuration(self._language, text, source=path, read_file=read_file)
        for error in found.errors:
            self._requester.error(error)
        return found.block

    def _files_read(self) -> None:
        """The sessions of the server before come first, so that a client may attach to one."""
        if not self._state.server_options.flag("autosave-restore"):
            self._done()
            return
        queue = Queue(self._state, self._effects, self._language, idle=self._done)
        queue.append(self._language.read_string("restore-sessions -q"), Source(self._requester))
        queue.run()

    def _done(self) -> None:
        """Nothing is left to be run; commands that came meanwhile have their turn."""
        self._loaded = self._state.is_configured = True
        sessions = self._state.sessions_by_name()
        if sessions:
            self._requester.show(self._state, sessions[0])
        while self._postponed:
            connection = next(iter(self._postponed))
            self._run(connection, self._postponed.pop(connection))

    # ---- what comes meanwhile ----

    @property
    def loaded(self) -> bool:
        """Whether all of it has run."""
        return self._loaded

    @property
    def waited_for(self) -> bool:
        """Whether a request waits for it."""
        return bool(self._postponed)

    def postpone(self, connection: Connection, request: Mapping[str, object]) -> bool:
        """Let a request wait until all is loaded; False if it need not.

        A job of the configuration need not: it cannot end before its command has, and the
        configuration not before the job.
        """
        if self._loaded or descends_from(number_field(request, "pid"), os.getpid()):
            return False
        self._postponed[connection] = request
        return True

    def lost(self, connection: Connection) -> None:
        """Whoever sent a request that waits has gone."""
        self._postponed.pop(connection, None)
