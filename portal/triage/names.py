"""Names as rules compare them: without legal forms, whatever the order of their words."""

from rapidfuzz.distance import JaroWinkler

from portal.core.text import search_key
from portal.entities.rules.names import compare_organisations, compare_persons, folded, mistyped

LEGAL_FORMS = {
    *("bv", "nv", "vof", "cv", "gmbh", "ag", "kg", "ug", "ltd", "limited", "llc", "llp", "plc"),
    *("inc", "corp", "corporation", "co", "company", "sa", "sas", "sarl", "srl", "spa", "sl"),
    *("as", "ab", "oy", "aps", "sro", "doo", "ood", "eood", "zoo", "sp", "pty", "pte", "pvt"),
    *("fze", "fzc", "fzco", "fz", "jsc", "ooo", "oao", "zao", "too", "and", "the", "sti", "ltda"),
    *("b", "v", "n", "s", "r", "l", "d", "o", "z", "p", "c", "a"),
}
CLOSE_LENGTH = 10  # letters; shorter names are alike by chance
ALIKE = 4.0  # bits that two writings of a name have in common
TELLING_LENGTH = 6  # letters of a first word that two names share
SPELT_ALIKE = 0.92  # no unit; 1 is the same
MOST_ADDED = 2  # words
MOST_CHANGES = 2  # letters, between names that could be taken for each other


def bare(key: str) -> str:
    """Return a name as compared, without legal forms; the whole where nothing else is left."""
    words = [word for word in key.split() if word not in LEGAL_FORMS]
    return " ".join(words) or key


def words_of(name: str) -> frozenset[str]:
    """Return the words that tell a name from others, in any order."""
    return frozenset(bare(search_key(name)).split())


def same(one: str, other: str) -> bool:
    """Tell whether two names, as typed, may well be the same.

    Form, order, words left out, initials, slips and transliterations are no difference; nor is a
    branch of the same group: who hides does not keep a rare word.
    """
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return False
    if a <= b or b <= a or changes(bare_of(one), bare_of(other)) <= 1:
        return True
    first, second = bare_of(one).split()[0], bare_of(other).split()[0]
    if len(first) >= TELLING_LENGTH and (first == second or mistyped(first, second)):
        return True  # of one group, or one company and its branch
    joined = (
        "".join(map(folded, bare_of(one).split())),
        "".join(map(folded, bare_of(other).split())),
    )
    if JaroWinkler.similarity(*joined) >= SPELT_ALIKE:
        return True
    alike = compare_organisations(one, other).bits, compare_persons(one, other).bits
    return max(alike) >= ALIKE


def equal(one: str, other: str) -> bool:
    """Tell whether two names, as typed, are one but for legal form, order and a slip."""
    a, b = words_of(one), words_of(other)
    return bool(a) and (a == b or changes(bare_of(one), bare_of(other)) <= 1)


def bare_of(name: str) -> str:
    """Return a name as typed, in the form in which it is compared."""
    return bare(search_key(name))


def close(one: str, other: str) -> bool:
    """Tell whether a name, as compared, could be taken for another and is not the same.

    A letter or two differ, or one adds a word or two: Alpha Chemie, Alpha Chemie Group.
    """
    a, b = bare(one), bare(other)
    if a == b or min(len(a), len(b)) < CLOSE_LENGTH:
        return False
    few, many = sorted((a.split(), b.split()), key=len)
    added = len(few) > 1 and len(many) - len(few) <= MOST_ADDED and many[: len(few)] == few
    return added or changes(a, b) <= MOST_CHANGES


def beginning(key: str) -> str:
    """Return how names begin that could be taken for this one; empty for a short one."""
    name = bare(key)
    two = " ".join(name.split()[:2])
    return "" if len(name) < CLOSE_LENGTH else two if len(two) >= CLOSE_LENGTH else name[:-2]


def changes(a: str, b: str) -> int:
    """Return how many letters differ; at most one more than counts."""
    if abs(len(a) - len(b)) > MOST_CHANGES:
        return MOST_CHANGES + 1
    row = list(range(len(b) + 1))
    for place, letter in enumerate(a, start=1):
        before, row = row, [place]
        for other, known in enumerate(b, start=1):
            changed = before[other - 1] + (letter != known)
            row.append(min(changed, before[other] + 1, row[-1] + 1))
    return min(row[-1], MOST_CHANGES + 1)
