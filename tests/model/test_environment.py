import pytest

from aimux.errors import CommandError
from aimux.model.environment import MAXIMUM_VARIABLES, Environment, check_variable_name


def test_a_session_stands_over_the_server() -> None:
    everywhere = Environment({"A": "1", "B": "2", "C": "3", "D": "4"})
    session = Environment()
    session.set("A", "one")
    session.clear("B")
    session.set("C", "secret", hidden=True)
    values = everywhere.visible()
    session.apply(values)
    assert values == {"A": "one", "D": "4"}
    assert session.get("C") == "secret"


def test_a_variable_can_be_marked_as_removed_or_forgotten() -> None:
    environment = Environment({"A": "1"})
    environment.clear("A")
    assert environment.get("A") is None
    assert environment.find("A") is not None
    environment.unset("A")
    assert environment.find("A") is None
    environment.unset("A")


def test_a_hidden_variable_stays_hidden_when_it_is_marked_as_removed() -> None:
    environment = Environment()
    environment.set("A", "1", hidden=True)
    environment.clear("A")
    assert environment.show() == []
    assert environment.show(hidden=True) == ["-A"]


def test_a_client_gives_what_update_environment_names() -> None:
    session = Environment({"SSH_TTY": "old", "KEPT": "k"})
    client = {"DISPLAY": ":1", "SSH_B": "b", "SSH_A": "a"}
    session.update_from(client, ["DISPLAY", "SSH_*", "SSH_TTY", "X*"])
    assert session.show() == ["DISPLAY=:1", "KEPT=k", "SSH_A=a", "-SSH_TTY", "-X*"]


@pytest.mark.parametrize(
    ("name", "message"), [("", "empty variable name"), ("A=B", "variable name contains =")]
)
def test_a_wrong_name_is_refused_in_the_words_of_tmux(name: str, message: str) -> None:
    with pytest.raises(CommandError, match=rf"^{message}$"):
        check_variable_name(name)


def test_variables_are_limited() -> None:
    environment = Environment({str(number): "" for number in range(MAXIMUM_VARIABLES)})
    environment.set("0", "again")
    with pytest.raises(CommandError, match="too many variables"):
        environment.set("more", "")
