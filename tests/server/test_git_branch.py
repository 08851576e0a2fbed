"""The branch from git's files, in a repository, a worktree and outside of both."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from aimux.server.git_branch import git_branch, git_commit
from tests.programs import needs


def git(directory: Path, *words: str) -> str:
    identity = ("-c", "user.name=me", "-c", "user.email=me@example.org")
    done = subprocess.run(
        ("git", *identity, *words), cwd=directory, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_it_is_what_git_says(tmp_path: Path) -> None:
    needs("git")
    home = tmp_path / "home"
    home.mkdir()
    git(home, "init", "-q", "-b", "topic/one")
    assert git_branch(str(home)) == "topic/one"
    git(home, "commit", "-q", "--allow-empty", "-m", "first")
    (home / "deep" / "er").mkdir(parents=True)
    assert git_branch(str(home / "deep" / "er")) == "topic/one"
    git(home, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    assert git_branch(str(tmp_path / "tree")) == "other"
    git(home, "checkout", "-q", "--detach")
    assert git_branch(str(home)) == git(home, "rev-parse", "HEAD")[:12]


def test_elsewhere_there_is_none(tmp_path: Path) -> None:
    assert git_branch(str(tmp_path)) == ""
    assert git_branch("") == ""
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".git" / "HEAD")
    assert git_branch(str(tmp_path)) == ""


def test_the_commit_is_that_of_the_branch_also_in_a_worktree_and_packed(tmp_path: Path) -> None:
    needs("git")
    home = tmp_path / "home"
    home.mkdir()
    git(home, "init", "-q", "-b", "topic/one")
    git(home, "commit", "-q", "--allow-empty", "-m", "first")
    head = git(home, "rev-parse", "HEAD")
    tree = tmp_path / "tree"
    git(home, "worktree", "add", "-q", "-b", "other", str(tree))
    (home / "below").mkdir()
    assert git_commit(str(home / "below")) == git_commit(str(tree)) == head
    git(home, "pack-refs", "--all")
    assert git_commit(str(home)) == git_commit(str(tree)) == head
    git(home, "checkout", "-q", "--detach")
    assert git_commit(str(home)) == head
    assert git_commit(str(tmp_path)) == git_commit("here") == ""
