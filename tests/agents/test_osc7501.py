from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.agents.osc7501 import MAX_PAYLOAD, AgentReport, is_query, parse_report

RECORDED = Path(__file__).parent / "recorded"


def base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def test_a_report_with_every_field() -> None:
    payload = (
        f"state=blocked:app=claude-code:id=7:kind=question:progress=40"
        f":title={base64('Deploy')}:msg={base64('answer: Which colour? (Red · Blue)')}"
    )
    assert parse_report(payload) == AgentReport(
        app="claude-code",
        state="blocked",
        kind="question",
        progress=40,
        title="Deploy",
        message="answer: Which colour? (Red · Blue)",
        id="7",
    )


def test_taking_back_a_report() -> None:
    report = parse_report("state=clear")
    assert report is not None
    assert report.is_clear


def test_a_query_is_no_report() -> None:
    assert is_query("?")
    assert is_query("?;v=2")
    assert parse_report("?") is None
    assert not is_query("state=idle")


@pytest.mark.parametrize("payload", ["", "app=codex", "state=", "state", "x" * 9, "state=\x07"])
def test_without_a_state_there_is_no_report(payload: str) -> None:
    assert parse_report(payload) is None


def test_a_payload_over_the_limit_is_no_report() -> None:
    assert parse_report("state=idle:msg=" + "A" * MAX_PAYLOAD) is None


@pytest.mark.parametrize(
    ("value", "progress"),
    [
        ("0", 0),
        ("100", 100),
        ("250", 100),
        ("-1", None),
        ("5.5", None),
        ("٣", None),
        ("1" * 9, None),
    ],
)
def test_progress_is_0_to_100(value: str, progress: int | None) -> None:
    report = parse_report(f"state=working:progress={value}")
    assert report is not None
    assert report.progress == progress


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (base64("two\nlines \x1b[31m"), "two lines [31m"),
        (base64("back\u202ewards"), "backwards"),
        (base64("é").rstrip("="), "é"),
        (b64encode("é".encode()[:1]).decode(), ""),
        ("not base64!", ""),
        ("A", ""),
        ("é", ""),
    ],
)
def test_a_title_is_decoded_and_clean(value: str, title: str) -> None:
    report = parse_report(f"state=working:title={value}")
    assert report is not None
    assert report.title == title


def test_of_a_repeated_field_the_first_counts() -> None:
    report = parse_report("state=idle:state=blocked:unknown=1:app=x")
    assert report == AgentReport("x", "idle")


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.osc7501")), ids=lambda path: path.stem)
def test_everything_recorded_is_understood(path: Path) -> None:
    for line in path.read_text().splitlines():
        payload = line.split(" ", 1)[1]
        assert is_query(payload) or parse_report(payload) is not None


@given(st.text(st.characters(exclude_categories=())))
def test_no_payload_raises(payload: str) -> None:
    parse_report(payload)
    parse_report(f"state=a:app={payload}:title={payload}:progress={payload}")
