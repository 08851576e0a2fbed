"""What the logs of several agents have in common: turns that a person begins, and their numbers."""

from __future__ import annotations

from aimux.agents.context import Context
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean

MAX_TEXT = 200


class TurnLog:
    """Follows one session; who reads its lines says what they mean.

    Attributes:
        session: The agent's own id of it; "" before it is told.
        directory: Where it works.
        prompted_at: When the last turn began, seconds since the epoch; `None` before.
        context: The newest numbers; `None` before the first.
        claim: How the last turn ended; `None` while one goes on. Its time is the wall clock's.
    """

    source = "log"

    def __init__(self) -> None:
        self.session = self.directory = ""
        self.prompted_at: float | None = None
        self.context: Context | None = None
        self.claim: Claim | None = None
        self._turn_began_with: int | None = None
        self._compactions = 0

    def works_in(self, directory: str) -> bool:
        """Whether the session is one of a directory."""
        return self.directory == directory

    def _begins(self, at: float) -> None:
        """A person gave a prompt."""
        self.claim = None
        self.prompted_at = at
        self._turn_began_with = self.context.used if self.context else None

    def _counts(self, used: int, model: str, cost: float | None = None) -> None:
        """A request was answered; 0 tokens are none that were told."""
        if not used:
            return
        before = self._turn_began_with
        self.context = Context(
            used=used,
            growth=None if before is None else used - before,
            compactions=self._compactions,
            cost=cost,
            model=clean(model, limit=MAX_TEXT),
            source=self.source,
        )

    def _fails(self, at: float, said: str, evidence: str) -> None:
        """The turn ended in an error."""
        self.claim = Claim(
            "transcript",
            "error",
            at,
            detail=clean(said, limit=MAX_TEXT),
            evidence=clean(evidence, limit=MAX_TEXT),
        )
