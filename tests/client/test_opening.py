"""Which program opens a link, and which links none does."""

from __future__ import annotations

import pytest

from aimux.client.opening import Opened, opener
from aimux.errors import OpeningError

TARGET = "https://a.org/?q=$(reboot)&r='"


def found(name: str) -> str | None:
    return f"/usr/bin/{name}" if name == "xdg-open" else None


@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("", ["/usr/bin/xdg-open", TARGET]),
        ("firefox", ["firefox", TARGET]),
        ("w3m:lynx", ["w3m", TARGET]),
        ("'my browser' --new %s --", ["my browser", "--new", TARGET, "--"]),
    ],
)
def test_the_persons_own_program_is_given_the_link_as_one_word(
    browser: str, expected: list[str]
) -> None:
    assert opener(TARGET, {"BROWSER": browser}, which=found) == expected


@pytest.mark.parametrize(
    "target", ["javascript:x", "--help", "ssh://a.org", "http://a b", "http://"]
)
def test_other_kinds_are_not_opened(target: str) -> None:
    with pytest.raises(OpeningError, match="not of a kind"):
        opener(target, {"BROWSER": "true"})


def test_without_a_program_it_says_so() -> None:
    with pytest.raises(OpeningError, match="no BROWSER"):
        opener(TARGET, {}, which=lambda _: None)
    with pytest.raises(OpeningError, match="BROWSER cannot be read"):
        opener(TARGET, {"BROWSER": "'x"})


def test_a_program_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/no/such/browser")
    with pytest.raises(OpeningError, match="/no/such/browser"):
        Opened().open(TARGET)
