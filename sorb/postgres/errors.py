"""What can go wrong with the embedded server, in words that say what to do."""


class PostgresError(Exception):
    """The embedded server cannot be used; the message is for a person and says what to do."""


class BinariesNotFoundError(PostgresError):
    """This machine has no PostgreSQL programs that fit; the message names the ways out."""
