"""Invented partners of every network, at true places, with their agreements and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import Role
from portal.leads.data import Category, Marking
from portal.organisations.models import Organisation, PartnerProfile
from portal.partners.registry.data import ChangeSort, Hours, Network, PostSort, Way
from portal.partners.registry.models import (
    PartnerAgreement,
    PartnerChange,
    PartnerContact,
    PartnerKey,
    PartnerOfficer,
    PartnerPost,
)
from portal.partners.sealing.data import KeySort

PARTNER_DOMAIN = "partner.example"
GROUNDS = "Vetted by the own service; letter of the head of service on file. Practice data."
# Whoever practises opens packages with this identity, which is no secret:
# AGE-SECRET-KEY-1MH4Y4AF7674THL70LA0TPWNHCUF94GQMZ5F39DY33CQU7RFWVMPS799EGX
AGE_KEY = "age19xzsc306vvv6jc3gqrf5uhv8098grmf4q38ghe76dt90zzwu0cxq3ml9kj"
LATER = 700  # days after the practice data begins, on which most agreements end
SOON = 220  # some weeks after today
PAST = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A post of an invented partner."""

    locode: str
    sort: PostSort
    faces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerBody:
    """A partner authority."""

    reference_key: str | None  # row of the reference partners
    name: str
    network: Network
    countries: tuple[str, ...]
    seat: str = ""  # country; empty: the first of those it covers
    posts: tuple[Stand, ...] = ()
    marking_max: Marking = Marking.AMBER
    categories: tuple[Category, ...] = ()
    conditions: bool = True
    ends_after: int | None = LATER  # days; none: no end
    officer: str = ""  # local part of the address; empty: no account
    administrator: str = ""
    way: Way = Way.ACCOUNT
    key: str = ""
    phone: str


PARTNERS = (
    PartnerBody(
        reference_key="caricc",
        name="CARICC, Almaty",
        network=Network.CARICC,
        countries=("AZ", "KZ", "KG", "RU", "TJ", "TM", "UZ"),
        seat="KZ",
        marking_max=Marking.AMBER_STRICT,
        officer="caricc",
        administrator="caricc.admin",
        phone="+77272000100",
    ),
    PartnerBody(
        reference_key="jpc",
        name="Joint Planning Cell, Tehran",
        network=Network.JPC,
        countries=("AF", "IR", "PK"),
        seat="IR",
        officer="jpc",
        phone="+982100000100",
    ),
    PartnerBody(
        reference_key="gcc-ciccd",
        name="GCC-CICCD, Doha",
        network=Network.GCC_CICCD,
        countries=("AE", "BH", "SA", "OM", "QA", "KW"),
        seat="QA",
        ends_after=SOON,
        officer="gcc.ciccd",
        phone="+97440000100",
    ),
    PartnerBody(
        reference_key="pcu-pk",
        name="Port Control Unit, Karachi",
        network=Network.PCU,
        countries=("PK",),
        posts=(
            Stand(locode="PKKHI", sort=PostSort.SEAPORT),
            Stand(locode="PKBQM", sort=PostSort.SEAPORT),
        ),
        officer="pcu.karachi",
        phone="+922100000100",
    ),
    PartnerBody(
        reference_key="pcu-tm",
        name="Port Control Unit, Turkmenbashi",
        network=Network.PCU,
        countries=("TM",),
        posts=(Stand(locode="TMKRW", sort=PostSort.SEAPORT),),
        ends_after=PAST,
        officer="pcu.turkmenbashi",
        phone="+99300000100",
    ),
    PartnerBody(
        reference_key="pcu-ge",
        name="Port Control Unit, Poti",
        network=Network.PCU,
        countries=("GE",),
        posts=(Stand(locode="GEPTI", sort=PostSort.SEAPORT),),
        officer="pcu.poti",
        phone="+99500000100",
    ),
    PartnerBody(
        reference_key="pcu-vn",
        name="Port Control Unit, Hai Phong",
        network=Network.PCU,
        countries=("VN",),
        posts=(Stand(locode="VNHPH", sort=PostSort.SEAPORT),),
        conditions=False,
        officer="pcu.haiphong",
        phone="+84200000100",
    ),
    PartnerBody(
        reference_key="blo-mekong",
        name="Border Liaison Office, Mekong",
        network=Network.BLO,
        countries=("TH", "MM", "LA"),
        marking_max=Marking.GREEN,
        officer="blo.mekong",
        phone="+66200000100",
    ),
    PartnerBody(
        reference_key="blo-central-asia",
        name="Border Liaison Office, Termez",
        network=Network.BLO,
        countries=("UZ", "AF"),
        posts=(Stand(locode="UZTER", sort=PostSort.BORDER_POINT, faces="AF"),),
        officer="blo.termez",
        phone="+99860000100",
    ),
    PartnerBody(
        reference_key="blo-golden-crescent",
        name="Border Liaison Office, Torghundi",
        network=Network.BLO,
        countries=("AF", "TM"),
        posts=(Stand(locode="AFTOW", sort=PostSort.BORDER_POINT, faces="TM"),),
        way=Way.FILE,
        key=AGE_KEY,
        phone="+93000000100",
    ),
    PartnerBody(
        reference_key="blo-central-asia",
        name="Border Liaison Office, Kordai",
        network=Network.BLO,
        countries=("KZ", "KG"),
        posts=(Stand(locode="KZKOR", sort=PostSort.BORDER_POINT, faces="KG"),),
        categories=(Category.ROUTE, Category.DIVERSION),
        officer="blo.kordai",
        phone="+77263000100",
    ),
    PartnerBody(
        reference_key=None,
        name="Police liaison officer, Islamabad",
        network=Network.POLICE_LIAISON,
        countries=("PK", "AF"),
        ends_after=None,
        officer="plo.islamabad",
        phone="+92510000100",
    ),
    PartnerBody(
        reference_key=None,
        name="Drug liaison officer, Almaty",
        network=Network.DRUG_LIAISON,
        countries=("KZ", "KG", "TJ", "UZ"),
        ends_after=None,
        way=Way.NOTICE,
        phone="+77270000100",
    ),
    PartnerBody(
        reference_key="rilo-ap",
        name="WCO RILO for Asia and the Pacific, Seoul",
        network=Network.WCO_RILO,
        countries=("CN", "HK", "IN", "JP", "KR", "MY", "SG", "TH", "VN"),
        seat="KR",
        officer="rilo.ap",
        phone="+82420000100",
    ),
    PartnerBody(
        reference_key="interpol",
        name="INTERPOL National Central Bureau, The Hague",
        network=Network.INTERPOL,
        countries=("NL",),
        ends_after=None,
        officer="interpol",
        phone="+31700000100",
    ),
)


def profile_of(body: PartnerBody, owner: Organisation) -> PartnerProfile:
    """Return network, countries and way of a partner."""
    return PartnerProfile(
        organisation_id=owner.id,
        network=body.network.value,
        countries=list(body.countries),
        way=body.way.value,
    )


def parts_of(
    body: PartnerBody, begun: datetime
) -> Iterator[PartnerPost | PartnerAgreement | PartnerContact | PartnerKey]:
    """Yield what the register holds of a partner, unsaved and without its owner."""
    for post in body.posts:
        yield PartnerPost(locode=post.locode, sort=post.sort, faces=post.faces, added_at=begun)
    until = (begun + timedelta(days=body.ends_after)).date() if body.ends_after else None
    yield PartnerAgreement(
        name=f"Practice agreement with {body.network}",
        marking_max=body.marking_max,
        categories=[one.value for one in body.categories],
        accepts_conditions=body.conditions,
        valid_from=begun.date(),
        valid_until=until,
        added_at=begun,
        agreed_at=begun,
    )
    yield PartnerContact(
        name="Duty desk",
        function="Duty desk",
        hours=Hours.ALWAYS,
        phone=body.phone,
        email=f"{body.officer or 'duty'}@{PARTNER_DOMAIN}",
        languages="English",
        added_at=begun,
    )
    if body.key:
        yield PartnerKey(
            sort=KeySort.AGE,
            text=body.key,
            fingerprint=body.key,
            added_at=begun,
            agreed_at=begun,
        )


def people_of(body: PartnerBody) -> Iterator[tuple[str, str, Role]]:
    """Yield address, name and role of each person of a partner."""
    if body.administrator:
        address = f"{body.administrator}@{PARTNER_DOMAIN}"
        yield address, "Head of desk", Role.PARTNER_ADMIN
    if body.officer:
        yield f"{body.officer}@{PARTNER_DOMAIN}", "Duty officer", Role.PARTNER_OFFICER


def admitted(
    session: Session, account: Account, keepers: tuple[Account, Account], begun: datetime
) -> None:
    """Write down the decision on which somebody's account rests."""
    first, _ = keepers
    session.add(
        PartnerOfficer(
            account_id=account.id,
            partner_id=account.organisation_id,
            position="Colonel" if account.role is Role.PARTNER_ADMIN else "Inspector",
            grounds=GROUNDS,
            decided_at=begun,
            decided_by_id=first.id,
        )
    )


def registered(
    owner: Organisation, network: str, keepers: tuple[Account, Account], begun: datetime
) -> PartnerChange:
    """Return the history's first entry: one person proposed the partner, another agreed."""
    first, second = keepers
    return PartnerChange(
        partner_id=owner.id,
        sort=ChangeSort.REGISTER,
        words=f"{owner.name}, {network}",
        proposed_at=begun,
        proposed_by_id=first.id,
        decided_at=begun,
        decided_by_id=second.id,
        agreed=True,
    )
