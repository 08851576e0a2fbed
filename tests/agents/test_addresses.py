import pytest

from aimux.agents.addresses import (
    Caller,
    Elsewhere,
    Member,
    Others,
    address_of,
    caller_of,
    host_of,
    recipients,
)
from aimux.errors import CommandError

REVIEWER = Member(1, "work", name="reviewer", agent="claude", role="review")
CODER = Member(2, "work", agent="codex", role="code")
OTHER = Member(3, "play", agent="claude", role="code")
SHELL = Member(4, "work")
ROSTER = (REVIEWER, CODER, OTHER, SHELL)
PERSON = Caller("me", ("me",), is_person=True)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("me", ("me",)),
        ("reviewer", ("reviewer",)),
        ("%1", ("reviewer",)),
        ("%4", ("%4",)),
        ("codex", ("%2",)),
        ("@code", ("%2", "%3")),
        ("work", ("reviewer", "%2")),
        ("*", ("reviewer", "%2", "%3")),
    ],
)
def test_an_address_means_those_who_are_there_now(to: str, expected: tuple[str, ...]) -> None:
    assert recipients(to, ROSTER, PERSON) == expected


@pytest.mark.parametrize("to", ["nobody", "@test", "%9"])
def test_nobody_is_an_error_that_says_who_is_missing(to: str) -> None:
    with pytest.raises(CommandError, match=to):
        recipients(to, ROSTER, PERSON)


def test_a_kind_of_agent_that_runs_twice_has_to_be_told_apart() -> None:
    with pytest.raises(CommandError, match="which claude\\? %1, %3"):
        recipients("claude", ROSTER, PERSON)


def test_a_broadcast_leaves_its_sender_out() -> None:
    assert recipients("*", ROSTER, caller_of(2, ROSTER)) == ("reviewer", "%3")


def test_a_name_that_two_have_is_no_address() -> None:
    twins = (Member(1, name="twin"), Member(2, name="twin"))
    assert [address_of(one, twins) for one in twins] == ["%1", "%2"]
    assert recipients("twin", twins, PERSON) == ("%1", "%2")


def test_whoever_is_in_no_pane_is_a_person() -> None:
    caller = caller_of(None, ROSTER)
    assert (caller.address, caller.is_person, caller.owns("reviewer")) == ("me", True, True)


def test_an_agent_owns_its_own_mailboxes_alone() -> None:
    caller = caller_of(1, ROSTER)
    assert caller.mailboxes == ("reviewer", "%1")
    assert [caller.owns(box) for box in ("reviewer", "%1", "%2", "me")] == [
        *(True, True, False, False)
    ]


def test_a_persons_shell_reads_what_is_sent_to_people() -> None:
    caller = caller_of(4, ROSTER)
    assert (caller.address, caller.mailboxes, caller.is_person) == ("%4", ("%4", "me"), True)


# ---- other hosts ----

BOB = Elsewhere("beta", "bob", name="bob", agent="gemini", role="code")
CLAUDES = tuple(Elsewhere(host, "%1", agent="aider") for host in ("beta", "gamma"))
FLEET = Others("alpha", frozenset({"beta", "gamma"}), members=(BOB, *CLAUDES))


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("reviewer", ("reviewer",)),
        ("bob", ("bob@beta",)),
        ("gemini", ("bob@beta",)),
        ("claude@beta", ("claude@beta",)),
        ("%9@gamma", ("%9@gamma",)),
        ("me@beta", ("me@beta",)),
        ("%1@alpha", ("reviewer",)),
        ("@code", ("%2", "%3", "bob@beta")),
        ("@code@beta", ("bob@beta",)),
        ("@code@alpha", ("%2", "%3")),
        ("*", ("reviewer", "%2", "%3", "bob@beta", "%1@beta", "%1@gamma")),
        ("*@gamma", ("%1@gamma",)),
        ("*@alpha", ("reviewer", "%2", "%3")),
    ],
)
def test_an_address_may_lead_to_another_host(to: str, expected: tuple[str, ...]) -> None:
    assert recipients(to, ROSTER, PERSON, FLEET) == expected


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("aider", "which aider\\? %1@beta, %1@gamma"),
        ("bob@delta", "no host delta"),
        ("@test@beta", "nobody there: @test@beta"),
        ("play@beta@", "nobody there: play@beta@"),
    ],
)
def test_what_leads_nowhere_in_a_fleet_is_an_error(to: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        recipients(to, ROSTER, PERSON, FLEET)


def test_a_host_stands_behind_the_last_at_and_a_role_is_none() -> None:
    assert [host_of(one) for one in ("bob@beta", "@code", "me", "@code@beta", "a@b@c")] == [
        *("beta", "", "", "beta", "c"),
    ]
