import json

import pytest

from aimux.agents.sources.claude_registry import (
    claim_of,
    is_of,
    parse_claude_session,
    transcript_path,
)


def entry(**fields: object) -> bytes:
    known = {"pid": 7, "sessionId": "ab-1", "cwd": "/home/me/a.b_c", "procStart": "123"}
    return json.dumps(known | fields).encode()


@pytest.mark.parametrize(
    ("status", "waiting_for", "state", "reason"),
    [
        ("busy", None, "working", ""),
        ("idle", None, "idle", ""),
        ("waiting", "permission prompt", "waiting", "permission"),
        ("waiting", "input needed", "waiting", "question"),
        ("waiting", "dialog open", "waiting", "dialog"),
        ("waiting", "something new", "waiting", "dialog"),
        ("dreaming", None, "unknown", ""),
    ],
)
def test_what_a_status_means(status: str, waiting_for: str | None, state: str, reason: str) -> None:
    session = parse_claude_session(entry(status=status, waitingFor=waiting_for))
    assert session is not None
    claim = claim_of(session, 4.0)
    assert (claim.source, claim.state, claim.reason, claim.at) == ("registry", state, reason, 4.0)
    assert f"status={status}" in claim.evidence


def test_an_entry_of_a_process_that_had_the_id_before_is_not_believed() -> None:
    session = parse_claude_session(entry())
    assert session is not None
    assert is_of(session, 7, 123)
    assert not is_of(session, 7, 124)
    assert not is_of(session, 8, 123)


def test_an_older_version_names_no_start() -> None:
    session = parse_claude_session(entry(procStart=None))
    assert session is not None
    assert is_of(session, 7, 99)


def test_where_the_transcript_lies() -> None:
    session = parse_claude_session(entry())
    assert session is not None
    assert transcript_path(session) == "-home-me-a-b-c/ab-1.jsonl"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", entry(sessionId="../../x"), entry(sessionId=""), entry(pid="7")]
)
def test_what_is_no_entry(data: bytes) -> None:
    assert parse_claude_session(data) is None
