"""Parts of names, in their own script and as they are written in Latin letters."""

STREETS = {
    "dutch": ("Molen", "Haven", "Kerk", "Linden", "Beatrix", "Spoor", "Veld", "Brug", "Noorder", "Zuider", "Eiken", "Markt"),
    "german": ("Hafen", "Berg", "Linden", "Schiller", "Goethe", "Mühlen", "Bahnhof", "Kaiser", "Rosen", "Ahorn"),
    "french": ("Victor Hugo", "de la Gare", "Pasteur", "des Lilas", "Nationale", "Jean Jaurès", "du Moulin", "Carnot"),
    "polish": ("Długa", "Polna", "Leśna", "Mickiewicza", "Słowackiego", "Piaskowa", "Ogrodowa", "Lipowa"),
    "spanish": ("Mayor", "del Mar", "Colón", "San Martín", "Libertad", "Bolívar", "Industria", "Reforma"),
    "turkish": ("Atatürk", "Cumhuriyet", "İnönü", "Çınar", "Barış", "Gül", "Sanayi", "Liman"),
    "arabic": ("Rigga", "Wasl", "Khaleej", "Nahda", "Quoz", "Jumeira", "Mina", "Rashid", "Salam", "Tahrir"),
    "cyrillic": ("Lenina", "Abay", "Gagarina", "Pushkina", "Sadovaya", "Mira", "Zavodskaya", "Pobedy", "Tole Bi"),
    "chinese": ("Zhongshan", "Renmin", "Jiefang", "Changjiang", "Nanjing", "Heping", "Jianshe", "Huanghe"),
    "thai": ("Sukhumvit", "Charoen Krung", "Rama IV", "Phahonyothin", "Silom", "Bang Na", "Phetkasem"),
    "southasian": ("Korangi", "Gandhi", "Jinnah", "Nehru", "Mall", "Shahrah", "Tilak", "Station", "Gulshan"),
    "vietnamese": ("Lê Lợi", "Nguyễn Huệ", "Trần Phú", "Hai Bà Trưng", "Điện Biên Phủ", "Lý Thường Kiệt"),
    "english": ("Mill", "Station", "Victoria", "Queen", "Dock", "Chapel", "Albert", "Market", "Park", "Broad"),
}  # fmt: skip
HEADS = ("Al", "Bel", "Cor", "Del", "El", "Fer", "Gal", "Hel", "Ind", "Kor", "Lum", "Mer", "Nor", "Or", "Pol", "Quin", "Ren",
         "Sol", "Ter", "Ul", "Ver", "Wes", "Xan", "Zen", "Bra", "Cla", "Dra", "Fla", "Gri", "Pri", "Tri", "Sta", "Lin", "Man")  # fmt: skip
MIDDLES = (
    "",
    "",
    "a",
    "be",
    "ci",
    "do",
    "ga",
    "li",
    "mo",
    "na",
    "ro",
    "ta",
    "vi",
    "to",
    "se",
    "ri",
)
TAILS = ("chem", "nova", "tex", "dor", "mark", "tec", "line", "vex", "pol", "sol", "mar", "gen", "cor", "dex", "lux", "ran", "tal", "vin", "bel", "mos", "fab", "lab")  # fmt: skip
ACTIVITIES = {
    "dutch": ("Chemie", "Handel", "Coatings", "Techniek", "Industrie", "Verf", "Import", "Reiniging", "Laboratoria", "Groothandel"),
    "german": ("Chemie", "Handels", "Lacke", "Technik", "Industriebedarf", "Farben", "Labor", "Werke", "Vertrieb"),
    "french": ("Chimie", "Industrie", "Peintures", "Distribution", "Négoce", "Laboratoires", "Solvants"),
    "polish": ("Chemia", "Handel", "Farby", "Przemysł", "Lakiery", "Hurtownia"),
    "spanish": ("Química", "Comercial", "Pinturas", "Industrias", "Distribuciones", "Laboratorios", "Textiles"),
    "turkish": ("Kimya", "Ticaret", "Boya", "Sanayi", "Tekstil", "Deri"),
    "southasian": ("Chemicals", "Traders", "Textiles", "Leather Works", "Industries", "Pharma", "Enterprises", "Dyes"),
    "vietnamese": ("Hóa Chất", "Thương Mại", "Dệt May", "Sơn", "Xuất Nhập Khẩu"),
    "english": ("Chemicals", "Trading", "Coatings", "Supplies", "Industries", "Laboratories", "Solvents", "Ventures"),
}  # fmt: skip
ARABIC = (("النور", "Al Nour", "Al-Noor", "Alnoor"), ("الفجر", "Al Fajr", "Al-Fajer"), ("الواحة", "Al Waha", "Alwaha"),
          ("الخليج", "Al Khaleej", "Al-Khalij"), ("النخيل", "Al Nakheel", "Al-Nakhil"), ("الصقر", "Al Saqr", "As-Saqr"),
          ("الهلال", "Al Hilal", "Alhelal"), ("الشرق", "Al Sharq", "Ash-Sharq"), ("المنار", "Al Manar", "Almanar"),
          ("الرشيد", "Al Rashid", "Ar-Rasheed"), ("الوفاء", "Al Wafa", "Al-Wafaa"), ("البركة", "Al Baraka", "Albarakah"),
          ("الأمل", "Al Amal", "Al-Amel"), ("السلام", "Al Salam", "As-Salaam"), ("الماس", "Al Mas", "Almaas"),
          ("الزهراء", "Al Zahra", "Az-Zahraa"))  # fmt: skip
ARABIC_MORE = (("", ""), ("الدولية", "International"), ("المتحدة", "United"), ("الحديثة", "Modern"), ("العربية", "Arabian"),
               ("الذهبية", "Golden"), ("الأولى", "First"))  # fmt: skip
ARABIC_WORK = (("للتجارة العامة", "General Trading"), ("للكيماويات", "Chemicals"), ("للدهانات", "Paints"), ("للصناعات", "Industries"),
               ("للمنظفات", "Detergents"), ("للأدوية", "Pharmaceuticals"), ("للنسيج", "Textiles"))  # fmt: skip
CYRILLIC = (("Хим", "Khim", "Him"), ("Пром", "Prom"), ("Сиб", "Sib"), ("Урал", "Ural"), ("Волга", "Volga"), ("Тех", "Tekh", "Tech"),
            ("Рос", "Ros"), ("Лак", "Lak"), ("Строй", "Stroy", "Stroi"), ("Снаб", "Snab"), ("Торг", "Torg"), ("Юг", "Yug", "Iug"),
            ("Азия", "Aziya", "Asia"), ("Степь", "Step"), ("Алтай", "Altay", "Altai"), ("Вест", "Vest", "West"), ("Балкан", "Balkan"),
            ("Реактив", "Reaktiv", "Reactiv"), ("Фарм", "Farm", "Pharm"), ("Цент", "Tsent", "Cent"))  # fmt: skip
CHINESE = (("华", "Hua"), ("宇", "yu"), ("金", "Jin"), ("盛", "Sheng"), ("恒", "Heng"), ("瑞", "Rui"), ("鑫", "Xin"), ("达", "Da"), ("泰", "Tai"),
           ("丰", "Feng"), ("永", "Yong"), ("兴", "Xing"), ("德", "De"), ("宏", "Hong"), ("博", "Bo"), ("海", "Hai"), ("天", "Tian"), ("源", "Yuan"),
           ("康", "Kang"), ("利", "Li"), ("龙", "Long"), ("安", "An"))  # fmt: skip
CHINESE_WORK = (("化工", "Chemical"), ("精细化工", "Fine Chemical"), ("医药", "Pharmaceutical"), ("贸易", "Trading"), ("涂料", "Coatings"),
                ("生物科技", "Biotech"), ("进出口", "Import and Export"))  # fmt: skip
CHINESE_CITIES = {
    "Shanghai": "上海",
    "Tianjin": "天津",
    "Guangzhou": "广州",
    "Wuhan": "武汉",
    "Shijiazhuang": "石家庄",
}
THAI = (("สยาม", "Siam"), ("ไทย", "Thai"), ("บูรพา", "Burapha", "Boorapa"), ("เจริญ", "Charoen", "Jaroen"), ("มงคล", "Mongkol", "Mongkhon"),
        ("รุ่งเรือง", "Rungrueang", "Roongruang"), ("ศรี", "Sri", "Si"), ("ทวี", "Thawi", "Tavee"), ("พัฒนา", "Phatthana", "Pattana"),
        ("สมบูรณ์", "Sombun", "Somboon"), ("วัฒนา", "Watthana", "Wattana"), ("เอเชีย", "Asia"))  # fmt: skip
THAI_WORK = (("เคมี", "Chemi", "Kemi"), ("เคมีภัณฑ์", "Chemicals"), ("การค้า", "Trading"), ("อุตสาหกรรม", "Industry"), ("เภสัช", "Pharma"),
             ("สีและเคลือบ", "Paint and Coating"))  # fmt: skip
PEOPLE: dict[str, tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]] = {
    "dutch": (
        (("Jan",), ("Pieter",), ("Sanne",), ("Daan",), ("Lotte",), ("Ruben",), ("Femke",), ("Kees",), ("Bram",), ("Marloes",), ("Thijs",), ("Esther",)),
        (("de Vries",), ("Jansen",), ("van Dijk",), ("Bakker",), ("Visser",), ("Smit",), ("Mulder",), ("van den Berg",), ("Hoekstra",), ("Dekker",), ("Brouwer",), ("Vermeulen",), ("Postma",), ("Kuipers",)),
    ),
    "german": (
        (("Klaus",), ("Jürgen",), ("Sabine",), ("Lukas",), ("Heike",), ("Uwe",), ("Anja",), ("Matthias",), ("Stefan",)),
        (("Müller", "Mueller"), ("Schmidt",), ("Schröder", "Schroeder"), ("Weber",), ("Krüger", "Krueger"), ("Hofmann",), ("Becker",), ("Köhler", "Koehler"), ("Vogel",)),
    ),
    "french": (
        (("Luc",), ("Hélène", "Helene"), ("Pascal",), ("Amélie", "Amelie"), ("René", "Rene"), ("Sophie",)),
        (("Lefèvre", "Lefevre"), ("Moreau",), ("Dubois",), ("Garnier",), ("Chevalier",), ("Marchand",)),
    ),
    "polish": (
        (("Paweł", "Pawel"), ("Agnieszka",), ("Łukasz", "Lukasz"), ("Marek",), ("Ewa",)),
        (("Wiśniewski", "Wisniewski"), ("Kowalczyk",), ("Zieliński", "Zielinski"), ("Wójcik", "Wojcik"), ("Mazur",)),
    ),
    "spanish": (
        (("José", "Jose"), ("Luz",), ("Andrés", "Andres"), ("María", "Maria"), ("Hernán", "Hernan"), ("Camila",)),
        (("García", "Garcia"), ("Muñoz", "Munoz"), ("Restrepo",), ("Hernández", "Hernandez"), ("Ortiz",), ("Zapata",), ("Vélez", "Velez")),
    ),
    "turkish": (
        (("Mehmet",), ("Ayşe", "Ayse"), ("Çağlar", "Caglar"), ("Emre",), ("Gökhan", "Gokhan")),
        (("Yılmaz", "Yilmaz"), ("Şahin", "Sahin"), ("Öztürk", "Ozturk"), ("Demir",), ("Koç", "Koc"), ("Aydın", "Aydin")),
    ),
    "arabic": (
        (("محمد", "Mohammed", "Muhammad", "Mohamed"), ("أحمد", "Ahmed", "Ahmad"), ("يوسف", "Yousef", "Yusuf"), ("خالد", "Khaled", "Khalid"), ("حسين", "Hussein", "Husain"), ("عمر", "Omar", "Umar"), ("مريم", "Maryam", "Mariam"), ("طارق", "Tariq", "Tarek")),
        (("الحسن", "Al Hassan", "Al-Hasan"), ("المنصوري", "Al Mansouri", "Almansoori"), ("العبيدي", "Al Obaidi", "Al-Ubaidi"), ("حداد", "Haddad", "Hadad"), ("الشمري", "Al Shammari", "Alshamari"), ("قاسم", "Qassem", "Kasim"), ("النجار", "Al Najjar", "El Naggar")),
    ),
    "cyrillic": (
        (("Арман", "Arman"), ("Сергей", "Sergey", "Sergei"), ("Юрий", "Yuri", "Iurii"), ("Дмитрий", "Dmitry", "Dmitrii"), ("Наталья", "Natalya", "Nataliia"), ("Алексей", "Alexey", "Aleksei"), ("Ильяс", "Ilyas")),
        (("Беков", "Bekov"), ("Жуков", "Zhukov", "Jukov"), ("Щербаков", "Shcherbakov", "Scherbakov"), ("Ахметов", "Akhmetov", "Ahmetov"), ("Чернов", "Chernov", "Tchernov"), ("Григорьев", "Grigoryev", "Grigoriev"), ("Тимошин", "Timoshin")),
    ),
    "chinese": (
        (("伟", "Wei"), ("建国", "Jianguo"), ("丽华", "Lihua"), ("志强", "Zhiqiang"), ("晓明", "Xiaoming"), ("海涛", "Haitao"), ("俊", "Jun")),
        (("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("陈", "Chen"), ("赵", "Zhao"), ("周", "Zhou"), ("黄", "Huang")),
    ),
    "thai": (
        (("สมชาย", "Somchai"), ("นารี", "Naree", "Nari"), ("ประเสริฐ", "Prasert"), ("วิชัย", "Wichai", "Vichai"), ("อรุณ", "Arun")),
        (("ศรีสุข", "Srisuk", "Sisuk"), ("วงศ์ไทย", "Wongthai", "Vongthai"), ("บุญมี", "Boonmee", "Bunmi"), ("รัตนกุล", "Rattanakul", "Ratanakul")),
    ),
    "southasian": (
        (("Imran",), ("Ayesha", "Aisha"), ("Rajesh",), ("Suresh",), ("Farooq", "Faruq"), ("Priya",), ("Bilal",)),
        (("Khan",), ("Siddiqui", "Siddiqi"), ("Patel",), ("Sharma",), ("Chaudhry", "Choudhary"), ("Iqbal",), ("Reddy",), ("Mehta",)),
    ),
    "vietnamese": (
        (("Anh",), ("Hùng", "Hung"), ("Thảo", "Thao"), ("Minh",), ("Dũng", "Dung")),
        (("Nguyễn", "Nguyen"), ("Trần", "Tran"), ("Phạm", "Pham"), ("Đặng", "Dang")),
    ),
    "english": (
        (("James",), ("Grace",), ("Samuel",), ("Oliver",), ("Blessing",), ("Helen",), ("Victor",)),
        (("Okafor",), ("Walker",), ("Adeyemi",), ("Hughes",), ("Bennett",), ("Eze",), ("Clarke",)),
    ),
}  # fmt: skip
SCRIPTS = {"arabic", "cyrillic", "chinese", "thai"}
ENDINGS = {  # of family names
    "dutch": ("stra", "sma", "inga", "mans", "hof", "veld"),
    "german": ("mann", "berger", "hauer", "wald"),
    "french": ("eau", "ier", "mont", "ard"),
    "polish": ("ski", "czyk", "wicz"),
    "spanish": ("ez", "illo", "andia", "ero"),
    "turkish": ("oğlu", "kan", "tepe", "er"),
    "southasian": ("wala", "ani", "kar", "pur"),
    "vietnamese": ("anh", "inh", "ung"),
    "english": ("son", "ford", "ley", "worth", "ton"),
}
