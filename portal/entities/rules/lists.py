"""Words that tell little: legal forms, words of trades, kinds of streets, mail for everybody.

Our own short tables, from general knowledge. Latin words stand as `search_key` writes them;
others as people write them.
"""

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


# What stands behind or before a name and says only which law it lives under.
FORMS = words("""
    llc ltd limited inc incorporated corp corporation co company cie plc llp lp lllp pllc pte pty
    pvt private public sdn bhd berhad gmbh mbh ag kg kgaa ohg gbr ug ev ek se eg sa sas sarl sarlu
    eurl snc sca sci srl srls spa sapa scarl bv nv vof cv ab oy oyj as asa aps ivs hb kb sp zoo
    spzoo spolka akc sro vos doo dd ad ood eood kft zrt nyrt bt rt uab sia ou osauhing ooo oao zao
    pao ao too tdv tov pp chp ip ooo odo mchj xk tk fze fzco fzllc fzc dmcc wll bsc saoc saog saog
    psc pjsc kscc ksc jsc jscb ojsc cjsc est establishment kk yk gk kabushiki kaisha yugen godo
    tbk pt cvba bvba sprl asbl ltda lda eireli me epp sab cv sapi ltee sti anonim sirketi
    limitet as tic san ve dhmm shmm shmmdh saa sac eirl cia hnos
    """)
FORMS_ELSEWHERE = re.compile(
    "股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|주식회사|유한회사"
    "|บริษัท|จำกัด|มหาชน|ห้างหุ้นส่วน"
    r"|ذ\.?\s?م\.?\s?م\.?|ش\.?\s?م\.?\s?[معحلب]\.?|م\.?\s?م\.?\s?ح\.?"
    r"|(?<!\w)شركة|(?<!\w)شرکت|مؤسسة|سهامی خاص|با مسئولیت محدود"
    "|общество с ограниченной ответственностью|акционерное общество"  # noqa: RUF001
    "|товариство з обмеженою відповідальністю",
    re.IGNORECASE,
)
# The same word of a trade in other scripts, so that names can be compared word by word.
SAME_WORD = {
    "化工": "chemical",
    "化学": "chemical",
    "化學": "chemical",
    "贸易": "trading",
    "貿易": "trading",
    "国际": "international",
    "國際": "international",
    "进出口": "import export",
    "科技": "technology",
    "实业": "industrial",
    "工业": "industrial",
    "医药": "pharmaceutical",
    "制药": "pharmaceutical",
    "精细": "fine",
    "生物": "bio",
    "集团": "group",
    "เคมีภัณฑ์": "chemical",
    "เคมี": "chemical",
    "การค้า": "trading",
    "อินเตอร์เนชั่นแนล": "international",
    "للتجارة": "trading",
    "التجارية": "trading",
    "التجارة": "trading",
    "العامة": "general",
    "الدولية": "international",
    "الكيماويات": "chemical",
    "للكيماويات": "chemical",
    "الكيميائية": "chemical",
    "والتصدير": "export",
    "للاستيراد": "import",
    "بازرگانی": "trading",
    "شیمیایی": "chemical",
    "شیمی": "chemical",
}
ELSEWHERE = re.compile("|".join(sorted(map(re.escape, SAME_WORD), key=len, reverse=True)))
# One spelling for words of trades; those on the right tell little of a name.
TRADE = {
    "chemicals": "chemical",
    "chemie": "chemical",
    "chimie": "chemical",
    "quimica": "chemical",
    "khimiya": "chemical",
    "himiya": "chemical",
    "khimicheskaya": "chemical",
    "kimya": "chemical",
    "intl": "international",
    "internacional": "international",
    "mezhdunarodnaya": "international",
    "trade": "trading",
    "traders": "trading",
    "trader": "trading",
    "torg": "trading",
    "torgovaya": "trading",
    "torgovyi": "trading",
    "trejding": "trading",
    "treiding": "trading",
    "treyding": "trading",
    "ticaret": "trading",
    "handel": "trading",
    "handels": "trading",
    "comercial": "trading",
    "imports": "import",
    "exports": "export",
    "impex": "import",
    "tech": "technology",
    "technologies": "technology",
    "solutions": "solution",
    "services": "service",
    "pharma": "pharmaceutical",
    "pharmaceuticals": "pharmaceutical",
    "industries": "industrial",
    "industry": "industrial",
    "supplies": "supply",
    "products": "product",
    "enterprises": "enterprise",
    "labs": "laboratory",
    "laboratories": "laboratory",
    "kompaniya": "company",
    "firma": "company",
    "holdings": "holding",
    "brothers": "bros",
    "sons": "son",
}
GENERIC = frozenset(TRADE.values()) | words("""
    general global fine group holding enterprise agency logistics shipping transport cargo freight
    international the and und et y i of for de der die das del van von la le el al partners first
    new world import export laboratory bio medical health materials paint paints coatings textile
    textiles plastics resin resins cleaning agro foods european asia asian gulf east west north
    south central
    """)
ARTICLES = words("al el ul ibn bin ben the and und et y of")
TITLES = words("""
    mr mrs ms miss dr prof sir madam herr frau dhr mevr mw m mme mlle sr sra don eng ing haji hajji
    sheikh sayed
    """)
# Kinds of streets and parts of buildings: they tell nothing of where it is.
STREETS = words("""
    street st str strasse straat road rd avenue ave av lane ln drive dr boulevard blvd bulvar way
    court ct place pl square sq crescent cres terrace tce close parade pde circuit cct highway hwy
    laan weg plein kade ulitsa ul prospekt prospect pr pereulok per shosse rue chemin via calle
    avenida rua sokak sok cadde cad caddesi mahallesi mah soi thanon jalan jl lorong no nr number
    num building bldg house dom flat fl apartment apt kvartira kv office of ofis suite ste unit
    room floor level block warehouse store shop gate zone the of and
    """)
BOXES = {
    "postbus": "pobox",
    "postfach": "pobox",
    "pob": "pobox",
    "bp": "pobox",
    "apartado": "pobox",
}
# Mail that anybody can have: the name before the @ tells, what follows tells nothing.
WEB_MAIL = words("""
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com
    rocketmail.com aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.de
    gmx.net web.de t-online.de freenet.de mail.com mail.ru bk.ru list.ru inbox.ru yandex.ru
    yandex.com ya.ru rambler.ru ukr.net qq.com 163.com 126.com sina.com sina.cn foxmail.com
    naver.com hanmail.net daum.net rediffmail.com tutanota.com tuta.io zoho.com fastmail.com
    hey.com orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it ziggo.nl kpnmail.nl
    planet.nl hotmail.nl live.nl telenet.be skynet.be bluewin.ch seznam.cz wp.pl o2.pl onet.pl
    interia.pl abv.bg mail.bg uol.com.br bol.com.br yahoo.co.uk yahoo.co.in yahoo.fr yahoo.de
    hotmail.co.uk hotmail.fr hotmail.de outlook.de outlook.fr btinternet.com sky.com comcast.net
    """)
