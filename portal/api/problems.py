"""Refusals as machines read them: problem documents by RFC 9457, and answers in JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal.api.data import Fault
from portal.core import web
from portal.core.errors import DomainError, NotFoundError

MEDIA = "application/problem+json"
REASONS = {
    **web.REASONS,
    401: "Send a key that works in the header Authorization: Bearer.",
    403: "This key is not for this.",
    413: "The body is larger than 2 MiB. Nothing was saved.",
    415: "Send the body as application/json. Nothing was saved.",
}


class RefusedError(Exception):
    """A request that is answered by a problem document."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail or REASONS.get(status, "")
        self.errors, self.headers, self.more = tuple(errors), dict(headers or {}), more


def in_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer in JSON, in the order in which it was written."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return as_written(text, status, headers)


def as_written(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON that is text already."""
    body = text.encode(errors="replace")
    return Response(body, status, dict(headers or {}), content_type="application/json")


def problem(
    status: int,
    detail: str,
    errors: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return a problem document."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"errors": [fault.as_json() for fault in errors]} if errors else {}),
        **({"incident": g.trace.request_id} if "trace" in g else {}),
        **more,
    }
    if status == HTTPStatus.UNAUTHORIZED:
        headers = {"WWW-Authenticate": 'Bearer realm="portal"', **(headers or {})}
    answer = in_json(said, status, headers)
    answer.content_type = MEDIA
    return answer


def register(bp: Blueprint) -> None:
    """Answer every refusal of the interface by a problem document."""
    bp.register_error_handler(RefusedError, refuse)
    bp.register_error_handler(DomainError, refuse_domain)
    bp.register_error_handler(NoResultFound, lambda _error: refuse_domain(NotFoundError()))
    bp.register_error_handler(StaleDataError, refuse_stale)
    bp.register_error_handler(HTTPException, refuse_http)
    bp.register_error_handler(OperationalError, refuse_unavailable)
    bp.register_error_handler(Exception, apologise)


def refuse(error: RefusedError) -> Response:
    """Say what is wrong, and where."""
    return problem(error.status, error.detail, error.errors, error.headers, **error.more)


def refuse_domain(error: DomainError) -> Response:
    """Say why the portal refuses."""
    return problem(error.status, str(error))


def refuse_stale(_error: StaleDataError) -> Response:
    """Tell the second of two who changed the same thing."""
    return problem(HTTPStatus.CONFLICT, "Somebody changed this at the same moment. Try again.")


def refuse_http(error: HTTPException) -> Response:
    """Answer what Flask refuses by itself."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    detail = REASONS.get(code, "The portal cannot answer this.")
    return problem(code, detail, headers=web.kept_headers(error))


def refuse_unavailable(error: OperationalError) -> Response:
    """Answer while the database is locked, full or away."""
    web.log.error("database unavailable", kind=type(error.orig).__name__)
    detail = "The portal cannot store anything at the moment. Nothing was filed."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "10"})


def apologise(error: Exception) -> Response:
    """Answer a fault of the portal's own."""
    web.log.error("fault", exc_info=error)
    detail = "This is a fault of the portal, not yours. Nothing was filed."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
