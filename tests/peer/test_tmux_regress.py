from __future__ import annotations

from pathlib import Path

from tests.peer.tmux_regress import run_scripts


def test_scripts_that_end_well_pass_and_each_has_a_place_of_its_own(tmp_path: Path) -> None:
    tmux = tmp_path / "tmux"
    tmux.write_text("#!/bin/sh\n")
    tmux.chmod(0o755)
    (tmp_path / "well.sh").write_text('test -x "$TEST_TMUX" && test -d "$TMUX_TMPDIR"\n')
    (tmp_path / "first.sh").write_text('! test -e "$HOME/left" && touch "$HOME/left"\n')
    (tmp_path / "second.sh").write_text('! test -e "$HOME/left"\n')
    (tmp_path / "badly.sh").write_text('test "$SAID" = no\n')
    found = run_scripts(tmp_path, tmux, [], {"SAID": "yes"})
    assert (found.passed, found.failed) == (3, ("badly",))
    assert run_scripts(tmp_path, tmux, ["badly"], {"SAID": "no"}).failed == ()
