"""What commands ask of the fleet that their server is in. The server does it; see `exchange`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from aimux.agents.addresses import Others
from aimux.agents.shared_values import Shared, Written
from aimux.agents.tasks import Task, TaskWish
from aimux.errors import StoreError
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact

Answer = TypeVar("Answer")


class FleetStatus(Struct, frozen=True):
    """How it stands with the fleet.

    Attributes:
        bus: Where the bus is, without passwords; "" for no fleet.
        name: What other hosts call this one.
        is_connected: What has to leave does so at once.
        why: Why it is not connected; without a fleet, what is wrong with `bus-url`.
        hosts: The other hosts that are there.
        queued: How much has to leave.
    """

    bus: str = ""
    name: str = ""
    is_connected: bool = False
    why: str = ""
    hosts: tuple[str, ...] = ()
    queued: int = 0


class FleetView(Protocol):
    """The fleet, as commands see it."""

    def status(self) -> FleetStatus:
        """How it stands."""
        ...

    def others(self) -> Others:
        """The other hosts, and who is there."""
        ...

    def agents(self) -> Sequence[AgentFact]:
        """The agents of other hosts; those of a host that has gone are still told for a while."""
        ...

    def shares(self, namespace: str) -> bool:
        """Whether all hosts have one namespace of that name; then see `write_value`."""
        ...

    def values_of(self, namespace: str) -> str:
        """Whose values a namespace's are in the store: for reading."""
        ...

    def write_value(
        self, value: Shared, expected: int | None, done: Callable[[Written | StoreError], None]
    ) -> None:
        """Write a value that hosts share.

        Args:
            value: It; its version says nothing.
            expected: The version that it must have; None: whatever it has.
            done: Told, in a later turn of the loop, what came of it.
        """
        ...

    def delete_value(self, value: Shared, done: Callable[[Written | StoreError], None]) -> None:
        """Take a value away that hosts share; of it the name alone counts."""
        ...

    @property
    def claims(self) -> str:
        """Whose claims there are in the store: for reading, and for `change_claims`."""
        ...

    def change_claims(
        self, work: Callable[[Store], Answer], done: Callable[[Answer | StoreError], None]
    ) -> None:
        """Change the claims, as the only one who does: the work may be run more than once."""
        ...

    def tasks(self) -> Sequence[tuple[str, Task]]:
        """The tasks of other hosts, with whose they are; as known last, while cut off."""
        ...

    def ask_task(self, wish: TaskWish, done: Callable[[bool | StoreError], None]) -> None:
        """Ask another host to do something to a task of its own.

        Args:
            wish: What.
            done: Told whether it was done, in a later turn of the loop; False: it waits to be,
                or, of a claim, nobody has answered.
        """
        ...

    def warn_elsewhere(self, address: str, pane: int, text: str) -> None:
        """Let people be told who look at a pane on the host that an address leads to."""
        ...

    def notes_leave(self, namespace: str) -> str:
        """Whose outbox notes of a namespace go to; "" for nobody's."""
        ...
