"""What machines are shown of a submission: what its company sees on its page, and no more."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from portal.bulletins.data import Shown
from portal.reference.queries import SubstanceHit
from portal.submissions import queries, services
from portal.submissions.kind import Kind
from portal.submissions.models import Question, Submission
from portal.submissions.rules import SAID


def instant(value: datetime | None) -> str | None:
    """Return a time as RFC 3339 writes it."""
    return value.isoformat().replace("+00:00", "Z") if value else None


def address(submission: Submission) -> str:
    """Return where a submission is found."""
    return url_for("api.show", submission_id=submission.id)


def summary(submission: Submission) -> dict[str, Any]:
    """Return what stands in a list."""
    return {
        "id": str(submission.id),
        "reference": submission.reference,
        "kind": submission.kind,
        "state": submission.state.value,
        "received_at": instant(submission.received_at),
        "content_sha256": submission.content_sha256,
    }


def whole(session: Session, submission: Submission, now: datetime) -> dict[str, Any]:
    """Return a submission with its record, questions and duties."""
    return summary(submission) | {
        "meaning": SAID[submission.state],
        "check_code": submission.check_code,
        "record": json.loads(submission.content),
        "questions": [question(one) for one in queries.questions_of(session, submission.id)],
        "duties": [
            one | {"due": one["due"].isoformat() if one["due"] else None}
            for one in services.duties_of(submission, now.date())
        ],
    }


def published(found: Sequence[Shown]) -> dict[str, Any]:
    """Return what the authority published on what was sent; people read it on the portal."""
    return {
        "bulletins": [
            {
                "id": str(one.id),
                "title": one.said.title,
                "language": one.said.language,
                "about": [ground.name.lower() for ground in one.grounds],
                "published_at": instant(one.published_at),
                "until": one.until.isoformat() if one.until else None,
                "page": url_for("bulletins.show", bulletin_id=one.id),
            }
            for one in found
        ]
    }


def question(one: Question) -> dict[str, Any]:
    """Return a question of the authority, with its answer."""
    return {
        "id": str(one.id),
        "text": one.text,
        "asked_at": instant(one.asked_at),
        "answer": one.answer,
        "answered_at": instant(one.answered_at),
    }


def kind(one: Kind[Any]) -> dict[str, Any]:
    """Return what a kind is for, and the name of its schema."""
    return {
        "kind": one.slug,
        "title": str(one.title),
        "intro": str(one.intro),
        "schema": f"#/components/schemas/{schema_name(one)}",
    }


def schema_name(one: Kind[Any]) -> str:
    """Return the name of the schema of a kind's body, such as ExportNotice."""
    return "".join(part.capitalize() for part in one.slug.split("-"))


def substance(hit: SubstanceHit) -> dict[str, Any]:
    """Return a substance that was found."""
    one = hit.substance
    return {
        "key": one.key,
        "name": one.name,
        "cas_number": one.cas_rn or None,
        "hs_code": one.hs_code or None,
        "why": hit.hint,
        "score": round(hit.score),
    }
