"""Years, months, weeks and days in addresses; nonsense does not match, so it is a 404."""

from django.urls import register_converter


class Year:
    regex = "(?:19|20)[0-9]{2}"
    width = 4

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:0{self.width}}"


class Month(Year):
    regex = "0[1-9]|1[0-2]"
    width = 2


class Week(Year):
    """The number of a week (ISO 8601)."""

    regex = "0[1-9]|[1-4][0-9]|5[0-3]"
    width = 2


class Day(Year):
    regex = "0[1-9]|[12][0-9]|3[01]"
    width = 2


def register() -> None:
    for name, converter in (("yyyy", Year), ("mm", Month), ("ww", Week), ("dd", Day)):
        register_converter(converter, name)
