"""The door for machines: only a key opens it, never a cookie; and what stands in a request."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from portal.api import queries, services
from portal.api.callers import Caller
from portal.api.data import MOST_BYTES, ROOT, Fault, Scope
from portal.api.parsing import parsed
from portal.api.problems import RefusedError, refuse_http
from portal.core import web
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.forms import SHORT
from portal.core.text import UnstorableTextError, clean

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
MOST_KEY = 255  # characters of an idempotency key
WRONG_PARAMETER = "A parameter is not right."
READ_ONLY = "This key may not do this: it lacks the scope {scope}."


def keyed(scope: Scope) -> Callable[[View[P]], View[P]]:
    """Let a view run only for a key that works and has the scope; count the request."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            admit(scope)
            return view(*args, **kwargs)

        guarded.__dict__["access"] = f"key with {scope}"
        return guarded

    return decorate


def admit(scope: Scope) -> None:
    """Find whose key was sent, and count the request.

    Raises:
        RefusedError: no key, none that works, not for this, or too many requests.
    """
    sort, _, secret = request.headers.get("Authorization", "").partition(" ")
    now = utc_now()
    found = (
        queries.working(get_session(), secret.strip(), now) if sort.lower() == "bearer" else None
    )
    if found is None:
        raise RefusedError(401)
    key, account = found
    g.caller = services.caller_of(account, key)
    with transaction() as session:
        g.allowance = allowance = services.count(session, key, now)
    if allowance.left < 0:
        wait = {"Retry-After": str(allowance.seconds)}
        raise RefusedError(429, f"Too many requests. Come back in {allowance.seconds} s.", (), wait)
    if scope not in key.scopes:
        raise RefusedError(403, READ_ONLY.format(scope=scope))


def caller() -> Caller:
    """Return for whom the machine acts; call only inside a view that is `keyed`."""
    known: Caller = g.caller
    return known


def say_what_is_left(response: Response) -> Response:
    """Tell the machine how many requests it has left, and until when."""
    if "allowance" in g:
        left, seconds = max(0, g.allowance.left), g.allowance.seconds
        response.headers["RateLimit-Policy"] = f'"minute";q={g.allowance.most};w=60'
        response.headers["RateLimit"] = f'"minute";r={left};t={seconds}'
    return response


def body() -> Any:
    """Return the JSON that was sent; numbers are kept as they were written.

    Raises:
        RefusedError: it is of another type, too large, or no JSON.
    """
    if request.mimetype != "application/json":
        raise RefusedError(415)
    return parsed(raw())


def raw() -> bytes:
    """Return the bytes that were sent.

    Raises:
        RequestEntityTooLarge: by Flask, beyond MOST_BYTES.
    """
    request.max_content_length = MOST_BYTES
    return request.get_data()


def idempotency_key() -> str:
    """Return the name under which the machine may repeat a request; empty for none.

    Raises:
        RefusedError: it is too long, or holds what a name should not.
    """
    name = request.headers.get("Idempotency-Key", "").strip()
    if len(name) > MOST_KEY or not name.isascii() or not (name.isprintable() or not name):
        said = f"Use at most {MOST_KEY} letters, digits and signs of ASCII"
        raise RefusedError(422, "The header is not usable.", [Fault(said, None, "Idempotency-Key")])
    return name


def fingerprint() -> str:
    """Return what tells this request from another one."""
    what = f"{request.method} {request.full_path}\n".encode() + raw()
    return hashlib.sha256(what).hexdigest()


def flag(name: str) -> bool:
    """Return a parameter that is true or false; false when it is not there.

    Raises:
        RefusedError: it is something else.
    """
    said = request.args.get(name, "false")
    if said not in {"true", "false"}:
        fault = Fault("Say true or false", None, name)
        raise RefusedError(422, WRONG_PARAMETER, [fault])
    return said == "true"


def cursor() -> UUID | None:
    """Return the last submission of the page before.

    Raises:
        RefusedError: it is none.
    """
    said = request.args.get("cursor")
    try:
        return UUID(said) if said else None
    except ValueError:
        fault = Fault("Send the value of next of the page before", None, "cursor")
        raise RefusedError(422, WRONG_PARAMETER, [fault]) from None


def search() -> str:
    """Return what is looked for; empty for everything.

    Raises:
        RefusedError: it is too long, or holds what no record may hold.
    """
    said = request.args.get("q", "")
    try:
        if len(said) <= SHORT:
            return clean(said).strip()
        detail = f"Use at most {SHORT} characters"
    except UnstorableTextError as error:
        detail = str(error)
    raise RefusedError(422, WRONG_PARAMETER, [Fault(detail, None, "q")])


def init_app(app: Flask) -> None:
    """Answer machines that go astray under the interface; it needs no token of a page."""
    app.register_error_handler(NotFound, refuse_astray)
    app.register_error_handler(MethodNotAllowed, refuse_astray)
    app.extensions["csrf"].exempt(app.blueprints["api"])


def refuse_astray(error: HTTPException) -> ResponseReturnValue:
    """Answer for an address or a method that is not there: to machines or to people."""
    if request.path.startswith(f"{ROOT}/"):
        return refuse_http(error)
    return web.refuse_http(error)
