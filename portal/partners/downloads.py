"""What a partner may take with it of a hand-over, written from what was handed over."""

import json
from dataclasses import dataclass

from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, parse
from portal.partners.models import HandOver

SIGNATURE = "signature"  # beside the own JSON, which it signs


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name says the reference and what it is, and nothing else."""

    name: str
    media_type: str
    body: bytes


def names(part: str) -> bool:
    """Tell whether there is such a part of a hand-over."""
    return part == SIGNATURE or any(one.slug == part for one in FORMATS)


def written(given: HandOver, part: str) -> Download:
    """Return a hand-over in one of FORMATS, or its signature; the own JSON to the byte."""
    package = parse(given.content)
    reference = package.lead.reference
    if part == SIGNATURE:
        return Download(f"{reference}.{SIGNATURE}", "application/json", signature_of(given))
    wanted = next(one for one in FORMATS if one.slug == part)
    body = given.content.encode() if wanted == OWN_JSON else wanted.render(package)
    return Download(f"{reference}.{wanted.extension}", wanted.media_type, body)


def signature_of(given: HandOver) -> bytes:
    """Return the authority's signature of the own JSON, with the hash of what it signs."""
    said = json.loads(given.signature) | {"content_sha256": given.content_sha256}
    return json.dumps(said, indent=2).encode()
