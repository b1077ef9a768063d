from pathlib import Path

import pytest

from sorb.postgres import binaries
from sorb.postgres.__main__ import main

from .conftest import ROOT, Python


def test_command_line_starts_tells_and_stops(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main([act, str(var)]) for act in ("status", "start", "status", "stop", "stop")]
    codes.append(main(["status", str(var)]))

    output, errors = capsys.readouterr()
    assert codes == [3, 0, 0, 0, 0, 3]
    assert errors == ""
    words = [
        "nothing has been made yet",
        "Started",
        "Running: PostgreSQL",
        "Stopped.",
        "It was not running.",
        "Stopped: PostgreSQL",
    ]
    places = [output.index(word) for word in words]
    assert places == sorted(places)
    assert str(var / "postgres/run") in output


def test_command_line_renders_errors_as_words(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "folders", list)

    code = main(["start", str(var)])

    assert code == 1
    assert capsys.readouterr().err.startswith("No PostgreSQL 14 or later on this machine")


def test_command_line_uses_the_folder_of_the_settings_unless_told(
    var: Path, python: Python
) -> None:
    code = "from sorb.postgres.__main__ import VAR; print(VAR)"

    outputs = [python(code, var, SORB_VAR=name).communicate()[0] for name in ("", str(var))]

    assert outputs == [f"{ROOT / 'var'}\n", f"{var}\n"]
