"""How a supplier writes somebody down: what it knows of them, with its own spelling."""

from dataclasses import replace
from random import Random

from portal.simulation.data import Real, Supplier, chance
from portal.simulation.words.places import BY_CODE
from portal.simulation.words.spellings import FORM_WAYS, PLAIN_FORMS, STREET_WAYS
from portal.submissions.data import Party, PartyRole, PartySort

POSITIONS = ("Sales", "Sales manager", "Export desk", "Responsible officer", "Customs declarant")
NATIVE_ONLY = 0.12  # of files on somebody of another script hold that script alone
NATIVE_TOO = 0.4  # of the others hold it beside
OTHER_FORM = 0.3
OTHER_LATIN = 0.3
TYPO = 0.07
CAPITALS = 0.06
FORMLESS = 0.12


def party(
    real: Real,
    role: PartyRole,
    supplier: Supplier,
    day: int,
    by: Random,
    sure: tuple[str, ...] = (),
) -> Party:
    """Return somebody as this supplier writes them on a day.

    A supplier keeps a file on its customers: the spelling and what is known stay the same from
    filing to filing, but for a slip now and then. What is `sure` it writes down in any case.
    """
    kept = chance("file", supplier.real.id, real.id)
    where = real.at(day)
    name, native = spelled(real, kept)
    known = supplier.careful
    shares = {
        "city": 0.95,
        "street": 0.6 + 0.35 * known,
        "postcode": 0.3 + 0.5 * known,
        "phones": 0.55 + 0.4 * known,
        "emails": 0.45 + 0.45 * known,
        "registration_number": 0.6 * known,
        "tax_number": 0.4 * known,
        "websites": 0.35,
        "identity_number": 0.3 + 0.4 * known,
        "born": 0.2 + 0.4 * known,
        "bank_account": 0.12,
    }
    facts: dict[str, object] = {
        "city": where.city,
        "street": street(where.street, kept),
        "postcode": where.postcode,
        "phones": (where.phone,),
        "emails": (where.email,) if where.email else (),
        "registration_number": real.registration,
        "tax_number": real.tax,
        "websites": (real.website,) if real.website else (),
        "identity_number": real.identity,
        "born": real.born,
        "bank_account": real.account if role in PAYING else None,
    }
    told = {
        name: fact for name, fact in facts.items() if kept.random() < shares[name] or name in sure
    }
    if told.get("identity_number"):
        told["identity_country"] = real.country
    made = Party(
        role=role,
        sort=PartySort.PERSON if real.person else PartySort.ORGANISATION,
        name=name,
        original_script=native,
        country=real.country,
        known_since=known_since(kept),
        **told,  # type: ignore[arg-type]
    )
    return made if sure else slipped(made, by)


PAYING = {PartyRole.CUSTOMER, PartyRole.PAYER}


def known_since(by: Random) -> str | None:
    """Return since when a supplier knows somebody, if it says."""
    return by.choice((None, None, "new", "this year", "about two years", "since 2019", "ten years"))


def slipped(party: Party, by: Random) -> Party:
    """Return the party with a slip of this one filing, now and then."""
    roll = by.random()
    if roll < 0.02 and party.phones:
        return replace(party, phones=())
    if roll < 0.035:
        return replace(party, name=typo(party.name, by))
    if roll < 0.05 and party.street:
        return replace(party, street=None, address_free=free_address(party))
    return party


def free_address(party: Party) -> str:
    """Return an address in one line."""
    parts = (party.street, party.postcode, party.city)
    return ", ".join(part for part in parts if part)


def spelled(real: Real, by: Random) -> tuple[str, str | None]:
    """Return the name as it is written, and the original script beside it."""
    native = full_native(real)
    if native and by.random() < NATIVE_ONLY:
        return native, None
    latin = by.choice(real.name.latin) if by.random() < OTHER_LATIN else real.name.latin[0]
    latin = personal(latin, by) if real.person else f"{latin} {form_of(real, by)}".strip()
    if by.random() < CAPITALS:
        latin = latin.upper()
    if by.random() < TYPO:
        latin = typo(latin, by)
    return latin, native if native and by.random() < NATIVE_TOO else None


def full_native(real: Real) -> str | None:
    """Return the name in its own script with its legal form."""
    native, form = real.name.native, real.native_form
    if native is None or real.person or not form:
        return native
    if form in PLAIN_FORMS:
        return f"{form} «{native}»"
    return f"{native}{form}" if form == "有限公司" else f"{native} {form}"


def form_of(real: Real, by: Random) -> str:
    """Return the legal form as it is written here, or nothing."""
    if by.random() < FORMLESS:
        return ""
    if by.random() < OTHER_FORM:
        return by.choice(FORM_WAYS.get(real.form, (real.form,)))
    return real.form


def personal(name: str, by: Random) -> str:
    """Return a person's name in one of the usual orders."""
    given, _, family = name.partition(" ")
    roll = by.random()
    if roll < 0.1:
        return f"{family}, {given}"
    if roll < 0.2:
        return f"{given[0]}. {family}"
    if roll < 0.25:
        return f"{family} {given}"
    return name


def street(text: str, by: Random) -> str:
    """Return a street as it is written here."""
    if by.random() < 0.25:
        for long, short in STREET_WAYS:
            if long in text:
                return text.replace(long, short)
    return typo(text, by) if by.random() < 0.04 else text


def typo(text: str, by: Random) -> str:
    """Return a text with one slip of the keyboard, never in a digit or at the front."""
    places = [n for n in range(1, len(text) - 1) if text[n].isalpha() and text[n + 1].isalpha()]
    if not places:
        return text
    at = by.choice(places)
    roll = by.random()
    if roll < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if roll < 0.7:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]


def address_of(real: Real, day: int) -> str:
    """Return where somebody is, in one line, with the country."""
    where = real.at(day)
    return f"{where.street}, {where.postcode} {where.city}, {BY_CODE[real.country].code}"
