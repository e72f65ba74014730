"""Countries of the customers: cities, streets, telephones, ports and legal forms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Land:
    """A country as the simulator knows it."""

    code: str
    culture: str  # of names
    dial: str  # country code and the beginning of numbers
    digits: int  # that follow
    cities: tuple[str, ...]
    streets: tuple[str, ...]  # with a place for the number
    forms: tuple[str, ...]
    native_forms: tuple[str, ...]
    port: str  # UN/LOCODE
    share: int  # of the customers, in parts
    mail: str  # end of web addresses


LANDS: tuple[Land, ...] = (
    Land("NL", "dutch", "+316", 8, ("Rotterdam", "Eindhoven", "Tilburg", "Zwolle", "Groningen", "Breda", "Almelo", "Venlo"),
         ("{s}straat {n}", "{s}weg {n}", "Industrieweg {n}", "{s}laan {n}", "{s}kade {n}"), ("B.V.", "N.V.", "V.O.F."), (), "NLRTM", 26, "nl"),
    Land("DE", "german", "+4915", 9, ("Hamburg", "Köln", "Duisburg", "Leverkusen", "Bremen", "Aachen", "Münster"),
         ("{s}straße {n}", "Am {s}berg {n}", "Industriestraße {n}", "{s}weg {n}"), ("GmbH", "AG", "GmbH & Co. KG"), (), "DEHAM", 14, "de"),
    Land("BE", "dutch", "+324", 8, ("Antwerpen", "Gent", "Hasselt", "Genk", "Kortrijk"),
         ("{s}straat {n}", "{s}laan {n}", "{s}steenweg {n}"), ("BV", "NV"), (), "BEANR", 8, "be"),
    Land("FR", "french", "+336", 8, ("Lille", "Lyon", "Le Havre", "Rouen", "Strasbourg"),
         ("{n} rue {s}", "{n} avenue {s}", "{n} chemin de {s}"), ("SARL", "SAS", "S.A."), (), "FRLEH", 6, "fr"),
    Land("PL", "polish", "+486", 8, ("Gdańsk", "Łódź", "Wrocław", "Poznań", "Katowice"),
         ("ul. {s} {n}", "al. {s} {n}"), ("Sp. z o.o.", "S.A."), (), "PLGDN", 5, "pl"),
    Land("ES", "spanish", "+346", 8, ("Barcelona", "Valencia", "Zaragoza", "Tarragona"),
         ("Calle {s} {n}", "Avenida {s} {n}", "Polígono {s}, nave {n}"), ("S.L.", "S.A."), (), "ESBCN", 4, "es"),
    Land("TR", "turkish", "+905", 9, ("İstanbul", "İzmir", "Mersin", "Bursa", "Gaziantep"),
         ("{s} Caddesi No: {n}", "{s} Sokak No: {n}", "{s} Mah. {n}"), ("Ltd. Şti.", "A.Ş."), (), "TRMER", 5, "tr"),
    Land("AE", "arabic", "+97150", 7, ("Dubai", "Sharjah", "Abu Dhabi", "Ajman"),
         ("Al {s} Road {n}", "{s} Street, warehouse {n}", "Plot {n}, {s} Industrial Area"), ("LLC", "FZE", "FZCO"), ("ذ.م.م", "م.م.ح"), "AEJEA", 6, "ae"),
    Land("EG", "arabic", "+2010", 8, ("Alexandria", "Cairo", "Damietta", "Port Said"),
         ("{n} {s} Street", "{s} Road {n}"), ("S.A.E.", "LLC"), ("ش.م.م", "ذ.م.م"), "EGALY", 3, "eg"),
    Land("IQ", "arabic", "+9647", 9, ("Baghdad", "Basra", "Erbil"),
         ("{s} Street {n}", "{s} Quarter, building {n}"), ("LLC", "Co."), ("ذ.م.م",), "IQUQR", 3, "iq"),
    Land("RU", "cyrillic", "+79", 9, ("Saint Petersburg", "Novosibirsk", "Yekaterinburg", "Kazan"),
         ("ul. {s} {n}", "pr. {s} {n}", "{s} shosse {n}"), ("OOO", "AO", "LLC"), ("ООО", "АО"), "RULED", 4, "ru"),
    Land("KZ", "cyrillic", "+7701", 7, ("Almaty", "Astana", "Karaganda", "Aktau"),
         ("{s} Avenue {n}", "ul. {s} {n}"), ("TOO", "LLP"), ("ТОО",), "KZAAU", 4, "kz"),
    Land("BG", "cyrillic", "+3598", 8, ("Varna", "Burgas", "Sofia", "Plovdiv"),
         ("ul. {s} {n}", "bul. {s} {n}"), ("EOOD", "OOD", "AD"), ("ЕООД", "ООД"), "BGVAR", 3, "bg"),
    Land("CN", "chinese", "+861", 10, ("Shanghai", "Tianjin", "Guangzhou", "Wuhan", "Shijiazhuang"),
         ("No. {n} {s} Road", "{n} {s} East Road", "{s} Industrial Zone, building {n}"), ("Co., Ltd.",), ("有限公司",), "CNSGH", 6, "cn"),
    Land("TH", "thai", "+668", 8, ("Bangkok", "Chonburi", "Rayong", "Songkhla"),
         ("{n} {s} Road", "{n}/{m} Soi {s}"), ("Co., Ltd.",), ("จำกัด",), "THBKK", 4, "th"),
    Land("PK", "southasian", "+923", 9, ("Karachi", "Lahore", "Faisalabad", "Sialkot"),
         ("Plot {n}, {s} Industrial Area", "{n} {s} Road"), ("(Pvt) Ltd", "Ltd"), (), "PKKHI", 4, "pk"),
    Land("IN", "southasian", "+919", 9, ("Mumbai", "Chennai", "Ahmedabad", "Vapi"),
         ("{n} {s} Nagar", "Plot {n}, {s} Estate", "{n} {s} Marg"), ("Pvt. Ltd.", "Limited", "LLP"), (), "INNSA", 4, "in"),
    Land("VN", "vietnamese", "+849", 8, ("Ho Chi Minh City", "Hải Phòng", "Đà Nẵng"),
         ("{n} đường {s}", "{n} {s} Street"), ("Co., Ltd", "JSC"), (), "VNHPH", 2, "vn"),
    Land("CO", "spanish", "+573", 9, ("Bogotá", "Medellín", "Cali", "Barranquilla"),
         ("Carrera {n} No. {m}-{s}", "Calle {n} No. {m}"), ("S.A.S.", "Ltda."), (), "COCTG", 3, "co"),
    Land("MX", "spanish", "+525", 9, ("Guadalajara", "Monterrey", "Manzanillo"),
         ("Av. {s} {n}", "Calle {s} {n}"), ("S.A. de C.V.", "S. de R.L."), (), "MXZLO", 3, "mx"),
    Land("NG", "english", "+2348", 9, ("Lagos", "Port Harcourt", "Kano"),
         ("{n} {s} Street", "{n} {s} Road"), ("Limited", "Ltd", "Nigeria Ltd"), (), "NGAPP", 2, "ng"),
    Land("GB", "english", "+447", 9, ("Manchester", "Hull", "Leeds", "Bristol"),
         ("{n} {s} Street", "{n} {s} Road", "Unit {m}, {s} Trading Estate"), ("Ltd", "Limited", "plc"), (), "GBFXT", 4, "co.uk"),
)  # fmt: skip
BY_CODE = {land.code: land for land in LANDS}
HOME = BY_CODE["NL"]
WEB_MAIL = (
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "proton.me",
    "mail.ru",
    "gmx.de",
    "163.com",
)
WAYPOINTS: dict[str, str] = {  # a usual stop on the way by sea
    "CN": "SGSIN", "TH": "SGSIN", "VN": "SGSIN", "IN": "AEJEA", "PK": "AEJEA", "IQ": "AEJEA",
    "AE": "EGPSE", "KZ": "GEPTI", "MX": "PAONX", "CO": "JMKIN", "NG": "MAPTM",
}  # fmt: skip
FREE_ZONES = ("AEJEA", "PAONX", "EGPSE", "MAPTM")
DETOURS = ("AEJEA", "PAONX", "MYPKG", "DJJIB", "TGLFW", "GEPTI", "KEMBA")  # where few need to pass
