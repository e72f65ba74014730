"""Words copied from a report: runs of letters that a text shares with it."""

import re
from collections.abc import Collection, Iterable, Iterator

from portal.leads.sanitising.data import fingerprint
from portal.leads.sanitising.rules.folding import looks, stream

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


def letters_of(text: str) -> str:
    """Return a text as it is compared."""
    return stream(text, looks).letters


def trait_of(sentence: str) -> str:
    """Return under which name a sentence is counted."""
    return fingerprint(letters_of(sentence))


def copied(text: str, sentence: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs of a text that stand in a sentence of a report.

    Args:
        text: for partners.
        sentence: of the report.
        known: what may be said, such as names of subjects; a run of these alone is no copy.
    """
    held = stream(text, looks)
    source = letters_of(sentence)
    shingles = {source[at : at + LENGTH] for at in range(len(source) - LENGTH + 1)}
    start = None
    for at in range(len(held.letters) - LENGTH + 2):
        inside = held.letters[at : at + LENGTH] in shingles
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            last = at + LENGTH - 2
            if not within(held.letters[start : last + 1], known):
                yield held.at[start], held.at[last] + 1
            start = None


def within(run: str, known: Iterable[str]) -> bool:
    """Tell whether less than a shingle is left of a run without what may be said."""
    for one in known:
        run = run.replace(one, " ")
    return max(map(len, run.split(" "))) < LENGTH
