"""What a partner may take with it of a hand-over, written from what was handed over."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from portal.core import signing
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, parse
from portal.partners.models import HandOver

SIGNATURE = "signature"  # beside the own JSON, made when that was handed over
SIGNED = {f"{one.slug}.sig": one for one in FORMATS if one != OWN_JSON}  # signed when taken
PARTS = (*(one.slug for one in FORMATS), SIGNATURE, *SIGNED)


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name says the reference and what it is, and nothing else."""

    name: str
    media_type: str
    body: bytes


def names(part: str) -> bool:
    """Tell whether there is such a part of a hand-over."""
    return part in PARTS


def written(given: HandOver, part: str) -> Download:
    """Return a hand-over in one of FORMATS, or a signature; the own JSON to the byte."""
    package = parse(given.content)
    reference = package.lead.reference
    if part == SIGNATURE:
        return Download(f"{reference}.{SIGNATURE}", "application/json", signature_of(given))
    if beside := SIGNED.get(part):
        name, body = f"{reference}.{beside.extension}.sig", beside.render(package)
        signed, digest = asdict(signing.sign_bytes(body)), hashlib.sha256(body).hexdigest()
        return Download(name, "application/json", document(signed, digest))
    wanted = next(one for one in FORMATS if one.slug == part)
    body = given.content.encode() if wanted == OWN_JSON else wanted.render(package)
    return Download(f"{reference}.{wanted.extension}", wanted.media_type, body)


def signature_of(given: HandOver) -> bytes:
    """Return the authority's signature of the own JSON, with the hash of what it signs."""
    return document(json.loads(given.signature), given.content_sha256)


def document(signature: Mapping[str, str], content_sha256: str) -> bytes:
    """Return a signature as a file: the key's certificate, the way it signs, value and hash."""
    return json.dumps({**signature, "content_sha256": content_sha256}, indent=2).encode()
