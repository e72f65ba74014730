"""What a submission tells of each person, firm, address and number in it."""

from datetime import date

import pytest

from portal.entities.data import Address, EntitySort, Number, Profile
from portal.entities.rules.blocking import SATURATED, keys_of, shortlist
from portal.entities.rules.profiles import (
    MOST_OF_EACH,
    host,
    mailbox,
    merged,
    profile_of,
    traces_of,
)
from portal.kinds.loss.data import Certainty, How, LossData, Where
from portal.submissions.data import Party, PartyRole, PartySort
from portal.submissions.present import mentions
from tests.factories import NOON, customer, line, notice, order

WHOLE = Party(
    role=PartyRole.CUSTOMER,
    name="Romashka OOO",
    trading_name="Romashka",
    original_script="ООО Ромашка",  # noqa: RUF001
    earlier_names=("Vasilyok",),
    registration_number="770-123-4567",
    tax_number="RU 99",
    eori="RU7701234567",
    identity_number="N 088",
    identity_country="KZ",
    country="RU",
    street="Lenina 5",
    city="Moscow",
    postcode="101000",
    phones=("+74951234567",),
    emails=("Ivan.Petrov+x@GoogleMail.com",),
    messaging=("@romashka",),
    websites=("https://www.Romashka.example/about",),
    bank_account="NL91 ABNA 0417 1643 00",
    licence_number="LIC-12345",
)


def found(data):
    return traces_of(data, mentions(data))


def of(traces, sort):
    return [one for one in traces if one.sort is sort]


def test_a_party_tells_4_names_and_all_its_numbers():
    told = profile_of(WHOLE)
    assert len(told.names) == 4
    assert set(told.numbers) == {
        Number("registration", "7701234567", "RU"),
        Number("tax", "RU99", "RU"),
        Number("eori", "RU7701234567", ""),
        Number("identity", "N088", "KZ"),
    }
    assert told.emails == ("ivanpetrov@gmail.com",)
    assert told.websites == ("romashka.example",)
    assert told.accounts == ("ROMASHKA", "NL91ABNA0417164300")
    assert told.addresses == (Address("Lenina 5", "101000", "Moscow", "", "RU"),)


def test_every_trace_of_a_party_is_1_mention():
    traces = found(order(parties=(WHOLE,)))
    counted = {sort: len(of(traces, sort)) for sort in EntitySort}
    assert counted[EntitySort.ORGANISATION] == 1
    assert counted[EntitySort.ADDRESS] == 1
    assert counted[EntitySort.REGISTRATION] == 3
    assert counted[EntitySort.ACCOUNT] == 2
    assert counted[EntitySort.EMAIL] == counted[EntitySort.PHONE] == 1
    assert counted[EntitySort.WEBSITE] == counted[EntitySort.AUTHORISATION] == 1
    (number,) = (one for one in traces if one.path == "parties.0.registration_number")
    assert number.value == "RU 7701234567"
    (licence,) = of(traces, EntitySort.AUTHORISATION)
    assert licence.value == "LIC12345"


def test_a_town_alone_is_no_address_of_its_own():
    traces = found(order(parties=(customer("Alpha", city="Utrecht"),)))
    assert of(traces, EntitySort.ADDRESS) == []
    (firm,) = of(traces, EntitySort.ORGANISATION)
    assert firm.profile.addresses[0].city == "Utrecht"


def test_an_address_as_given_is_1_mention_at_its_field():
    traces = found(order(parties=(customer("Alpha", address_free="Kerkstraat 5\nUtrecht"),)))
    (place,) = of(traces, EntitySort.ADDRESS)
    assert (place.path, place.shown) == ("parties.0.address_free", "Kerkstraat 5 Utrecht, NL")


def test_a_name_of_spaces_is_nobody():
    assert found(order(parties=(customer(" "),))) == ()


def test_a_driver_a_plate_and_2_places_outside_the_parties():
    traces = found(
        order(
            parties=(),
            driver="Karim Haddad",
            plates=("AB-12-CD",),
            delivery_wanted="Jebel Ali, store 15",
            storage_address="Havenweg 3",
        )
    )
    (driver,) = of(traces, EntitySort.PERSON)
    assert (driver.role, driver.telling) == ("driver", True)
    assert len(of(traces, EntitySort.ADDRESS)) == 2
    assert of(traces, EntitySort.VEHICLE)[0].value == "AB12CD"


def test_a_carrier_and_who_reports_say_nothing_about_others():
    lost = LossData(
        lines=(line(),),
        parties=(),
        declared_by="A. Reporter",
        discovered_on=NOON.date(),
        where=next(iter(Where)),
        place="Havenweg 3",
        place_country="NL",
        carrier="Snel Transport B.V.",
        how=next(iter(How)),
        certainty=next(iter(Certainty)),
        circumstances="Gone",
    )
    (carrier,) = of(found(lost), EntitySort.ORGANISATION)
    assert (carrier.role, carrier.telling) == ("carrier", False)
    firms = of(found(notice()), EntitySort.ORGANISATION)
    assert [one.telling for one in firms] == [False, True]


def test_an_invoice_is_no_entity():
    assert found(notice(parties=(), legs=(), invoices=("2026-0001",))) == ()


def test_persons_tell_their_day_of_birth():
    told = profile_of(customer("Karim Haddad", sort=PartySort.PERSON, born=date(1980, 4, 5)))
    assert (told.sort, told.born) == (EntitySort.PERSON, (date(1980, 4, 5),))


def test_at_most_12_of_each_are_kept_the_first_ones():
    known = Profile(sort=EntitySort.ORGANISATION, names=("A",))
    many = Profile(sort=EntitySort.ORGANISATION, names=tuple(map(str, range(30))))
    both = merged(known, many)
    assert len(both.names) == MOST_OF_EACH
    assert both.names[0] == "A"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A.Bekov@Gmail.com", "abekov@gmail.com"),
        ("a.bekov+shop@mail.ru", "a.bekov@mail.ru"),
        ("not an address", "not an address@"),
    ],
)
def test_mailboxes(typed, kept):
    assert mailbox(typed) in {kept, "@not an address"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("http://www.x.example/a?b", "x.example"), ("X.example.", "x.example"), ("x?y", "x")],
)
def test_hosts(typed, kept):
    assert host(typed) == kept


def test_mail_that_anybody_has_is_1_key_and_a_firms_mail_2():
    anybody = Profile(sort=EntitySort.PERSON, names=("A",), emails=("a@gmail.com",))
    firm = Profile(sort=EntitySort.PERSON, names=("A",), emails=("a@romashka.example",))
    nobody = Profile(sort=EntitySort.PERSON, names=("A",))
    assert len(keys_of(anybody)) == len(keys_of(nobody)) + 1
    assert len(keys_of(firm)) == len(keys_of(nobody)) + 2


def test_the_shortlist_ranks_by_rare_keys_and_leaves_out_what_1_common_key_brings():
    crowd = {f"c{number}" for number in range(20)}
    holders = {1: {"rare"}, 2: {"rare", "two"}, 3: crowd, 4: {str(n) for n in range(SATURATED)}}
    assert shortlist((1, 2, 3, 4, 5), holders) == ["rare", "two"]
