import random

from aimux.agents.scheduler import (
    AGEING_SECONDS,
    MAX_BACKOFF_SECONDS,
    Waiting,
    Worker,
    backoff,
    can_do,
    schedule,
)

SKILLS = ("rust", "db", "web", "docs")
ROLES = ("", "code", "review")


def test_the_most_urgent_task_chooses_first_and_then_the_oldest() -> None:
    tasks = [Waiting(1, 1, 0.0), Waiting(2, 3, 0.0), Waiting(3, 3, 0.0)]
    assert schedule(tasks, [Worker(7)], now=0.0) == [(2, 7)]


def test_a_task_that_waits_long_overtakes() -> None:
    old, new = Waiting(1, 0, 0.0), Waiting(2, 2, 3 * AGEING_SECONDS)
    assert schedule([old, new], [Worker(7)], now=3 * AGEING_SECONDS) == [(1, 7)]


def test_nobody_gets_what_it_cannot_do() -> None:
    task = Waiting(1, 1, 0.0, "code", frozenset({"rust"}))
    wrong = [Worker(1), Worker(2, "code"), Worker(3, "review", frozenset({"rust"}))]
    assert schedule([task], wrong, now=0.0) == []
    right = Worker(4, "code", frozenset({"rust", "db"}))
    assert schedule([task], [*wrong, right], now=0.0) == [(1, 4)]


def test_of_those_who_can_the_one_that_was_given_least_gets_it() -> None:
    workers = [Worker(1, given=5), Worker(2, given=1), Worker(3, given=1)]
    assert schedule([Waiting(1, 1, 0.0)], workers, now=0.0) == [(1, 2)]


def test_of_those_alike_the_one_that_can_do_least_else_gets_it() -> None:
    workers = [Worker(1, capabilities=frozenset({"rust"})), Worker(2)]
    assert schedule([Waiting(1, 1, 0.0)], workers, now=0.0) == [(1, 2)]


def test_of_a_thousand_random_tasks_each_is_done_once_by_one_who_can() -> None:
    chance = random.Random(8)  # noqa: S311  # a fixed course of things
    workers = [
        Worker(number, chance.choice(ROLES[1:]), frozenset(chance.sample(SKILLS, 3)))
        for number in range(8)
    ] + [Worker(8, "code", frozenset(SKILLS)), Worker(9, "review", frozenset(SKILLS))]
    waiting: dict[int, Waiting] = {}
    done: dict[int, float] = {}
    busy: dict[int, float] = {}
    given = dict.fromkeys(range(10), 0)
    now, number, everything = 0.0, 0, {}
    while len(done) < 1000:
        while number < 1000 and len(waiting) < 40:  # new ones come as fast as they are done
            needs = frozenset(chance.sample(SKILLS, chance.randrange(3)))
            task = Waiting(number, chance.randrange(4), now, chance.choice(ROLES), needs)
            waiting[number] = everything[number] = task
            number += 1
        free = [
            Worker(one.pane, one.role, one.capabilities, given[one.pane])
            for one in workers
            if busy.get(one.pane, 0.0) <= now
        ]
        for task_id, pane in schedule(list(waiting.values()), free, now=now):
            task = waiting.pop(task_id)
            assert task_id not in done
            assert can_do(next(one for one in workers if one.pane == pane), task)
            done[task_id] = now
            given[pane] += 1
            busy[pane] = now + chance.uniform(10, 120)
        now += 10.0
    longest = max(done[one] - task.created for one, task in everything.items())
    assert longest < 4 * AGEING_SECONDS  # ageing lifts the lowest over the highest in three


def test_a_pause_doubles_and_has_an_end() -> None:
    assert [backoff(tries) for tries in (1, 2, 3)] == [5.0, 10.0, 20.0]
    assert backoff(1000) == MAX_BACKOFF_SECONDS
