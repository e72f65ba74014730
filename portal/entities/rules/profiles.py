"""What a submission tells of each person, organisation, address and number in it."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from portal.core.text import compact_key, is_blank, search_key
from portal.entities.data import Address, EntitySort, Number, Profile, Trace
from portal.submissions.data import Mention, Party, PartyRole, PartySort, SubmissionData

# Named in many submissions because of their trade: they link nothing with anything.
COMMON_ROLES = frozenset({PartyRole.EXPORTER, PartyRole.CARRIER, PartyRole.FORWARDER})
SORTS = {
    "phone": EntitySort.PHONE,
    "email": EntitySort.EMAIL,
    "account": EntitySort.ACCOUNT,
    "plate": EntitySort.VEHICLE,
    "vessel": EntitySort.VESSEL,
    "container": EntitySort.CONTAINER,
    "authorisation": EntitySort.AUTHORISATION,
    "website": EntitySort.WEBSITE,
    "identity": EntitySort.IDENTITY,
    "registration": EntitySort.REGISTRATION,
    "seal": EntitySort.SEAL,
    "waybill": EntitySort.WAYBILL,
}
NUMBERS = {
    "registration_number": "registration",
    "tax_number": "tax",
    "eori": "eori",
    "lei": "lei",
    "identity_number": "identity",
}
MOST_OF_EACH = 12  # names, telephones and so on that a profile keeps
LEAST = 3  # characters of a value that says something


def traces_of(data: SubmissionData, mentions: Iterable[Mention]) -> tuple[Trace, ...]:
    """Return every mention of a submission, with what is known of it.

    Args:
        data: the record as filed.
        mentions: its traces, as `present.mentions` finds them.
    """
    found = [
        trace for number, one in enumerate(data.parties) for trace in party_traces(one, number)
    ]
    found.extend(trace for mention in mentions if (trace := trace_of(mention, data)) is not None)
    return tuple(found)


def party_traces(party: Party, number: int) -> Iterator[Trace]:
    """Yield a party as a mention of a person or an organisation, and its address."""
    about = {"role": party.role.value, "telling": party.role not in COMMON_ROLES}
    if not is_blank(party.name):
        yield Trace(
            EntitySort(party.sort.value),
            f"parties.{number}",
            party.name,
            profile=profile_of(party),
            **about,  # type: ignore[arg-type]  # a text and a truth
        )
    for address in addresses_of(party):
        if address.text:
            field = "street" if party.street else "address_free"
            yield Trace(
                EntitySort.ADDRESS,
                f"parties.{number}.{field}",
                str(address),
                profile=address_profile(address),
                **about,  # type: ignore[arg-type]
            )


def profile_of(party: Party) -> Profile:
    """Return what a submission tells of a party."""
    person = party.sort is PartySort.PERSON
    names = (party.name, party.trading_name, party.original_script, *party.earlier_names)
    found = tuple(
        Number(kind, compact_key(value), country_of(party, kind))
        for name, kind in NUMBERS.items()
        if (value := getattr(party, name)) and len(compact_key(value)) >= LEAST
    )
    return Profile(
        sort=EntitySort.PERSON if person else EntitySort.ORGANISATION,
        names=tuple(dict.fromkeys(name for name in names if name and not is_blank(name))),
        numbers=found,
        born=(party.born,) if party.born else (),
        phones=tuple(compact_key(one) for one in party.phones),
        emails=tuple(mailbox(one) for one in party.emails),
        accounts=tuple(compact_key(one) for one in (*party.messaging, party.bank_account) if one),
        websites=tuple(host(one) for one in party.websites),
        addresses=addresses_of(party),
        countries=(party.country,) if party.country else (),
    )


def country_of(party: Party, kind: str) -> str:
    """Return which country gave a number: the same digits elsewhere are another's."""
    if kind == "identity":
        return party.identity_country or ""
    return "" if kind in {"lei", "eori"} else party.country or ""


def addresses_of(party: Party) -> tuple[Address, ...]:
    """Return a party's address: its parts, or what was given, or at least the town."""
    text = party.street or party.address_free or ""
    if not text and not party.city and not party.postcode:
        return ()
    return (
        Address(
            text=" ".join(text.split()),
            postcode=party.postcode or "",
            city=party.city or "",
            region=party.region or "",
            country=party.country or "",
        ),
    )


def address_profile(address: Address) -> Profile:
    """Return an address as what is compared."""
    countries = (address.country,) if address.country else ()
    return Profile(
        sort=EntitySort.ADDRESS,
        names=(str(address),),
        addresses=(address,),
        countries=countries,
    )


def mailbox(text: str) -> str:
    """Return an e-mail address as it is compared: without what follows a plus."""
    name, _, domain = text.strip().casefold().rpartition("@")
    name = name.split("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def host(text: str) -> str:
    """Return the host of a web address."""
    rest = text.strip().casefold().split("://")[-1]
    return rest.split("/")[0].split("?")[0].removeprefix("www.").rstrip(".")


def trace_of(mention: Mention, data: SubmissionData) -> Trace | None:
    """Return a trace of another sort, or of a person or place outside the parties."""
    head, _, rest = mention.path.partition(".")
    if head == "parties":
        party = data.parties[int(rest.split(".")[0])]
        if mention.sort in {"name", "address"}:
            return None  # with the party
        return equal_trace(mention, party)
    if mention.sort == "name":
        return named(mention, head)
    if mention.sort == "address":
        profile = address_profile(Address(" ".join(mention.shown.split())))
        return Trace(EntitySort.ADDRESS, mention.path, mention.shown, profile=profile)
    return equal_trace(mention, None)


def named(mention: Mention, head: str) -> Trace:
    """Return a driver or a carrier, of whom only the name is told."""
    driver = head == "driver"
    sort = EntitySort.PERSON if driver else EntitySort.ORGANISATION
    return Trace(
        sort,
        mention.path,
        mention.shown,
        role="driver" if driver else PartyRole.CARRIER.value,
        telling=driver,
        profile=Profile(sort=sort, names=(mention.shown,)),
    )


def equal_trace(mention: Mention, party: Party | None) -> Trace | None:
    """Return a number, mailbox or host: those that are equal are the same."""
    sort = SORTS.get(mention.sort)
    if sort is None:
        return None
    return Trace(
        sort,
        mention.path,
        mention.shown,
        role=party.role.value if party else "",
        telling=party is None or party.role not in COMMON_ROLES,
        value=value_of(sort, mention, party),
    )


def value_of(sort: EntitySort, mention: Mention, party: Party | None) -> str:
    """Return the value by which two such mentions are equal."""
    if sort is EntitySort.EMAIL:
        return mailbox(mention.shown)
    if sort is EntitySort.WEBSITE:
        return host(mention.shown)
    field = mention.path.rpartition(".")[2]
    if party and field in NUMBERS and (country := country_of(party, NUMBERS[field])):
        return f"{country} {mention.value}"
    return mention.value


def merged(known: Profile, told: Profile) -> Profile:
    """Return what two profiles know together; the first ones stay when there are too many."""
    more: dict[str, Any] = {
        one.name: tuple(dict.fromkeys((*getattr(known, one.name), *getattr(told, one.name))))[
            :MOST_OF_EACH
        ]
        for one in fields(known)
        if one.name != "sort"
    }
    return replace(known, **more)


def words_of(profile: Profile) -> dict[str, Any]:
    """Return a profile as compared word by word: to tell whether two were filed alike."""
    return profile.to_json() | {"names": sorted(search_key(name) for name in profile.names)}
