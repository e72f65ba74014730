"""Invented customers. Three of them share a telephone on purpose."""

from dataclasses import dataclass

from portal.submissions.data import Party, PartyRole, PartySort


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """An invented customer."""

    name: str
    country: str
    city: str
    street: str
    phone: str
    email: str = ""
    original: str | None = None
    person: bool = False
    identity: str | None = None

    def party(self, role: PartyRole = PartyRole.CUSTOMER) -> Party:
        """Return the customer as a party of a record."""
        return Party(
            role=role,
            sort=PartySort.PERSON if self.person else PartySort.ORGANISATION,
            name=self.name,
            original_script=self.original,
            country=self.country,
            city=self.city,
            street=self.street,
            phones=(self.phone,),
            emails=(self.email,) if self.email else (),
            identity_number=self.identity,
            identity_country=self.country if self.identity else None,
        )


BADR = Customer(
    name="Badr Trading LLC",
    original="بدر للتجارة ذ.م.م",
    country="AE",
    city="Dubai",
    street="Al Rigga Road 17, office 204",
    phone="+971504417720",
    email="badr.trading@gmail.com",
)
AL_NOUR = Customer(
    name="Al Nour General Trading FZE",
    original="النور للتجارة العامة",
    country="AE",
    city="Jebel Ali",
    street="LOB 15, Jebel Ali Free Zone",
    phone="+971504417720",
    email="alnour.fze@outlook.com",
)
NOVA = Customer(
    name="Nova Trade Solutions",
    country="NL",
    city="Rotterdam",
    street="Postbus 1129",
    phone="+971504417720",
    email="novatrade@proton.me",
)
BEKOV = Customer(
    name="Arman Bekov",
    original="Арман Беков",
    country="KZ",
    city="Almaty",
    street="Abay Avenue 51, flat 9",
    phone="+77017224519",
    email="a.bekov@mail.ru",
    person=True,
    identity="N08812457",
)
HUANYU = Customer(
    name="Huanyu Fine Chemicals Co., Ltd.",
    original="寰宇精细化工有限公司",
    country="CN",
    city="Shijiazhuang",
    street="Zhongshan East Road 508",
    phone="+8613903115520",
    email="sales@huanyufine.example",
)
SIAM = Customer(
    name="Siam Flavour Supply",
    original="สยามเฟลเวอร์ซัพพลาย",
    country="TH",
    city="Bangkok",
    street="Charoen Krung 48",
    phone="+6622331180",
    email="order@siamflavour.example",
)
KLUSBEDRIJF = Customer(
    name="Klusbedrijf De Lange",
    country="NL",
    city="Tilburg",
    street="Wilhelminapark 88",
    phone="+31612094417",
    email="delangeklus@hotmail.com",
)
VAN_DIJK = Customer(
    name="R. van Dijk",
    country="NL",
    city="Eindhoven",
    street="Boschdijk 310",
    phone="+31612094417",
    person=True,
    identity="NWD4K2PL8",
)
BALTIC = Customer(
    name="Baltic Coatings OÜ",
    country="EE",
    city="Tallinn",
    street="Peterburi tee 46",
    phone="+3726009912",
    email="purchasing@balticcoatings.example",
)
ATELIER = Customer(
    name="Atelier Lumière SARL",
    country="FR",
    city="Lille",
    street="Rue Nationale 112",
    phone="+33320559014",
    email="contact@atelierlumiere.example",
)
KARACHI = Customer(
    name="Indus Leather Works (Pvt) Ltd",
    country="PK",
    city="Karachi",
    street="Plot 7-C, Korangi Industrial Area",
    phone="+922135067711",
    email="indusleather@yahoo.com",
)
