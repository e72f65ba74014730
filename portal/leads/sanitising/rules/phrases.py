"""Words copied from a report: runs of letters that a text shares with it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.leads.sanitising.data import Secret, fingerprint
from portal.leads.sanitising.rules import folding
from portal.leads.sanitising.rules.folding import BY_LOOK, BY_SOUND, Stream, streams

LENGTH = 24  # letters in a row, about five words
SENTENCE = re.compile(
    r"[^.!?;\n\u3002\uff01\uff1f\u061b\u061f]+[.!?;\u3002\uff01\uff1f\u061b\u061f]*"
)
MOST_SENTENCES = 200  # of one report


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text that are long enough to be known again."""
    for found in SENTENCE.finditer(text):
        sentence = found[0].strip()
        if len(letters_of(sentence)) >= LENGTH:
            yield sentence


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences of reports in one reading.

    `known` is what may be said, such as names of subjects; a run of these alone is no copy.
    """

    reading: int
    shingles: Mapping[str, Secret]
    known: Collection[str]


def pages_of(secrets: Sequence[Secret], speakable: Iterable[str]) -> tuple[Page, ...]:
    """Return sentences by look and by sound."""
    said = tuple(speakable)
    return tuple(
        Page(
            reading,
            shingles_of(secrets, reading),
            frozenset(folding.letters_of(one)[reading] for one in said) - {""},
        )
        for reading in (BY_LOOK, BY_SOUND)
    )


def letters_of(text: str) -> str:
    """Return a text as it is compared."""
    return folding.letters_of(text)[BY_LOOK]


def trait_of(sentence: str) -> str:
    """Return under which name a sentence is counted."""
    return fingerprint(letters_of(sentence))


def shingles_of(secrets: Iterable[Secret], reading: int) -> dict[str, Secret]:
    """Return every run of letters of some sentences, with the first sentence it stands in."""
    found: dict[str, Secret] = {}
    for secret in secrets:
        letters = folding.letters_of(secret.value)[reading]
        for at in range(len(letters) - LENGTH + 1):
            found.setdefault(letters[at : at + LENGTH], secret)
    return found


def copied(text: str, pages: Sequence[Page]) -> Iterator[tuple[int, int, Secret]]:
    """Yield the runs of a text that stand in a sentence of a report, by look and by sound."""
    for page in pages:
        yield from runs(streams(text)[page.reading], page)


def runs(held: Stream, page: Page) -> Iterator[tuple[int, int, Secret]]:
    """Yield the runs in one reading, in one walk over the text."""
    run: Secret | None = None
    start = 0
    for at in range(len(held.letters) - LENGTH + 2):
        here = page.shingles.get(held.letters[at : at + LENGTH])
        if here is run:
            continue
        last = at + LENGTH - 2
        if run is not None and not within(held.letters[start : last + 1], page.known):
            yield held.at[start], held.at[last] + 1, run
        run, start = here, at


def within(run: str, known: Iterable[str]) -> bool:
    """Tell whether less than a shingle is left of a run without what may be said."""
    for one in known:
        run = run.replace(one, " ")
    return max(map(len, run.split(" "))) < LENGTH
