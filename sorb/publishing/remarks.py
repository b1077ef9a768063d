"""Remark: what an item itself has to say before it is published, in words."""

from typing import NamedTuple


class Remark(NamedTuple):
    """Something to be looked at and confirmed.

    `field` is the name of the form's field, or the id of the fieldset of its rows; `about` names
    what the words speak of, and `address` is where that is found, "" for nothing to go to.
    """

    words: str
    field: str
    about: str = ""
    address: str = ""
