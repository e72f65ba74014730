"""What outcomes say of the cases behind a lead, and what thanks may not say. Plain Python."""

import re
from collections.abc import Collection, Iterable, Iterator

from portal.core.text import compact_key, search_key
from portal.partners.inbox.data import Result

CONFIRM = frozenset({Result.SEIZURE, Result.ARREST, Result.STOPPED})
LEAST_WORD = 3  # letters; a shorter word stands in others by chance
LEAST_WITHIN = 6  # letters, from which a word is found also where a language sets no spaces
DIGIT = re.compile(r"\d")


def verdict(results: Iterable[Result]) -> bool | None:
    """Tell whether partners confirmed a suspicion; None while they say neither.

    One that found something outweighs those that did not. Licit counts once nobody is still at it.
    """
    said = set(results) - {Result.NO_ACTION}
    if said & CONFIRM:
        return True
    return False if said == {Result.LICIT} else None


def specifics(text: str, words: Collection[str]) -> Iterator[str]:
    """Yield what in a thanks is more than general: digits, and words of the matter itself."""
    held, together = f" {search_key(text)} ", compact_key(text)
    for word in sorted(words):
        wanted, bare = search_key(word), compact_key(word)
        apart = len(wanted) >= LEAST_WORD and f" {wanted} " in held
        if apart or (len(bare) >= LEAST_WITHIN and bare in together):
            yield word
    yield from sorted(set(DIGIT.findall(text)))
