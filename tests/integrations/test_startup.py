"""With the integration a shell reads the same files, and ends up the same, as without."""

from collections.abc import Callable
from pathlib import Path

import pytest

# Each file says that it was read, and what it could see.
BASH_SAYS = (
    'echo "{name} $0 $- ${{ENV-no}} ${{HISTFILE-no}} $(set -o | grep posix)'
    ' $(env | grep -c AIMUX)" >>~/read\n'
)
ZSH_SAYS = 'echo "{name} ${{ZDOTDIR-no}} $(env | grep -c AIMUX)" >>~/read\n'
BASH_FILES = (".bashrc", ".bash_profile", ".bash_login", ".profile", ".bash_logout", "rc")
ZSH_FILES = (".zshenv", ".zprofile", ".zshrc", ".zlogin", ".zlogout")

# What a person could notice of the state a shell is in; our own names begin with __aimux.
BASH_STATE = (
    "{ set -o; shopt -p; alias; trap -p; declare -p $(compgen -v | grep -v -e __aimux -e _COMMAND$"
    " -e PS[01]$ -e RANDOM -e SECONDS -e EPOCH -e PID -e BASH_ -e ^_$ -e LINENO -e HISTCMD"
    " -e FUNCNAME -e PIPESTATUS); } >~/state; exit"
)
ZSH_STATE = (
    "{ setopt; alias; trap; env | grep -v ^_=; echo $ZDOTDIR $HISTFILE $fpath; } >~/state; exit"
)


def outcome(start: Callable, home: Path, *argv: str, state: str, **how: object) -> tuple[str, str]:
    for name in ("read", "state"):
        (home / name).unlink(missing_ok=True)
    pane = start(*argv, **how)
    pane.type(state + "\r")
    pane.wait_for_end()
    read = (home / "read").read_text() if (home / "read").exists() else ""
    return read, (home / "state").read_text()


def both(start: Callable, home: Path, *argv: str, **how: object) -> list[tuple[str, str]]:
    return [outcome(start, home, *argv, plain=plain, **how) for plain in (False, True)]


@pytest.mark.parametrize("files", [BASH_FILES, BASH_FILES[2:], BASH_FILES[3:], ()])
@pytest.mark.parametrize(
    ("argv", "login"),
    [
        (["bash"], False),
        (["bash", "-i"], False),
        (["bash", "-l"], False),
        (["bash", "--norc"], False),
        (["bash", "--rcfile", "rc"], False),
        (["bash", "--login", "--noprofile"], False),
    ],
)
def test_bash_reads_the_same_files(start, home, argv, login, files) -> None:
    contents = {name: BASH_SAYS.format(name=name) for name in files}
    ours, plain = both(start, home, *argv, state=BASH_STATE, files=contents, login=login)
    assert ours == plain


def test_bash_s_login_shell_is_called_as_tmux_calls_it(start, home) -> None:
    files = {".bash_profile": 'echo "$0" >>~/read; shopt -q login_shell && echo login >>~/read\n'}
    read, _ = outcome(start, home, "bash", state=BASH_STATE, files=files, login=True)
    assert read == "-bash\nlogin\n"


def test_bash_is_given_its_own_env_variable_back(start, home) -> None:
    files = {".bash_profile": BASH_SAYS.format(name="profile")}
    how = {"files": files, "variables": {"ENV": "/etc/a b"}, "state": BASH_STATE}
    ours, plain = both(start, home, "bash", "-l", **how)
    assert ours == plain
    assert "/etc/a b" in ours[0]


def test_bash_is_left_to_a_file_that_becomes_another_shell(start, home) -> None:
    pane = start("bash", files={".bashrc": "exec sh\n"})
    pane.type("env >~/state; echo do''ne\r")
    pane.wait(lambda: b"done" in pane.output, "output of sh")
    assert "AIMUX" not in (home / "state").read_text()


@pytest.mark.parametrize("files", [ZSH_FILES, ZSH_FILES[1:], ()])
@pytest.mark.parametrize("argv", [["zsh"], ["zsh", "-i"], ["zsh", "-l"]])
@pytest.mark.parametrize("zdotdir", [None, "dots"])
def test_zsh_reads_the_same_files(start, home, argv, zdotdir, files) -> None:
    prefix = f"{zdotdir}/" if zdotdir else ""
    contents = {prefix + name: ZSH_SAYS.format(name=name) for name in files}
    contents.setdefault(f"{prefix}.zshrc", "")
    variables = {"ZDOTDIR": str(home / zdotdir)} if zdotdir else {}
    how = {"files": contents, "variables": variables, "state": ZSH_STATE}
    ours, plain = both(start, home, *argv, **how)
    assert ours == plain


def test_zsh_may_move_its_files_from_its_first_one(start, home) -> None:
    files = {
        ".zshenv": f"ZDOTDIR={home}/dots\n" + ZSH_SAYS.format(name="env"),
        "dots/.zshrc": ZSH_SAYS.format(name="rc"),
    }
    ours, plain = both(start, home, "zsh", state=ZSH_STATE, files=files)
    assert ours == plain
    assert "rc " in ours[0]


@pytest.mark.parametrize("directories", [None, "/usr/local/share:/usr/share:/opt/share"])
def test_fish_is_given_its_data_directories_back(start, home, directories) -> None:
    variables = {"XDG_DATA_DIRS": directories} if directories else {}
    state = "begin; set --show XDG_DATA_DIRS; env; end | grep -e XDG -e AIMUX >~/state; exit"
    how = {"variables": variables, "state": state}
    ours, plain = (
        [line for line in state.splitlines() if "originally" not in line]
        for _, state in both(start, home, "fish", **how)
    )
    assert ours == plain
