"""zsh with the hooks and options that people have."""

from collections.abc import Callable

import pytest

from aimux.semantic.marks import PromptEnd, PromptStart

HOOKS = """
precmd() { echo "own precmd $?" }
preexec() { echo "own preexec <$1>" }
mine() { echo "hook $?" }
precmd_functions+=(mine)
zle-line-init() { print -n line-init }
zle -N zle-line-init
PROMPT='> '
"""


@pytest.fixture
def zsh(start: Callable) -> Callable:
    """zsh with a `.zshrc`, at its first prompt."""

    def starter(zshrc: str = "", *argv: str, **how: object):
        pane = start("zsh", *argv, files={".zshrc": zshrc + "\n"}, **how)
        pane.ready()
        return pane

    return starter


def test_hooks_of_a_person_s_own_keep_working(zsh) -> None:
    pane = zsh(HOOKS)
    assert pane.run("(exit 5)").exit_status == 5
    pane.wait(lambda: pane.count(PromptEnd) == pane.count(PromptStart), "end of the prompt")
    for said in ("own precmd 5", "hook 5", "own preexec <(exit 5)>", "line-init"):
        assert said in pane.visible()
    assert "aimux" not in pane.visible()


@pytest.mark.parametrize(
    "options",
    [
        "ksh_arrays",
        "sh_word_split",
        "no_unset",
        "err_return",
        "warn_create_global",
        "no_prompt_percent",
        "hist_ignore_space hist_ignore_all_dups",
        "no_prompt_sp",
        "glob_subst",
        "no_multibyte",
        "rc_expand_param",
    ],
)
def test_options_change_nothing(zsh, options: str) -> None:
    pane = zsh(f"setopt {options}")
    line = " echo 'a;b\\c*' é"
    assert pane.run(line).text == line
    assert pane.run("(exit 11)").exit_status == 11
    assert "aimux" not in pane.visible()


def test_a_zsh_without_line_editor_reports_all_but_the_prompt_s_end(zsh) -> None:
    pane = zsh("unsetopt zle")
    assert pane.run("true").exit_status == 0
    assert pane.count(PromptEnd) == 0


def test_vi_mode_adds_no_commands(zsh) -> None:
    pane = zsh("bindkey -v")
    assert pane.run("echo xy\x1b0i").text == "echo xy"
    assert len(pane.records) == 1


def test_an_alias_is_reported_as_it_was_typed_not_as_it_is_run(zsh) -> None:
    pane = zsh("alias -g G='| cat'; alias no=false")
    assert pane.run("echo a G").text == "echo a G"
    assert pane.run("no").text == "no"
