"""Words copied from a report: runs of letters that a text shares with it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from portal.leads.sanitising.data import Secret, fingerprint
from portal.leads.sanitising.rules.folding import looks, stream, streams

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


@lru_cache(maxsize=20_000)
def letters_of(text: str) -> str:
    """Return a text as it is compared."""
    return stream(text, looks).letters


def trait_of(sentence: str) -> str:
    """Return under which name a sentence is counted."""
    return fingerprint(letters_of(sentence))


def shingles_of(secrets: Iterable[Secret]) -> dict[str, Secret]:
    """Return every run of letters of some sentences, with the first sentence it stands in."""
    found: dict[str, Secret] = {}
    for secret in secrets:
        letters = letters_of(secret.value)
        for at in range(len(letters) - LENGTH + 1):
            found.setdefault(letters[at : at + LENGTH], secret)
    return found


def copied(
    text: str, shingles: Mapping[str, Secret], known: Collection[str]
) -> Iterator[tuple[int, int, Secret]]:
    """Yield the runs of a text that stand in a sentence of a report, in one walk over the text.

    Args:
        text: for partners.
        shingles: of all sentences.
        known: what may be said, such as names of subjects; a run of these alone is no copy.
    """
    held = streams(text)[0]
    run: Secret | None = None
    start = 0
    for at in range(len(held.letters) - LENGTH + 2):
        here = shingles.get(held.letters[at : at + LENGTH])
        if here is run:
            continue
        last = at + LENGTH - 2
        if run is not None and not within(held.letters[start : last + 1], known):
            yield held.at[start], held.at[last] + 1, run
        run, start = here, at


def within(run: str, known: Iterable[str]) -> bool:
    """Tell whether less than a shingle is left of a run without what may be said."""
    for one in known:
        run = run.replace(one, " ")
    return max(map(len, run.split(" "))) < LENGTH
