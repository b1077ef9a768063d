"""python -m sorb.postgres start|stop|status [VAR]"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sorb.postgres.errors import PostgresError
from sorb.postgres.server import Server, Status

# As in the settings, which are not read here: they would ask for what production needs.
VAR = Path(os.environ.get("SORB_VAR") or Path(__file__).resolve().parents[2] / "var")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0, or 1 when it failed, or 3 for the status of a stopped server (as systemd)."""
    parser = argparse.ArgumentParser(
        prog="python -m sorb.postgres", description="The embedded PostgreSQL."
    )
    parser.add_argument("act", choices=["start", "stop", "status"])
    parser.add_argument(
        "var", nargs="?", type=Path, default=VAR, help=f"its folder (default {VAR})"
    )
    asked = parser.parse_args(arguments)
    server = Server(asked.var)
    try:
        if asked.act == "start":
            server.start()
            print("Started; it runs until you stop it.")
        elif asked.act == "stop":
            print("Stopped." if server.stop() else "It was not running.")
            return 0
        return _tell(server.status())
    except (PostgresError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _tell(status: Status) -> int:
    if status.home is None:
        print("Stopped: nothing has been made yet. The first start makes it.")
        return 3
    print(f"{'Running' if status.pid else 'Stopped'}: PostgreSQL {status.major}.")
    print(f"  data    {status.home}")
    if status.pid is None:
        return 3
    print(f"  socket  {status.folder}")
    print(f"  user    {status.user}, pid {status.pid}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
