"""A lead's version for partners in every format, as nobody has received it yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from portal.core import audit, pdf
from portal.core.access import Actor
from portal.leads.models import Lead
from portal.leads.releasing import released_of
from portal.partners.data import Package
from portal.partners.downloads import Download
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, parse
from portal.partners.paper import context_of

NOBODY = "Nobody yet: a preview"
PAPER = "pdf"


@dataclass(frozen=True, slots=True)
class Preview:
    """A format, and how large the version for partners is in it."""

    part: str
    title: str
    size: int  # bytes


def package_of(lead: Lead, now: datetime) -> Package:
    """Return what a partner would receive; approved or not, and to nobody."""
    package = Package(
        lead=released_of(lead),
        approved_at=lead.approved_at or now,
        handed_over_at=now,
        authority=current_app.config["AUTHORITY_NAME"],
        recipient=NOBODY,
        recipient_network="",
    )
    return parse(OWN_JSON.render(package).decode())  # as it would be read back


def previews(package: Package) -> Iterator[Preview]:
    """Yield each format with its size."""
    yield Preview(PAPER, "Intelligence report (PDF)", len(paper_of(package)))
    for one in FORMATS:
        yield Preview(one.slug, one.title, len(one.render(package)))


def written(package: Package, part: str) -> Download | None:
    """Return a format; none: there is no such one."""
    name = f"{package.lead.reference}-preview"
    if part == PAPER:
        return Download(f"{name}.pdf", "application/pdf", paper_of(package))
    for one in FORMATS:
        if one.slug == part:
            return Download(f"{name}.{one.extension}", one.media_type, one.render(package))
    return None


def paper_of(package: Package) -> bytes:
    """Return the paper, unsigned: what is not handed over is not signed."""
    return pdf.render_pdf(
        "papers/lead.html",
        title=package.lead.title,
        lang="en",
        now=package.handed_over_at,
        **context_of(package),
    )


def note(session: Session, lead: Lead, part: str, actor: Actor, now: datetime) -> None:
    """Record that an officer looked at what partners would receive."""
    audit.record(session, actor, "lead.previewed", lead.id, now, part=part)
