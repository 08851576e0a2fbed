"""OpenCode's database: which session a window shows, and what its messages say."""

from pathlib import Path

import pytest

from aimux.agents.sources.opencode_database import (
    Sight,
    configured_window,
    listed_window,
    read_log,
    session_seen,
    shows,
    with_window,
)
from tests.agents.sources.opencode import ANSWER, DEFAULT_TITLE, USED, Database

HERE, NOW = "/home/me/proj", 1_795_369_376.7


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "opencode.db")


def test_the_one_session_of_a_title_is_bound_wherever_it_began(database: Database) -> None:
    database.session("ses_a", "/elsewhere", "Fix the login")
    database.session("ses_b", HERE, "Write a README")
    seen = session_seen(database.connection, Sight(HERE, "OC | Fix the login"))
    assert seen == "ses_a"


def test_two_sessions_of_a_title_bind_none(database: Database) -> None:
    for name in ("ses_a", "ses_b"):
        database.session(name, HERE, "Greet the user")
    assert session_seen(database.connection, Sight(HERE, "OC | Greet the user")) == ""


def test_of_two_sessions_of_a_title_the_one_whose_turn_began_with_the_panes_is_bound(
    database: Database,
) -> None:
    for name, at in (("ses_a", NOW), ("ses_b", NOW - 60)):
        database.session(name, HERE, "Greet the user")
        database.asked(name, at)
    sight = Sight(HERE, "OC | Greet the user", began_at=NOW + 0.5)
    assert session_seen(database.connection, sight) == "ses_a"


def test_a_turn_in_another_directory_or_two_at_once_bind_none(database: Database) -> None:
    database.session("ses_a", "/elsewhere")
    database.asked("ses_a", NOW)
    sight = Sight(HERE, "OpenCode", began_at=NOW)
    assert session_seen(database.connection, sight) == ""
    for name in ("ses_b", "ses_c"):
        database.session(name, HERE)
        database.asked(name, NOW)
    assert session_seen(database.connection, sight) == ""


def test_a_binding_holds_until_the_title_speaks_against_it(database: Database) -> None:
    database.session("ses_a", HERE, "Fix the login")
    database.session("ses_b", HERE, "Write a README")
    seen = Sight(HERE, "OC | Fix the login", session="ses_a")
    assert session_seen(database.connection, seen) == "ses_a"
    switched = Sight(HERE, "OC | Write a README", session="ses_a")
    assert session_seen(database.connection, switched) == "ses_b"
    home = Sight(HERE, "OpenCode", session="ses_a")
    assert session_seen(database.connection, home) == ""


def test_what_a_plugin_names_is_the_session_that_began_it_and_must_fit_the_title(
    database: Database,
) -> None:
    database.session("ses_a", HERE, "Fix the login")
    database.session("ses_child", HERE, "Child session - 2026-11-22T17:42:56.714Z", parent="ses_a")
    database.session("ses_behind", HERE, "Write a README")
    for named, found in (("ses_child", "ses_a"), ("ses_behind", "ses_a"), ("ses_none", "ses_a")):
        sight = Sight(HERE, "OC | Fix the login", named=named)
        assert session_seen(database.connection, sight) == found


def test_a_session_of_another_pane_is_not_taken_from_it(database: Database) -> None:
    database.session("ses_a", HERE, "Fix the login")
    sight = Sight(HERE, "OC | Fix the login", taken=frozenset({"ses_a"}))
    assert session_seen(database.connection, sight) == ""


@pytest.mark.parametrize(
    ("title", "session", "fits"),
    [
        ("OC | Fix the login", "Fix the login", True),
        ("OC | Fix the login", "Fix the", False),
        ("OC | " + "x" * 37 + "…", "x" * 41, True),
        ("OC | " + "x" * 37 + "…", "x" * 36 + "yyyyy", False),
        ("OpenCode", DEFAULT_TITLE, True),
        ("OpenCode", "Fix the login", False),
        ("", DEFAULT_TITLE, True),
    ],
)
def test_which_title_shows_which_session(title: str, session: str, fits: bool) -> None:
    assert shows(title, session) is fits


def test_a_title_that_was_cut_off_finds_its_session(database: Database) -> None:
    database.session("ses_a", HERE, "Make the tests of the login page pass again")
    title = "OC | Make the tests of the login page pass…"
    assert title[5:-1] == "Make the tests of the login page pass again"[:37]
    assert session_seen(database.connection, Sight(HERE, title)) == "ses_a"


def test_the_numbers_are_those_of_its_footer(database: Database) -> None:
    database.session("ses_a", HERE)
    database.asked("ses_a", NOW - 20)
    database.answered("ses_a", NOW - 19, tokens=ANSWER | {"input": 812})
    database.asked("ses_a", NOW)
    database.answered("ses_a", NOW + 1, finish="tool-calls")
    database.answered("ses_a", NOW + 2)
    log = read_log(database.connection, "ses_a")
    assert log is not None
    assert log.session.prompted_at == pytest.approx(NOW, abs=0.001)
    log = with_window(log, 200_000)
    assert log.context is not None
    assert (log.context.used, log.context.percent, log.context.growth) == (USED, 22, 1000)
    assert (log.context.model, log.context.source, log.context.cost) == (
        "some-model",
        "database",
        None,
    )


def test_a_summary_is_a_compaction(database: Database) -> None:
    database.session("ses_a", HERE)
    database.asked("ses_a", NOW)
    database.answered("ses_a", NOW, summary=True)
    database.answered("ses_a", NOW + 1)
    log = read_log(database.connection, "ses_a")
    assert log is not None
    assert log.context is not None
    assert log.context.compactions == 1


@pytest.mark.parametrize(
    ("fields", "state", "detail"),
    [
        ({}, "done", ""),
        ({"error": {"name": "MessageAbortedError", "data": {"message": "Aborted"}}}, "idle", ""),
        ({"error": {"name": "APIError", "data": {"message": "no\x1bway"}}}, "error", "noway"),
        ({"finish": "tool-calls"}, None, ""),
        ({"time": {"created": 1}}, None, ""),
    ],
)
def test_how_a_turn_ended(
    database: Database, fields: dict[str, object], state: str | None, detail: str
) -> None:
    database.session("ses_a", HERE)
    database.asked("ses_a", NOW)
    database.answered("ses_a", NOW + 1, **fields)
    log = read_log(database.connection, "ses_a")
    assert log is not None
    assert (log.claim.state if log.claim else None) == state
    assert (log.claim.detail if log.claim else "") == detail


def test_a_window_is_what_the_configuration_or_the_list_of_models_says() -> None:
    models = {"models": {"some-model": {"limit": {"context": 200_000}}}}
    assert configured_window({"provider": {"mock": models}}, "mock", "some-model") == 200_000
    assert listed_window({"mock": models}, "mock", "some-model") == 200_000
    assert listed_window({"mock": models}, "mock", "other") == 0
    assert configured_window({"provider": []}, "mock", "some-model") == 0


def test_a_session_that_is_not_there_says_nothing(database: Database) -> None:
    assert read_log(database.connection, "ses_none") is None
