"""`inject` as a function: what it changes, and above all what it leaves alone."""

import pytest

from aimux.integrations.shell_integration import inject, interactive_shell

NONCE = "0123456789abcdef"
ENVIRONMENT = {"HOME": "/home/ada", "PATH": "/usr/bin"}


def changed(argv: list[str], *, login: bool = False, **variables: str) -> dict[str, str]:
    """The variables that were added or changed."""
    environment = ENVIRONMENT | variables
    after = inject(argv, environment, nonce=NONCE, login=login)[1]
    return {name: value for name, value in after.items() if environment.get(name) != value}


@pytest.mark.parametrize(
    "argv",
    [
        ["bash", "-c", "ls"],
        ["bash", "script.sh"],
        ["bash", "-s"],
        ["bash", "--posix"],
        ["bash", "--restricted"],
        ["bash", "--rcfile"],
        ["zsh", "-f"],
        ["zsh", "-c", "ls"],
        ["zsh", "script"],
        ["fish", "-c", "ls"],
        ["fish", "--no-config"],
        ["/bin/sh"],
        ["dash"],
        ["vim"],
        ["claude", "-i"],
        ["rbash"],
    ],
)
def test_commands_scripts_and_other_programs_are_left_alone(argv: list[str]) -> None:
    assert inject(argv, ENVIRONMENT, nonce=NONCE) == (argv, ENVIRONMENT)


@pytest.mark.parametrize("command", ["/bin/bash", "exec /usr/bin/zsh -l", "/usr/bin/fish -i"])
def test_a_command_that_only_starts_a_shell_is_that_shell(command: str) -> None:
    assert interactive_shell(command) == command.removeprefix("exec ").split()


@pytest.mark.parametrize(
    "command",
    [
        "",
        "bash",
        "$SHELL",
        "/bin/bash --norc",
        "/bin/bash -c ls",
        "/bin/zsh; ls",
        "/bin/sh",
        "/bin/bash &",
        "/bin/vim",
    ],
)
def test_any_other_command_is_no_shell_that_reports(command: str) -> None:
    assert interactive_shell(command) is None


def test_a_person_who_wants_posix_mode_keeps_it() -> None:
    assert changed(["bash"], POSIXLY_CORRECT="1") == {}


def test_the_arguments_given_are_not_changed() -> None:
    argv, environment = ["zsh"], dict(ENVIRONMENT)
    inject(argv, environment, nonce=NONCE, login=True)
    assert (argv, environment) == (["zsh"], ENVIRONMENT)


@pytest.mark.parametrize("shell", ["sh", "dash", "ksh", "bash", "zsh", "fish", "/bin/tcsh"])
def test_a_login_shell_is_asked_for_by_its_flag(shell: str) -> None:
    assert inject([shell], ENVIRONMENT, nonce=NONCE, login=True)[0][-1] == "-l"


def test_a_dash_before_the_name_asks_for_a_login_shell_too() -> None:
    assert inject(["-zsh"], ENVIRONMENT, nonce=NONCE)[0] == ["zsh", "-l"]


def test_a_program_that_takes_no_login_flag_gets_none() -> None:
    assert inject(["nu"], ENVIRONMENT, nonce=NONCE, login=True)[0] == ["nu"]


def test_bash_reads_our_file_where_it_would_have_read_bashrc() -> None:
    argv, environment = inject(["/bin/bash", "-i"], ENVIRONMENT, nonce=NONCE)
    assert argv[:2] == ["/bin/bash", "--init-file"]
    assert argv[2].endswith("aimux.bash")
    assert argv[3:] == ["-i"]
    assert environment["AIMUX_BASH_RCFILE"] == "/home/ada/.bashrc"


def test_a_person_s_own_rc_file_is_the_one_that_is_read() -> None:
    assert changed(["bash", "--rcfile", "/etc/rc"])["AIMUX_BASH_RCFILE"] == "/etc/rc"


def test_a_bash_without_rc_file_reads_none() -> None:
    variables = changed(["bash", "--norc"])
    assert variables["AIMUX_BASH_START"] == "none"
    assert "AIMUX_BASH_RCFILE" not in variables


def test_long_options_of_bash_stand_before_short_ones() -> None:
    argv, _ = inject(["bash", "-i", "--login", "--noediting"], ENVIRONMENT, nonce=NONCE)
    assert argv == ["bash", "--posix", "--noediting", "--login", "-i"]


def test_what_a_variable_of_ours_replaces_is_kept_in_another() -> None:
    assert changed(["bash"], login=True, ENV="/etc/kshrc")["AIMUX_BASH_ENV"] == "/etc/kshrc"
    assert changed(["zsh"], ZDOTDIR="/z")["AIMUX_ZSH_ZDOTDIR"] == "/z"
    assert changed(["fish"], XDG_DATA_DIRS="/d")["AIMUX_FISH_DATA_DIRS"] == "/d"
    assert changed(["fish"], XDG_DATA_DIRS="/d")["XDG_DATA_DIRS"].endswith(":/d")


@pytest.mark.parametrize("nonce", ["", "short", "with;semicolon0000", "x" * 129, "a\a" * 10])
def test_a_nonce_that_a_mark_could_not_carry_is_refused(nonce: str) -> None:
    with pytest.raises(ValueError, match="nonce"):
        inject(["bash"], ENVIRONMENT, nonce=nonce)


def test_nothing_to_start_is_nothing_to_change() -> None:
    assert inject([], ENVIRONMENT, nonce=NONCE) == ([], ENVIRONMENT)
