import pytest

from aimux.agents import shared_values
from aimux.agents.shared_values import ABSENT, MAX_VALUE
from aimux.errors import CommandError
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, SERVER, agent, store

__all__ = ["store"]
PLACE = ("global", "key")


def put(store: Store, value: str, ttl: float | None = None) -> int:
    return shared_values.set_value(store, SERVER, PERSON, PLACE, value, now=NOW, ttl=ttl)


def value(store: Store, now: float = NOW) -> str | None:
    found = shared_values.get(store, SERVER, PLACE, now=now)
    return None if found is None else found.value


def cas(store: Store, expected: int, new: str) -> int | None:
    return shared_values.compare_and_set(store, SERVER, PERSON, PLACE, expected, new, now=NOW)


def test_a_value_has_an_author_a_time_and_a_version(store: Store) -> None:
    version = shared_values.set_value(store, SERVER, agent("worker"), PLACE, "one", now=NOW)
    found = shared_values.get(store, SERVER, PLACE, now=NOW)
    assert found is not None
    assert (found.value, found.author, found.agent, found.written, found.version) == (
        *("one", "worker", "claude", NOW, version),
    )


def test_compare_and_set_takes_the_version_that_it_expects_alone(store: Store) -> None:
    first = cas(store, ABSENT, "one")
    assert first is not None
    assert cas(store, ABSENT, "two") is None
    assert cas(store, first, "three")
    assert cas(store, first, "four") is None
    assert value(store) == "three"


def test_a_value_that_was_deleted_and_set_again_is_another_one(store: Store) -> None:
    first = put(store, "one")
    assert shared_values.delete(store, SERVER, PLACE, now=NOW)
    assert not shared_values.delete(store, SERVER, PLACE, now=NOW)
    put(store, "one")
    assert cas(store, first, "two") is None


def test_a_value_ends_with_its_time(store: Store) -> None:
    put(store, "one", ttl=10)
    assert (value(store, NOW + 9), value(store, NOW + 10)) == ("one", None)
    assert cas(store, ABSENT, "two") is None
    assert shared_values.compare_and_set(store, SERVER, PERSON, PLACE, ABSENT, "two", now=NOW + 10)


def test_namespaces_and_servers_are_apart(store: Store) -> None:
    put(store, "one")
    assert shared_values.get(store, SERVER, ("session:a", "key"), now=NOW) is None
    assert shared_values.get(store, "/elsewhere", PLACE, now=NOW) is None
    assert [one.name for one in shared_values.list_values(store, SERVER, "global", now=NOW)] == [
        "key"
    ]


@pytest.mark.parametrize(
    ("name", "text"), [("", "x"), ("a\x1b", "x"), ("x" * 300, "x"), ("x", "x" * (MAX_VALUE + 1))]
)
def test_what_is_too_long_or_cannot_be_read_is_refused(store: Store, name: str, text: str) -> None:
    with pytest.raises(CommandError):
        shared_values.set_value(store, SERVER, PERSON, ("global", name), text, now=NOW)


def test_a_namespace_has_an_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_values, "MAX_VALUES", 1)
    put(store, "one")
    put(store, "two")
    with pytest.raises(CommandError, match="too many"):
        shared_values.set_value(store, SERVER, PERSON, ("global", "b"), "x", now=NOW)
