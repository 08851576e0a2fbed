"""The audit: a chain in which every change is found."""

from __future__ import annotations

import sqlite3

import pytest

from aimux.observe.audit import Report, Request, forget_old, list_requests, record, verify


def requests(*texts: str) -> list[Request]:
    return [Request(1000.5, 1000, 77, "pane %1", "claude", text, "done") for text in texts]


@pytest.fixture
def chain(store: sqlite3.Connection) -> sqlite3.Connection:
    record(store, requests("new-window", "split-window"))
    record(store, requests("kill-pane -t %2", "rename-window x"))
    return store


def test_an_untouched_chain_holds(chain: sqlite3.Connection) -> None:
    assert verify(chain) == Report(4)
    newest = list_requests(chain, 1)
    assert (newest[0]["request"], newest[0]["principal"]) == ("rename-window x", "pane %1")


def test_an_empty_one_holds(store: sqlite3.Connection) -> None:
    assert verify(store) == Report(0)


@pytest.mark.parametrize(
    ("tampering", "entry"),
    [
        ("UPDATE audit SET request = 'nothing' WHERE id = 2", 2),
        ("UPDATE audit SET principal = 'outside' WHERE id = 1", 1),
        ("UPDATE audit SET at = 1 WHERE id = 3", 3),
        ("UPDATE audit SET hash = 'beef' WHERE id = 4", 4),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("DELETE FROM audit WHERE id = 3", 4),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("DELETE FROM audit", 4),
    ],
)
def test_tampering_is_found_where_it_is(
    chain: sqlite3.Connection, tampering: str, entry: int
) -> None:
    chain.execute(tampering)
    report = verify(chain)
    assert report.problem
    assert report.entry == entry


def test_exchanged_entries_are_found(chain: sqlite3.Connection) -> None:
    chain.execute("UPDATE audit SET id = 99 WHERE id = 2")
    chain.execute("UPDATE audit SET id = 2 WHERE id = 3")
    chain.execute("UPDATE audit SET id = 3 WHERE id = 99")
    assert verify(chain).entry == 2


def test_the_chain_holds_after_old_entries_were_let_go_of(chain: sqlite3.Connection) -> None:
    forget_old(chain, 2)
    assert verify(chain) == Report(2)
    record(chain, requests("new-session"))
    forget_old(chain, 1)
    assert verify(chain) == Report(1)
    chain.execute("DELETE FROM audit_anchor")
    assert verify(chain).problem


def test_secrets_in_requests_are_hidden(store: sqlite3.Connection) -> None:
    record(store, requests("new-window 'TOKEN=abcdefgh make'"))
    assert "abcdefgh" not in str(list_requests(store, 1))
