"""What holds for every request and response, whatever it asks for.

A page of somebody else, open in the same browser, must not read what is served here. It could let its own host
name point to 127.0.0.1 (DNS rebinding), so only names of this machine are answered; and it could post a form
here, so a POST that says it comes from another origin is refused, unless that origin was allowed.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
"""On every response that does not bring its own."""


class Guard:
    """Middleware that turns strangers away and adds the headers of HEADERS."""

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        app = self.app if refusal is None else PlainTextResponse(refusal + "\n", 403)
        await app(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> str | None:
        """Why a request is turned away, or None."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in NAMES:
            return f"{host or 'no host'} is not served here; this server goes by {', '.join(NAMES)}"
        origin = headers.get("origin")
        if scope["method"] == "POST" and origin not in (None, f"http://{host}") and not self._allows(str(origin)):
            return f"pages of {origin} may not post here; kg serve --cors {origin} lets them"
        return None

    def _allows(self, origin: str) -> bool:
        return "*" in self.origins or origin in self.origins


def _name(host: str) -> str:
    """The name in a Host field, without its port.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("evil.example")
    ('localhost', '[::1]', 'evil.example')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
