"""Memory is limited by control group where the host lets us make one, else by watching the resident size."""

from __future__ import annotations

from contextlib import suppress

import pytest

from cairn.judge import EndedError, JudgeError, Limits, Outcome, Tier, cgroup
from cairn.judge.probe import check_memory

GREEDY = "import numpy as np\nkept = []\ndef f(n):\n    kept.append(np.ones(n << 17))\n    return len(kept)\n"
MOUNTS = """
30 1 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
31 30 0:27 / {unified} rw,nosuid - cgroup2 cgroup2 rw
32 30 0:28 / {memory} rw,nosuid - cgroup cgroup rw,memory
33 30 0:29 / /sys/fs/cgroup/cpu rw,nosuid - cgroup cgroup rw,cpu
"""


@pytest.fixture
def fake(tmp_path):
    """Folders that look like both versions; gives the text of the two files in /proc."""
    unified, memory = tmp_path / "unified", tmp_path / "memory"
    own = unified / "user" / "app" / "shell"
    own.mkdir(parents=True)
    (memory / "box").mkdir(parents=True)
    for folder, text in (
        (unified, "cpu memory"),
        (unified / "user", "memory"),
        (unified / "user/app", "cpu"),
        (own, ""),
    ):
        (folder / "cgroup.subtree_control").write_text(text)
    return tmp_path, MOUNTS.format(unified=unified, memory=memory), "4:memory:/box\n0::/user/app/shell\n"


def test_the_nearest_folder_that_hands_memory_down_comes_first(fake):
    """Version 2 upwards from the own group, then version 1."""
    root, mounts, own = fake
    found = [(h.folder.relative_to(root).as_posix(), h.version.number) for h in cgroup.homes(mounts, own)]

    assert found == [("unified/user", 2), ("unified", 2), ("memory/box", 1)]


def test_a_path_that_a_namespace_hides_leads_to_the_mount(fake):
    """Where the own group lies outside what is mounted, the mount itself is tried."""
    root, mounts, _ = fake
    found = list(cgroup.homes(mounts, "4:memory:/../elsewhere\n0::/gone\n"))

    assert [h.folder.relative_to(root).as_posix() for h in found] == ["unified", "memory"]


def test_a_group_is_written_and_read_as_the_kernel_documents(tmp_path):
    """Limits, members, peak and the count of killed members, in the files of version 2."""
    for name in ("memory.max", "memory.swap.max", "cgroup.procs"):
        (tmp_path / name).touch()
    (tmp_path / "memory.peak").write_text("4096\n")
    (tmp_path / "memory.events").write_text("low 0\noom 1\noom_kill 0\n")
    group = cgroup.Group(tmp_path, cgroup.TWO)
    group.limit(1 << 20)
    group.admit(42)

    assert (tmp_path / "memory.max").read_text() == "1048576"
    assert (tmp_path / "memory.swap.max").read_text() == "0"
    assert (tmp_path / "cgroup.procs").read_text() == "42"
    assert (group.peak, group.exceeded) == (4096, False)
    (tmp_path / "memory.events").write_text("oom 3\noom_kill 2\n")
    assert group.exceeded


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.CHILD_ONLY], ids=str)
@pytest.mark.parametrize("grouped", [True, False], ids=["group", "watched"])
def test_shared_memory_is_limited_either_way(judge_in, monkeypatch, tier, grouped):
    """What no resource limit counts is held by the control group, and by the watch where there is none."""
    judge = judge_in(tier)
    place = cgroup.home()
    if grouped and place is None:
        pytest.skip("this host lets us make no control group with a memory limit")
    monkeypatch.setattr(cgroup, "home", lambda: place if grouped else None)
    with judge._lock:
        spares = judge._warm["numpy"]
    while spares.spares or spares.greeting:
        with_old = spares.take()
        with_old.end()
    with judge.session() as session:
        assert session.layers[-1].startswith(
            "memory by control group" if grouped else "memory by resident size"
        )
        check_memory(session)
    assert grouped == (session._conversation.child.group is not None)


def test_a_limit_that_cannot_be_set_is_no_verdict(judge, monkeypatch):
    """If the group takes no limit, the submission is not run without one."""

    def refuse(self, size):
        raise OSError("no")

    if cgroup.home() is None:
        pytest.skip("this host lets us make no control group with a memory limit")
    monkeypatch.setattr(cgroup.Group, "limit", refuse)
    with judge.session() as session, pytest.raises(JudgeError, match="no memory limit"):
        session.load("x = 1")


def test_private_memory_ends_in_a_message_about_memory(judge):
    """Allocating too much is a verdict of its own, and what was held before is reported."""
    with judge.session() as session:
        session.load(GREEDY, limits=Limits(memory_bytes=64 << 20))
        session.call((None, "f"), ((16,), {}))
        assert 16 << 20 <= session.memory_bytes < 64 << 20
        with pytest.raises(Exception, match=r"memory|allocate") as error:
            session.call((None, "f"), ((1024,), {}))
    assert error.value.outcome is Outcome.MEMORY


def test_no_group_is_left_when_a_judge_closes():
    """Every group is removed with its process."""
    from cairn.judge import Judge

    if cgroup.home() is None:
        pytest.skip("this host lets us make no control group with a memory limit")
    folders = []
    with Judge() as judge:
        for code in ("x = 1", "x = 2", "import os\nos._exit(1)"):
            with judge.session() as session, suppress(EndedError):
                folders.append(session._conversation.child.group.folder)
                session.load(code)
        parent = judge._warm["numpy"].parent
        folders += [child.group.folder for child in parent._children.values() if child.group]
    assert len(folders) >= 3
    assert [folder for folder in folders if folder.exists()] == []
    assert parent._groups == []
