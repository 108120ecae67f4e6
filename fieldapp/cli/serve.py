"""`fieldapp serve`: the app behind waitress, once the database is ready."""

import argparse
import dataclasses
import errno
import logging
import pkgutil
import select
import socket

import waitress  # type: ignore[import-untyped]  # the library has no types

from fieldapp.cli.database import writing
from fieldapp.cli.lookup_work import looking_up
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.errors import Conflict
from fieldapp.domain.imports.files import let_go_of_old_files
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit

# the app stands above the command line, so it is named as any WSGI server would name it
APP = "fieldapp.app:create_app"
# more than the largest caseload file in its form; routes set their own lower limits
LARGEST_BODY = 24 * 1024 * 1024
# phones and proxies keep connections open, without holding a thread; waitress's own limit of 100 would shut out all
# others. Most systems allow a process 1024 open files
MOST_CONNECTIONS = 900


def add_serve(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "serve",
        help="serve the app",
        description="Serves the app with the settings in FIELDAPP_* variables, behind an HTTPS proxy.",
    )
    parser.add_argument("--host", help="address to listen at, instead of FIELDAPP_HOST")
    parser.add_argument("--port", type=int, help="port to listen at, instead of FIELDAPP_PORT")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the database, then serve until interrupted."""
    settings = from_environment()
    settings = dataclasses.replace(settings, host=args.host or settings.host, port=args.port or settings.port)
    with writing(settings) as database:
        let_go_of_old_files(database, now=now())
        commit()
    serve(settings)
    return 0


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises Conflict when the port is taken or the address is not ours."""
    app = pkgutil.resolve_name(APP)(settings)
    # it warns of each request that waits for a thread, which is what a queue is for
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with _listening(settings) as taken, looking_up(app, settings):
        server = waitress.create_server(
            app,
            sockets=[taken],
            threads=settings.threads,
            max_request_body_size=LARGEST_BODY,
            connection_limit=MOST_CONNECTIONS,
            # select() ends at 1024 open files
            asyncore_use_poll=hasattr(select, "poll"),
            # the app itself takes what trusted proxies say, and only when told how many there are
            clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
            ident=None,
        )
        print(f"fieldapp is at http://{settings.host}:{settings.port} (Ctrl-C stops it)", flush=True)
        server.run()


def _listening(settings: Settings) -> socket.socket:
    """Take the port. Waitress would leave half a server open where it is taken, so it gets the finished socket."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise Conflict(_refusal(settings, error)) from None


def _refusal(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} is in use. Stop the program that has it, or choose another: "
            "fieldapp serve --port 8001."
        )
    if error.errno == errno.EACCES:
        return f"Port {settings.port} is not allowed here. Choose one above 1023: fieldapp serve --port 8000."
    return f"{settings.host}:{settings.port} cannot be listened at: {error.strerror}. Check FIELDAPP_HOST."
