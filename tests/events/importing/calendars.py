"""Calendars to import: those of well-known programs as files, others made here."""

from pathlib import Path
from typing import Any

from events.importing import taking
from events.importing.carrying_out import carry_out
from events.importing.plan import Plan, planned
from events.importing.taking import Choices
from tests.factories import make_event_type

FILES = Path(__file__).parent / "files"


def file(name: str) -> bytes:
    return (FILES / f"{name}.ics").read_bytes()


def vevent(uid: str = "one", **properties: str) -> str:
    """A VEVENT; `dtstart="20251003T100000"` says a property, `x_y` stands for X-Y."""
    facts = {"dtstart": "20251003T100000", "dtend": "20251003T120000", "summary": "Среща"}
    lines = [
        f"{name.replace('_', '-').upper()}{'' if value[:1] == ';' else ':'}{value}"
        for name, value in {"uid": uid, **facts, **properties}.items()
        if value
    ]
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *([head] if head else []), *events]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def plan(data: bytes, user: Any = None, source: str = "test", **choices: Any) -> Plan:
    choices.setdefault("type_id", make_event_type().pk)
    return planned(taking.entries(data), source, Choices(**choices), user)


def imported(data: bytes, user: Any = None, source: str = "test", **choices: Any) -> Plan:
    made = plan(data, user, source, **choices)
    carry_out(made, user)
    return made
