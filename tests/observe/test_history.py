"""The history: what is kept is found again, secrets are not kept, limits hold."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from aimux.observe.history import (
    Entry,
    Limits,
    Query,
    delete,
    delete_found,
    forget_old,
    keep,
    may_keep,
    output_of,
    search,
    succeeded_after,
)
from aimux.persist.database import Database
from aimux.semantic.output import unpacked

ENTRY = Entry("make", 1, "work", "", "/home/me/project", "main", 1000.0, 2.5, 0)


def put(store: sqlite3.Connection, *texts: str, **fields: object) -> list[int]:
    return [keep(store, replace(ENTRY, text=text, **fields), "") for text in texts]  # type: ignore[arg-type]  # fields of the entry


def found(store: sqlite3.Connection, **conditions: object) -> list[str]:
    return [entry.text for entry in search(store, Query(**conditions))]  # type: ignore[arg-type]  # fields of the query


def test_what_is_kept_comes_back_whole(store: sqlite3.Connection) -> None:
    entry = replace(ENTRY, kind="test", status="fail", headline="1 failed", agent="claude")
    number = keep(store, entry, "one\ntwo")
    assert search(store, Query()) == [replace(entry, id=number)]
    block = output_of(store, number)
    assert block is not None
    assert unpacked(block) == "one\ntwo"


def test_newest_come_first_and_no_more_than_asked_for(store: sqlite3.Connection) -> None:
    put(store, "one", "two", "three")
    assert found(store, limit=2) == ["three", "two"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("README.md",), ["vim README.md"]),
        (("readme",), ["vim README.md"]),
        (("ADME", "vi"), ["vim README.md"]),
        (('"quoted"',), ['echo "quoted" 100%']),
        (("0%",), ['echo "quoted" 100%']),
        (("ls",), ["ls -l"]),
        (("_",), []),
        (("OR", "NEAR("), []),
    ],
)
def test_words_are_parts_of_the_line_and_nothing_else(
    store: sqlite3.Connection, words: tuple[str, ...], expected: list[str]
) -> None:
    put(store, "vim README.md", 'echo "quoted" 100%', "ls -l")
    assert found(store, words=words) == expected


def test_conditions_hold_together(store: sqlite3.Connection) -> None:
    put(store, "make test", exit_status=2, agent="claude", started=2000.0)
    put(store, "make test", exit_status=None)
    put(store, "make test", path="/home/me/project/sub", exit_status=1)
    put(store, "make test", path="/home/me/projects", exit_status=1)
    failed = search(store, Query(words=("make",), failed=True, path="/home/me/project"))
    assert [entry.exit_status for entry in failed] == [1, 2]
    assert len(search(store, Query(agent="claude", since=1500.0))) == 1
    assert search(store, Query(agent="codex")) == []


@pytest.mark.parametrize(
    ("text", "kept"), [("make", True), (" make", False), ("\tmake", False), ("", False)]
)
def test_a_line_behind_a_space_is_not_kept(text: str, kept: bool) -> None:
    assert may_keep(text) is kept


def test_secrets_are_kept_nowhere(store: sqlite3.Connection) -> None:
    number = keep(
        store,
        replace(ENTRY, text="PASSWORD=hunter2 make", headline="token: hunter2"),
        "connecting to https://me:hunter2@host",
    )
    (entry,) = search(store, Query())
    block = output_of(store, number) or b""
    assert "hunter2" not in f"{entry} {unpacked(block)}"
    assert found(store, words=("hunter2",)) == []


def test_what_is_deleted_is_found_no_more(store: sqlite3.Connection) -> None:
    numbers = put(store, "keep this", "lose this", "lose that")
    assert delete(store, [numbers[1], 999]) == 1
    assert delete_found(store, Query(words=("lose",))) == 1
    assert found(store) == ["keep this"]
    assert found(store, words=("lose",)) == []


def test_nothing_of_what_is_deleted_stays_in_any_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "aimux.db")
    first, second = "\u2603" * 9, "\u2604" * 9  # the first of a page's words stand there whole

    def bytes_of_all() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    database.submit(lambda store: keep(store, replace(ENTRY, text="kept"), "")).result(30)
    for text in (first, second):
        database.submit(lambda store, text=text: keep(store, replace(ENTRY, text=text), "")).result(
            30
        )
    assert "\u2603".encode() in bytes_of_all()
    assert database.submit(lambda store: delete(store, [2])).result(30) == 1
    assert "\u2603".encode() not in bytes_of_all()
    assert database.submit(lambda store: delete_found(store, Query(words=(second,)))).result(30)
    assert "\u2604".encode() not in bytes_of_all()
    assert database.close(seconds=30)


def test_limits_hold(store: sqlite3.Connection) -> None:
    put(store, "ancient", started=1.0)
    put(store, *(f"n{number}" for number in range(5)), started=100_000.0)
    assert forget_old(store, Limits(commands=3, days=1), now=100_001.0) == 3
    assert found(store) == ["n4", "n3", "n2"]


def test_the_oldest_output_goes_first_and_its_command_stays(store: sqlite3.Connection) -> None:
    text = "".join(chr(33 + n * 7919 % 90) for n in range(3000))
    numbers = [keep(store, ENTRY, text[n:]) for n in range(4)]
    block = output_of(store, numbers[0])
    assert block is not None
    forget_old(store, Limits(output_bytes=2 * len(block)), now=0.0)
    kept = [number for number in numbers if output_of(store, number) is not None]
    assert kept == numbers[2:]
    assert len(search(store, Query())) == 4


def test_what_worked_after_a_failure_is_remembered(store: sqlite3.Connection) -> None:
    put(store, "make", exit_status=2)
    put(store, "ls")
    assert succeeded_after(store, "make", ENTRY.path) is None
    put(store, "make")
    assert succeeded_after(store, "make", ENTRY.path) == "ls"
    assert succeeded_after(store, "make", "/elsewhere") is None
