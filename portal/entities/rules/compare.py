"""The comparison of two profiles: a sum of what each fact says, for and against.

In the manner of Fellegi and Sunter: each agreement adds the logarithm (to base 2) of how much
likelier it is between two mentions of the same than between two of different ones; each
contradiction takes away. The weights are our own estimates; `evaluate/` holds them to labelled
data. Some contradictions are doubts: whatever speaks for it, only a person may then join the two.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from portal.entities.data import Comparison, EntitySort, Number, Profile, Reason
from portal.entities.rules.addresses import Place, compare_addresses
from portal.entities.rules.lists import WEB_MAIL
from portal.entities.rules.names import Likeness, compare_organisations, compare_persons
from portal.entities.rules.numbers import days_alike, slip
from portal.entities.rules.profiles import words_of

SAME_NUMBER = 20.0
NEAR_NUMBER = 9.0
OTHER_NUMBER = {"registration": -14.0, "tax": -10.0, "lei": -14.0, "eori": -10.0, "identity": -2.0}
EXCLUSIVE = frozenset({"registration", "tax", "lei", "eori"})  # one holder has one
BORN = {"same": 12.0, "near": 6.0, "other": -5.5}
PHONE, MAILBOX, ACCOUNT, SITE = 10.0, 11.0, 12.0, 7.0
SAME_COUNTRY, OTHER_COUNTRY = 1.0, -4.0
ALONE = 7.0  # nothing but a firm's name is told, and only one has it
LEAST_NAME = -6.0
OTHER_NAME = -3.0  # bits of a name, below which a number may be somebody else's
WEAK_NAME = 4.0  # bits of a name, below which other facts alone do not join two


def compare(left: Profile, right: Profile, namesakes: int = 0) -> Comparison:
    """Compare two profiles of the same sort.

    Args:
        left: what a submission tells.
        right: what is known of an entity.
        namesakes: how many entities have the name; a name of many says less.
    """
    if left.sort is EntitySort.ADDRESS:
        return compare_places(left, right)
    name = best_name(left, right)
    reasons = [named(name)]
    doubts: list[str] = []
    numbers = list(number_reasons(left, right))
    reasons.extend(numbers)
    reasons.extend(fact_reasons(left, right))
    if namesakes == 1 and name.whole and (bare(left) or bare(right)):
        reasons.append(Reason("Nobody else has such a name", ALONE))
    if namesakes > 1 and name.bits > 0:
        reasons.append(Reason(f"{namesakes} entities have such a name", -rarity(namesakes)))
    doubts.extend(doubts_of(left, right, name, numbers))
    return Comparison(
        tuple(one for one in reasons if one.bits), tuple(doubts), words_of(left) == words_of(right)
    )


def namesake(left: Profile, right: Profile) -> bool:
    """Tell whether two firms have one name, but for legal form and slips of the keys."""
    return best_name(left, right).whole


def bare(profile: Profile) -> bool:
    """Tell whether nothing is known but names, and perhaps countries."""
    return not (set(profile.to_json()) - {"names", "countries"})


def rarity(namesakes: int) -> float:
    """Return what a name loses that many have: a bit for each doubling."""
    return float((namesakes - 1).bit_length())


def named(name: Likeness) -> Reason:
    """Return what the names say."""
    bits = max(LEAST_NAME, name.bits)
    return Reason(name.text if bits > 0 else "Other names", bits, name.left, name.right)


def best_name(left: Profile, right: Profile) -> Likeness:
    """Return how the two names compare that compare best."""
    one = compare_persons if left.sort is EntitySort.PERSON else compare_organisations
    pairs = (one(a, b) for a, b in product(left.names, right.names))
    return max(pairs, key=lambda found: found.bits)


def number_reasons(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what numbers of registers and papers say, kind by kind."""
    for kind in OTHER_NUMBER:
        pairs = [
            (a, b)
            for a, b in product(of_kind(left, kind), of_kind(right, kind))
            if not a.country or not b.country or a.country == b.country
        ]
        if pairs:
            yield max((number_reason(kind, a, b) for a, b in pairs), key=lambda one: one.bits)


def of_kind(profile: Profile, kind: str) -> tuple[Number, ...]:
    """Return the numbers of one kind."""
    return tuple(one for one in profile.numbers if one.kind == kind)


def number_reason(kind: str, left: Number, right: Number) -> Reason:
    """Return what two numbers of a kind say."""
    if left.value == right.value:
        return Reason(f"Same {kind} number", SAME_NUMBER, left.value, right.value)
    if slip(left.value, right.value, 2 if kind == "identity" else 1):
        return Reason(f"Nearly the same {kind} number", NEAR_NUMBER, left.value, right.value)
    return Reason(f"Another {kind} number", OTHER_NUMBER[kind], left.value, right.value)


def fact_reasons(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what the other facts say."""
    yield from born(left, right)
    yield from common(left.phones, right.phones, "Same telephone", PHONE)
    yield from common(left.emails, right.emails, "Same e-mail address", MAILBOX)
    yield from common(left.accounts, right.accounts, "Same account", ACCOUNT)
    if not set(left.emails) & set(right.emails):
        yield from common(sites(left), sites(right), "Same web site or mail domain", SITE)
    place = best_place(left, right)
    if place is not None:
        yield place
    elif left.countries and right.countries:
        same = bool(set(left.countries) & set(right.countries))
        text = "Same country" if same else "Other countries"
        yield Reason(text, SAME_COUNTRY if same else OTHER_COUNTRY)


def born(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what the days of birth say."""
    if left.born and right.born:
        how = best_day(left, right)
        texts = {"same": "Same", "near": "Nearly the same", "other": "Another"}
        yield Reason(
            f"{texts[how]} date of birth", BORN[how], f"{left.born[0]}", f"{right.born[0]}"
        )


def best_day(left: Profile, right: Profile) -> str:
    """Return how the days of birth compare that compare best."""
    return max((days_alike(a, b) for a, b in product(left.born, right.born)), key=BORN.__getitem__)


def common(left: Iterable[str], right: Iterable[str], text: str, bits: float) -> Iterator[Reason]:
    """Yield that both have a value, once, however many they share."""
    known = set(right)
    shared = [value for value in left if value in known]
    if shared:
        yield Reason(text, bits, shared[0], shared[0])


def sites(profile: Profile) -> tuple[str, ...]:
    """Return the hosts of a profile's web sites and mail, save mail that anybody can have."""
    domains = (mailbox.rpartition("@")[2] for mailbox in profile.emails)
    return tuple(one for one in (*profile.websites, *domains) if one not in WEB_MAIL)


def best_place(left: Profile, right: Profile) -> Reason | None:
    """Return what the addresses say that compare best; in the same country, a little more."""
    pairs = list(product(left.addresses, right.addresses))
    if not pairs:
        return None
    found: list[tuple[Place, str, str]] = [
        (compare_addresses(a, b), str(a), str(b)) for a, b in pairs
    ]
    place, one, other = max(found, key=lambda three: three[0].bits)
    bonus = SAME_COUNTRY if set(left.countries) & set(right.countries) else 0.0
    return Reason(place.text, place.bits + bonus, one, other)


def doubts_of(
    left: Profile, right: Profile, name: Likeness, numbers: Iterable[Reason]
) -> Iterator[str]:
    """Yield why the portal may not join the two by itself."""
    day = best_day(left, right) if left.born and right.born else ""
    held = any(one.bits == SAME_NUMBER for one in numbers)
    held |= day == "same" and any(one.bits == NEAR_NUMBER for one in numbers)
    if name.bits < OTHER_NAME or ((name.bits < WEAK_NAME or not name.full) and not held):
        yield "The names differ"
    for one in numbers:
        if one.bits < 0 and any(kind in one.text for kind in EXCLUSIVE):
            yield one.text
    if day == "other" and not held:
        yield "Another date of birth"
    if left.sort is EntitySort.PERSON and day != "same" and not held and moved(left, right):
        yield "Another address, and nothing else that only one person has"


def moved(left: Profile, right: Profile) -> bool:
    """Tell whether every address differs and neither telephone, mail nor account is shared."""
    reached = any(
        set(getattr(left, sort)) & set(getattr(right, sort))
        for sort in ("phones", "emails", "accounts")
    )
    pairs = list(product(left.addresses, right.addresses))
    return bool(pairs) and not reached and all(compare_addresses(a, b).other for a, b in pairs)


def compare_places(left: Profile, right: Profile) -> Comparison:
    """Compare two addresses as entities of their own."""
    one, other = left.addresses[0], right.addresses[0]
    place = compare_addresses(one, other)
    bits = place.bits + (SAME_PLACE if place.same else 0.0)
    reasons = (Reason(place.text, bits, str(one), str(other)),)
    doubts = (place.text,) if place.other else ()
    return Comparison(reasons, doubts, words_of(left) == words_of(right))


SAME_PLACE = 5.0  # street, number and nothing against it; with the town it is certain
