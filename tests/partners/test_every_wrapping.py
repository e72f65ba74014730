"""A planted secret is found in each format and wherever it can stand in a paper."""

import base64
import io
from uuid import UUID

import pikepdf
import pytest

from portal.core import pdf
from portal.leads.data import (
    GradedText,
)
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON
from portal.partners.paper import context_of
from tests.factories import (
    NOON,
)
from tests.partners.packages import full, package
from tests.partners.searching import Seen, found, secret
from tests.partners.test_every_byte import GRADING, QUANTITY

WORD = secret("planted")
WAYS = {
    "as it is": WORD,
    "in capitals": WORD.upper(),
    "in base64": base64.b64encode(f"a {WORD}".encode()).decode(),
    "in hex": WORD.encode().hex(),
    "in UTF-16, in hex": WORD.encode("utf-16-le").hex(),
    "in UTF-16, in base64": base64.b64encode(WORD.encode("utf-16-be")).decode(),
    "backwards": WORD[::-1],
    "in an address": "".join(f"%{ord(letter):02x}" for letter in WORD),
}


@pytest.mark.parametrize("written", WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize("wanted", FORMATS, ids=lambda one: one.slug)
def test_a_planted_secret_is_found_in_each_format(wanted, written):
    planted = wanted.render(package(texts=(GradedText(f"Seen: {written}.", GRADING),)))
    assert {word for word, _ in found([Seen("here", planted)])} == {WORD.casefold()}
    assert found([Seen("here", wanted.render(full()))]) == set()


@pytest.fixture
def paper(app):
    """Return a paper of a lead, with a secret where it is asked for."""

    def make(*, title="A title", text="Seen.", name="lead.json", content=b"{}") -> bytes:
        said = package(title=title, texts=(GradedText(text, GRADING),))
        with app.app_context():
            return pdf.render_pdf(
                "papers/lead.html",
                title=title,
                now=NOON,
                lang="en",
                attachments=(pdf.Attachment(name, content),),
                **context_of(said),
            )

    return make


@pytest.mark.parametrize(
    ("planted", "place"),
    [
        ({"text": f"Seen {WORD}."}, "page 1"),
        ({"title": WORD}, "XMP"),
        ({"name": f"{WORD}.json"}, "name of a file"),
        ({"content": OWN_JSON.render(package(title=WORD))}, "file lead.json"),
    ],
    ids=["text", "metadata", "name of a file", "file"],
)
def test_a_planted_secret_is_found_wherever_in_a_paper(paper, planted, place):
    hits = found([Seen("paper", paper(**planted))])
    assert [where for word, where in hits if word == WORD.casefold() and place in where]
    assert found([Seen("paper", paper())]) == set()


def test_a_secret_in_the_notes_of_a_pdf_is_found(paper):
    with pikepdf.open(io.BytesIO(paper())) as changed:
        changed.docinfo["/Keywords"] = WORD
        out = io.BytesIO()
        changed.save(out)
    hits = found([Seen("paper", out.getvalue())])
    assert [where for word, where in hits if where.endswith("info")]


@pytest.mark.parametrize("word", ["SR-2345-6789", QUANTITY, str(UUID(int=7))])
def test_a_planted_reference_quantity_or_id_is_found(word):
    for wanted in FORMATS:
        planted = wanted.render(package(texts=(GradedText(f"See {word}", GRADING),)))
        assert {one for one, _ in found([Seen("here", planted)], [word])} == {word}
