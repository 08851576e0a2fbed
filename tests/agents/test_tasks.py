import pytest

from aimux.agents import messages, tasks
from aimux.agents.addresses import Caller, Elsewhere, Member, Others
from aimux.agents.dispatch import Dispatched, dispatch
from aimux.agents.scheduler import backoff
from aimux.agents.tasks import LEASE_SECONDS, NewTask, Task
from aimux.errors import CommandError
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, SERVER, agent, store

__all__ = ["store"]
ONE, TWO = agent("%1", 1), agent("%2", 2)


def add(store: Store, text: str = "do it", **fields: object) -> int:
    new = NewTask(text, **fields)  # type: ignore[arg-type]  # what a test names
    return tasks.add(store, SERVER, PERSON, new, now=NOW)


def give(store: Store, number: int, to: Caller = ONE, now: float = NOW) -> Task:
    return tasks.give(store, SERVER, number, to, now=now)


def found(store: Store, number: int) -> Task:
    return tasks.find(store, SERVER, number)


def member(pane: int, state: str = "idle", **fields: object) -> Member:
    return Member(pane, agent="claude", state=state, is_fact=True, **fields)  # type: ignore[arg-type]  # what a test names


def look(store: Store, *members: Member, now: float = NOW) -> Dispatched:
    return dispatch(store, SERVER, members, now=now)


# ---- one task ----


def test_what_failed_is_tried_anew_where_its_author_wants_that(store: Store) -> None:
    number = add(store, retries=0)
    give(store, number)
    with pytest.raises(CommandError, match="claimed"):
        tasks.retry(store, SERVER, PERSON, number, now=NOW)
    tasks.fail(store, SERVER, ONE, number, "no luck", now=NOW)
    assert found(store, number).state == "failed"
    with pytest.raises(CommandError, match="not yours"):
        tasks.retry(store, SERVER, TWO, number, now=NOW)
    tasks.retry(store, SERVER, PERSON, number, now=NOW + 5)
    anew = found(store, number)
    assert (anew.state, anew.owner, anew.tries, anew.result) == ("open", "", 0, "")
    assert give(store, number, TWO).tries == 1


def test_a_task_is_claimed_worked_on_and_done(store: Store) -> None:
    number = add(store)
    assert give(store, number).owner == "%1"
    tasks.progress(store, SERVER, ONE, number, 40, "half", now=NOW + 5)
    task = found(store, number)
    assert (task.state, task.progress, task.since) == ("working", 40, NOW + 5)
    tasks.done(store, SERVER, ONE, number, "all green", now=NOW + 9)
    task = found(store, number)
    assert (task.state, task.result, task.since, task.lease) == ("done", "all green", NOW + 9, None)


def test_a_task_has_one_owner_and_nobody_else_ends_it(store: Store) -> None:
    number = add(store)
    give(store, number)
    with pytest.raises(CommandError, match="claimed"):
        give(store, number, TWO)
    for work in (tasks.done, tasks.fail):
        with pytest.raises(CommandError, match="%1's"):
            work(store, SERVER, TWO, number, "", now=NOW)
    with pytest.raises(CommandError, match="not yours"):
        tasks.cancel(store, SERVER, TWO, number, now=NOW)
    tasks.cancel(store, SERVER, PERSON, number, now=NOW)
    with pytest.raises(CommandError, match="cancelled"):
        tasks.done(store, SERVER, ONE, number, "", now=NOW)


def test_what_fails_is_tried_again_later_each_time_and_then_failed(store: Store) -> None:
    number, now = add(store, retries=2), NOW
    for tries in (1, 2):
        give(store, number, now=now)
        tasks.fail(store, SERVER, ONE, number, "broken", now=now)
        task = found(store, number)
        assert (task.state, task.owner, task.begins) == ("open", "", now + backoff(tries))
        now += 1000
    give(store, number, now=now)
    tasks.fail(store, SERVER, ONE, number, "broken for good", now=now)
    assert (found(store, number).state, found(store, number).result) == (
        *("failed", "broken for good"),
    )


def test_what_comes_first_is_done_first(store: Store) -> None:
    first = add(store)
    second = add(store, after=(first,))
    assert found(store, second).shown_state == "blocked"
    with pytest.raises(CommandError, match="blocked"):
        give(store, second)
    give(store, first)
    tasks.done(store, SERVER, ONE, first, "", now=NOW)
    assert give(store, second).state == "claimed"


def test_a_circle_is_refused_however_long(store: Store) -> None:
    first = add(store)
    second = add(store, after=(first,))
    third = add(store, after=(second,))
    for other in (first, second, third):
        with pytest.raises(CommandError, match="already comes after"):
            tasks.put_after(store, SERVER, first, other)
    with pytest.raises(CommandError, match="no task 99"):
        tasks.put_after(store, SERVER, first, 99)


def test_there_is_an_end_of_tasks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MAX_TASKS", 1)
    add(store)
    with pytest.raises(CommandError, match="too many"):
        add(store)


# ---- giving them out ----


def test_only_an_agent_that_said_that_it_waits_is_given_a_task(store: Store) -> None:
    add(store)
    guessed = Member(4, agent="aider", state="idle", is_fact=False)
    others = [member(pane, state) for pane, state in enumerate(("working", "waiting", "unknown"))]
    assert look(store, guessed, *others).given == ()
    assert look(store, guessed, *others, member(9, "done")).given == ((1, "%9"),)


def test_an_agent_has_one_task_at_a_time_and_is_told_of_it(store: Store) -> None:
    first, _second = add(store, "one"), add(store, "two")
    assert look(store, member(1)).given == ((first, "%1"),)
    assert look(store, member(1)).given == ()
    told = messages.inbox(store, SERVER, ("%1",), now=NOW)
    assert [one.kind for one in told] == ["task"]
    assert "Task #1: one" in told[0].text
    assert "aimux task done 1" in told[0].text


def test_roles_and_capabilities_are_those_of_the_pane(store: Store) -> None:
    number = add(store, role="code", needs=frozenset({"db", "rust"}))
    able = member(2, role="code", capabilities=frozenset({"rust", "db", "web"}))
    assert look(store, member(1, role="code")).given == ()
    assert look(store, member(1, role="code"), able).given == ((number, "%2"),)


def test_a_lease_ends_unless_something_is_heard(store: Store) -> None:
    number = add(store)
    assert look(store, member(1)).due == NOW + LEASE_SECONDS
    late = NOW + LEASE_SECONDS
    assert look(store, member(1, "working"), now=late - 1).ended == ()
    assert look(store, member(1, "idle"), now=late + 10).ended == ()  # it worked meanwhile
    assert look(store, member(1, "idle"), now=late + LEASE_SECONDS).ended == (number,)
    assert found(store, number).tries == 1


def test_a_try_ends_with_its_time_though_the_agent_works(store: Store) -> None:
    number = add(store, seconds=30.0)
    assert look(store, member(1)).due == NOW + 30
    done = look(store, member(1, "working"), now=NOW + 30)
    assert (done.ended, found(store, number).result) == ((number,), "it took too long")


def test_the_task_of_a_killed_agent_is_given_to_another_once(store: Store) -> None:
    number = add(store)
    look(store, member(1))
    tasks.pane_gone(store, SERVER, 1, now=NOW)
    assert look(store, member(2)).given == ()
    later = NOW + backoff(1)
    assert look(store, member(2), member(3), now=later).given == ((number, "%2"),)
    tasks.pane_gone(store, SERVER, 1, now=later)
    assert look(store, member(3), now=later + 100).given == ()
    assert (found(store, number).owner, found(store, number).tries) == ("%2", 2)


def test_a_new_server_takes_back_what_the_panes_of_the_last_one_had(store: Store) -> None:
    by_pane, by_person = add(store), add(store)
    give(store, by_pane)
    give(store, by_person, PERSON)
    tasks.server_began(store, SERVER, now=NOW)
    assert found(store, by_pane).state == "open"
    assert found(store, by_person).state == "claimed"


def test_a_look_says_when_the_next_one_is_due(store: Store) -> None:
    assert look(store, member(1)).due is None
    number = add(store)
    give(store, number)
    tasks.fail(store, SERVER, ONE, number, "", now=NOW)
    assert look(store, member(1)).due == NOW + backoff(1)


# ---- agents on other hosts ----


def elsewhere(*members: Elsewhere) -> Others:
    return Others("alpha", frozenset({"beta"}), frozenset({"beta"}), members)


def away(name: str, state: str = "idle", **fields: object) -> Elsewhere:
    return Elsewhere("beta", name, name=name, agent="claude", state=state, is_fact=True, **fields)  # type: ignore[arg-type]  # what a test names


def test_agents_of_here_come_first_and_then_those_elsewhere(store: Store) -> None:
    numbers = [add(store) for _ in range(3)]
    others = elsewhere(away("busy", busy=True), away("bob"))
    done = dispatch(store, SERVER, [member(7)], others, now=NOW)
    assert done.given == ((numbers[0], "%7"), (numbers[1], "bob@beta"))
    task = found(store, numbers[1])
    assert (task.owner, task.pane, task.lease) == ("bob@beta", -1, NOW + LEASE_SECONDS)
    told = messages.newest(store, SERVER)[-1]
    assert (told.recipient, f"task done {numbers[1]}@alpha" in told.text) == ("bob@beta", True)
    assert dispatch(store, SERVER, [], others, now=NOW).given == ()


def test_a_lease_elsewhere_is_renewed_by_work_and_ends_when_its_agent_goes(store: Store) -> None:
    number = add(store)
    dispatch(store, SERVER, [], elsewhere(away("bob")), now=NOW)
    later = NOW + LEASE_SECONDS - 1
    dispatch(store, SERVER, [], elsewhere(away("bob", "working")), now=later)
    assert found(store, number).lease == later + LEASE_SECONDS
    cut_off = Others("alpha", frozenset({"beta"}))  # nobody knows
    assert dispatch(store, SERVER, [], cut_off, now=later).ended == ()
    assert dispatch(store, SERVER, [], elsewhere(), now=later).ended == (number,)
    assert "bob@beta has gone" in found(store, number).result
