"""What a person asks for in the sidebar: a pane, a line of output, an answer to an agent."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.exchange_pages import ROW_COMMANDS
from aimux.commands.output_places import show_output
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.fleet.bus_url import is_host
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.client_messages import OutputOpened, PaneOpened, PromptAnswered, RowAsked
from aimux.protocol.message import Message
from aimux.server.attachment import Attachment
from aimux.server.facts import FactBook


class Opening:
    """Does what rows of sidebars stand for, for the clients of one server.

    Panes are shown by `show-pane`, so that a client without permission cannot do more here than by
    its keys.
    """

    def __init__(self, state: State, effects: Effects, facts: FactBook) -> None:
        self._state = state
        self._effects = effects
        self._facts = facts

    def do(self, client: Client, attachment: Attachment, message: Message) -> None:
        """Do what a message asks for; `RowKept` asks for nothing. Errors are shown to the person.

        Whatever leads to a pane gives the focus back to it.
        """
        try:
            match message:
                case PaneOpened(pane=number):
                    self._go(client, attachment, self._pane(number))
                case OutputOpened(pane=number, command=command, row=row):
                    pane = self._pane(number)
                    self._go(client, attachment, pane)
                    self._show_output(pane, command, row)
                case RowAsked():
                    self._run(client, _command(message))
                case PromptAnswered(pane=number, request=request, answer=answer):
                    self._answer(client, self._pane(number), request, answer)
                case _:
                    pass
        except CommandError as error:
            self._run(client, f"display-message {_quoted(str(error))}")

    def _pane(self, number: int) -> Pane:
        pane = self._state.panes.get(PaneId(number))
        if pane is None:
            raise CommandError(f"can't find pane: %{number}")
        return pane

    def _go(self, client: Client, attachment: Attachment, pane: Pane) -> None:
        attachment.focus_sidebar(focused=False)
        if client.pane is not pane:
            self._run(client, f"switch-client -Z -t %{pane.id}")

    def _run(self, client: Client, command: str) -> None:
        self._effects.run_at(
            client, command, current=Target(client.session), mouse=None, mouse_event=None
        )

    def _show_output(self, pane: Pane, command: int, row: int) -> None:
        record = self._facts.record(pane, command)
        if record is None:
            raise CommandError("that output has left the history")
        show_output(self._state, pane, record.first_row, row)

    def _answer(self, client: Client, pane: Pane, request: int, answer: str) -> None:
        """Type what answers an agent, only while what it asks is what the person has seen."""
        if client.read_only:
            raise CommandError("client is read-only")
        keys = self._facts.keys_of_answer(pane, request, answer)
        if keys is None:
            raise CommandError(f"%{pane.id} does not ask that any more")
        self._effects.records.person_answered(pane, answer)
        self._effects.write(pane, keys)


def _command(asked: RowAsked) -> str:
    """What a key on a row runs, as the person at the client. Raises CommandError."""
    command = ROW_COMMANDS.get((asked.kind, asked.key))
    if command is None or (asked.host and not is_host(asked.host)):
        raise CommandError(f"nothing is done to a {asked.kind} by {asked.key}")
    return command.format(id=f"{asked.id}@{asked.host}" if asked.host else asked.id)


def _quoted(text: str) -> str:
    """An error's words as one word of a command, none of it a format."""
    return "'" + text.replace("#", "##").replace("'", "") + "'"
