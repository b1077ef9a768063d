"""The site in a process that can be killed: a parent that listens, and one child that answers.

Run as `python -m tests.faults.server DATABASE`; prints the port. When the child dies, the parent
makes another at once, as a supervisor would.
"""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the site stands only now


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """The test says what matters."""


def run() -> None:
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    print(server.server_port, flush=True)
    while True:
        child = os.fork()
        if child == 0:
            server.serve_forever()
        print(child, flush=True)
        os.waitpid(child, 0)


run()
