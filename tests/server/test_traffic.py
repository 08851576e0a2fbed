"""What sidebars are told of messages and tasks."""

from __future__ import annotations

from aimux.agents import messages
from aimux.agents.addresses import Member
from aimux.agents.messages import Draft
from aimux.persist.store import Store
from aimux.server.traffic import traffic
from tests.agents.store import NOW, PERSON, SERVER, store

__all__ = ["store"]


def test_a_pane_is_called_by_its_agents_kind_where_no_other_is_of_it(store: Store) -> None:
    roster = [Member(1, agent="codex"), Member(2, agent="claude"), Member(3, agent="claude")]
    for to in ("%1", "%2", "worker"):
        messages.send(store, SERVER, PERSON, (to,), Draft("hello"), now=NOW)
    told = traffic(store, SERVER, roster).messages
    assert [one.recipient for one in told] == ["worker", "%2", "codex"]
    assert [one.pane for one in told] == [-1, 2, 1]
