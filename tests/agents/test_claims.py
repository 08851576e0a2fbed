import pytest

from aimux.agents import claims
from aimux.agents.addresses import Caller
from aimux.errors import CommandError
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, SERVER, agent, store

__all__ = ["store"]
ONE, TWO = agent("one", 1), agent("two", 2)


def claim(store: Store, who: Caller, *paths: str, now: float = NOW) -> list[str]:
    found = claims.claim(store, SERVER, who, paths, now=now, ttl=60)
    return [one.path for one in found]


def held(store: Store, now: float = NOW) -> list[tuple[str, str]]:
    return [(one.path, one.owner) for one in claims.list_claims(store, SERVER, now=now)]


@pytest.mark.parametrize("path", ["/a/b", "/a", "/a/b/c"])
def test_the_same_path_what_is_above_and_what_is_below_are_in_the_way(
    store: Store, path: str
) -> None:
    assert claim(store, ONE, "/a/b") == []
    assert claim(store, TWO, path) == ["/a/b"]
    assert held(store) == [("/a/b", "one")]


def test_a_path_beside_is_free_and_one_of_ones_own_is_renewed(store: Store) -> None:
    assert claim(store, ONE, "/a/b") == []
    assert claim(store, TWO, "/a/bc") == []
    assert claim(store, ONE, "/a/b", now=NOW + 30) == []
    assert ("/a/b", "one") in held(store, NOW + 80)


def test_all_paths_are_claimed_or_none(store: Store) -> None:
    claim(store, ONE, "/b")
    assert claim(store, TWO, "/a", "/b") == ["/b"]
    assert held(store) == [("/b", "one")]


def test_a_claim_ends_with_its_time(store: Store) -> None:
    claim(store, ONE, "/a")
    assert claim(store, TWO, "/a", now=NOW + 60) == []


def test_only_its_owner_and_people_release_a_claim(store: Store) -> None:
    claim(store, ONE, "/a", "/b")
    with pytest.raises(CommandError, match="claimed by one"):
        claims.release(store, SERVER, TWO, ("/a",), now=NOW)
    assert claims.release(store, SERVER, PERSON, ("/a",), now=NOW) == ["/a"]
    assert claims.release(store, SERVER, TWO, (), now=NOW) == []
    assert claims.release(store, SERVER, ONE, (), now=NOW) == ["/b"]


def test_a_panes_claims_end_with_it(store: Store) -> None:
    claim(store, ONE, "/a")
    claim(store, TWO, "/b")
    claim(store, PERSON, "/c")
    claims.pane_gone(store, SERVER, 1)
    assert held(store) == [("/b", "two"), ("/c", "me")]
    claims.server_began(store, SERVER)
    assert held(store) == [("/c", "me")]
