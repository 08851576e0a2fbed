from aimux.agents.sources.claude_status_line import is_status_line, parse_status_line
from tests.agents.sources.recorded import events


def test_recorded_status_lines() -> None:
    given = events("claude-status")
    assert all(map(is_status_line, given))
    contexts = [parse_status_line(one) for one in given]
    assert {context.window for context in contexts} == {1_000_000}
    first, last = contexts[0], contexts[-1]
    assert (first.used, first.percent, first.cost) == (0, None, 0)
    assert (last.used, last.percent, last.model) == (43_812, 4, "claude-opus-5-5")
    assert last.cost == 0.017908


def test_the_limits_of_a_subscriber() -> None:
    given = {"rate_limits": {"five_hour": {"used_percentage": 31.5, "resets_at": 1795341600}}}
    (limit,) = parse_status_line(given).limits
    assert (limit.name, limit.percent, limit.resets_at) == ("5h", 31.5, 1795341600)


def test_an_event_of_a_hook_is_no_status_line() -> None:
    assert not any(map(is_status_line, events("claude-hooks")))
