"""Whom a bulletin addresses, when it is shown beside a draft, and which names stand in a text.

Plain Python. What is shown follows from the bulletin, the register and what was typed; names are
described by words, by likeness or by form, in steps that grow with their length alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from portal.bulletins.data import Aim, Ground, Handled, NamePattern, Said, Signs, Typed
from portal.core.text import compact_key, search_key
from portal.entities.rules.names import written_words

MOST_NAMES = 20  # patterns of a bulletin
MOST_TOKENS = 12  # words of a pattern
LEAST_NAME = 4  # letters; a shorter name stands in other words by chance
MOST_WORDS = 6  # of a name that is looked for in a text
ALIKE = 84  # of 100, from which a name looks like another
LETTERS, NUMBER, MIXED, ANY = "A", "9", "A9", "*"
LOOKS = str.maketrans("013458", "oleasb")  # digits that stand for letters


def addressed(aim: Aim, company: Handled) -> bool:
    """Tell whether a bulletin addresses a company; no substance on file means any."""
    if aim.activities and not company.activities.intersection(aim.activities):
        return False
    if aim.licensed is not None and aim.licensed is not company.licensed:
        return False
    return (
        not aim.substances
        or not company.substances
        or bool(company.substances.intersection(aim.substances))
    )


def grounds(signs: Signs, typed: Typed) -> tuple[Ground, ...]:
    """Return what of the typed answers a bulletin is about; nothing: it is not shown."""
    asked = {
        Ground.SUBSTANCE: bool(signs.substances or signs.goods),
        Ground.COUNTRY: bool(signs.countries),
        Ground.ROUTE: bool(signs.routes),
        Ground.NAME: bool(signs.names),
    }
    met = {
        Ground.SUBSTANCE: bool(typed.substances.intersection(signs.substances))
        or any(has_words(goods, one) for one in signs.goods for goods in typed.goods),
        Ground.COUNTRY: bool(typed.countries.intersection(signs.countries)),
        Ground.ROUTE: any(
            start in typed.origins and end in typed.countries for start, end in signs.routes
        ),
        Ground.NAME: any(fits(one, name) for one in signs.names for name in typed.names),
    }
    found = tuple(ground for ground in Ground if met[ground])
    if signs.together and any(asked[ground] and not met[ground] for ground in Ground):
        return ()
    return found


def fits(pattern: NamePattern, name: str) -> bool:
    """Tell whether a name has the shape of a pattern."""
    if pattern.sort == "words":
        return has_words(name, pattern.value)
    if pattern.sort == "look-alike":
        return looks_like(name, pattern.value)
    form = tokens_of(pattern.value)
    return len(form) <= MOST_TOKENS and has_form(search_key(name).split()[:MOST_TOKENS], form)


def has_words(text: str, wanted: str) -> bool:
    """Tell whether every wanted word stands in a text, in any order, case or script."""
    words = search_key(wanted).split()
    return bool(words) and set(words) <= set(search_key(text).split())


def looks_like(name: str, model: str) -> bool:
    """Tell whether a name is made to be taken for another: nearly the same, and not the same."""
    left, right = "".join(written_words(name)), "".join(written_words(model))
    if left == right:
        return False
    if left.translate(LOOKS) == right.translate(LOOKS):
        return True
    return fuzz.ratio(left.translate(LOOKS), right.translate(LOOKS)) >= ALIKE


def tokens_of(form: str) -> tuple[str, ...]:
    """Return the parts of a form: signs as they are, words as they are compared."""
    found: list[str] = []
    for part in form.split():
        found.extend([part] if part in {LETTERS, NUMBER, MIXED, ANY} else search_key(part).split())
    return tuple(found)


def has_form(words: Sequence[str], form: Sequence[str]) -> bool:
    """Tell whether words follow a form; as many steps as words times parts."""
    reached = {0}  # how many parts of the form are used up
    for word in words:
        reached = with_skips(reached, form)
        reached = {
            place if form[place] == ANY else place + 1
            for place in reached
            if place < len(form) and takes(form[place], word)
        }
    return len(form) in with_skips(reached, form)


def with_skips(reached: set[int], form: Sequence[str]) -> set[int]:
    """Return the places that are reached when anything may be nothing."""
    found = set(reached)
    for place in sorted(reached):
        step = place
        while step < len(form) and form[step] == ANY:
            step += 1
            found.add(step)
    return found


def takes(part: str, word: str) -> bool:
    """Tell whether a part of a form takes a word."""
    signs = {
        ANY: True,
        LETTERS: word.isalpha(),
        NUMBER: word.isdigit(),
        MIXED: word.isalnum() and not word.isalpha() and not word.isdigit(),
    }
    return signs.get(part, part == word)


def in_order(texts: Iterable[Said], language: str) -> tuple[Said, ...]:
    """Return the texts, that of the reader's language first, else the English one."""
    wanted = [language, "en"]

    def place(one: Said) -> tuple[int, str]:
        return (wanted.index(one.language) if one.language in wanted else 2, one.language)

    return tuple(sorted(texts, key=place))


# --- names in a text ------------------------------------------------------------------------------


def standing_in(text: str, names: Iterable[str]) -> Iterator[str]:
    """Yield each name that stands in a text, also without its legal form, in any case or script."""
    held = f" {search_key(text)} "
    for name in names:
        whole, bare = search_key(name), " ".join(written_words(name))
        for wanted in dict.fromkeys((whole, bare)):
            if len(wanted) >= LEAST_NAME and f" {wanted} " in held:
                yield name
                break


def grams(text: str) -> tuple[str, ...]:
    """Return each run of at most MOST_WORDS words of a text, as compared."""
    words = search_key(text).split()
    runs = (
        " ".join(words[start : start + length])
        for length in range(1, MOST_WORDS + 1)
        for start in range(len(words) - length + 1)
    )
    return tuple(dict.fromkeys(run for run in runs if len(run) >= LEAST_NAME))


def compact(run: str) -> str:
    """Return a run of words as numbers of papers are compared."""
    return compact_key(run)
