"""Start to end of `kg serve`: a port of this machine, the graph, the server, and the end of all processes."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import uvicorn

from kg.errors import InputError
from kg.server.app import create_app
from kg.server.limits import Limits
from kg.server.service import Service
from kg.server.snapshot import Source

ADDRESS = "127.0.0.1"
LONGEST_HEAD = 64 * 1024  # bytes of the request line and the fields: a query of that length fits a GET
LAST_SECONDS = 2  # for clients that take long to read, once the server is told to end


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own, which would raise each signal again when all is done."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals as they are."""
        yield


def serve(
    source: Source,
    *,
    port: int = 0,
    limits: Limits | None = None,
    origins: Sequence[str] = (),
    ready: Callable[[str], object] = lambda address: None,
) -> None:
    """Serve `source` on `port` of this machine, 0 for any free one, until SIGINT or SIGTERM.

    `ready` gets the address once requests are answered. Pages of `origins` may ask from a browser.
    Raises InputError or DataError where the graph cannot be loaded or the port is taken.
    """
    if not hasattr(os, "fork"):
        raise InputError("kg serve needs a system that can fork, such as Linux, macOS or WSL; kg view writes a page")
    with suppress(KeyboardInterrupt), _bound(port) as listener:
        asyncio.run(_serve(listener, Service(source, limits or Limits()), origins, ready))


def _bound(port: int) -> socket.socket:
    # asyncio sends small answers at once, but only where a socket says that it is of TCP
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError as error:
        listener.close()
        raise InputError(
            f"port {port} cannot be used: {error.strerror}; choose another --port, 0 for a free one"
        ) from None
    return listener


async def _serve(
    listener: socket.socket,
    service: Service,
    origins: Sequence[str],
    ready: Callable[[str], object],
) -> None:
    await service.start()
    config = uvicorn.Config(
        create_app(service, origins=origins),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    server = _Server(config)
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        server.should_exit = True
        stopping.add(asyncio.create_task(service.stop()))

    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop)
    try:
        listener.listen()
        ready(f"http://{ADDRESS}:{listener.getsockname()[1]}/")
        await server.serve(sockets=[listener])
    finally:
        await service.stop()
