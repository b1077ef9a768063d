from pathlib import Path

import pytest

from sorb.postgres import binaries
from sorb.postgres.__main__ import main

from .conftest import ROOT, Python


def test_command_line_starts_tells_and_stops(
    new_var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [main([act, str(new_var)]) for act in ("status", "start", "status", "stop", "stop")]
    codes.append(main(["status", str(new_var)]))

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
    assert str(new_var / "postgres/run") in output


def test_command_line_renders_errors_as_words(
    new_var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "folders", list)

    code = main(["start", str(new_var)])

    assert code == 1
    assert capsys.readouterr().err.startswith("No PostgreSQL 14 or later on this machine")


def test_command_line_uses_the_folder_of_the_settings_unless_told(
    new_var: Path, python: Python
) -> None:
    code = "from sorb.postgres.__main__ import VAR; print(VAR)"

    outputs = [python(code, new_var, SORB_VAR=name).communicate()[0] for name in ("", str(new_var))]

    assert outputs == [f"{ROOT / 'var'}\n", f"{new_var}\n"]
