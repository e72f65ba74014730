"""What of a lead reaches partners: as officers wrote it, and in the words for partners."""

import hashlib
import json
from dataclasses import asdict

from portal.leads.data import GradedText, Released
from portal.leads.models import Lead
from portal.leads.particulars import queries as particulars
from portal.leads.wording import Reworded, reworded


def released_of(lead: Lead) -> Released:
    """Return the version of a lead for partners, in the words for partners.

    The one way out: formats, packages, hand-overs and approvals read this and nothing else.
    """
    wordings = {place: Reworded(*pair) for place, pair in lead.wordings.items()}
    at = 0
    for block in lead.texts:
        if block.released:
            wordings[f"texts.{at}"] = Reworded(block.text, block.for_partners)
            at += 1
    return reworded(written_of(lead), wordings)


def written_of(lead: Lead) -> Released:
    """Return what officers wrote at the places that partners may read."""
    return Released(
        reference=lead.reference,
        title=lead.title,
        asked=lead.asked,
        proposal=lead.proposal.value,
        category=lead.category,
        priority=lead.priority.value,
        confidence=lead.confidence.value,
        texts=tuple(GradedText(one.text, one.grading) for one in lead.texts if one.released),
        **particulars.released(lead),
        marking=lead.marking,
        conditions=lead.conditions,
        court=lead.court,
        ask_originator=lead.ask_originator,
        need_to_know=tuple(lead.need_to_know),
        expires_on=lead.expires_on,
    )


def canonical(lead: Released) -> str:
    """Return a version for partners as text in which nothing is missing."""
    return json.dumps(asdict(lead), default=str, ensure_ascii=False, sort_keys=True)


def seal(lead: Released) -> str:
    """Return the SHA-256 of a version for partners: what was read is what is approved."""
    return hashlib.sha256(canonical(lead).encode()).hexdigest()
