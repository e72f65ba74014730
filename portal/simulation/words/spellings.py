"""Ways in which legal forms and streets are written."""

FORM_WAYS = {
    "B.V.": ("B.V.", "BV", "b.v."), "N.V.": ("N.V.", "NV"), "GmbH": ("GmbH", "Gmbh", "G.m.b.H."), "LLC": ("LLC", "L.L.C.", "L.L.C"),
    "Co., Ltd.": ("Co., Ltd.", "Co Ltd", "Co. Ltd", "Company Limited"), "Ltd": ("Ltd", "Ltd.", "Limited"),
    "Limited": ("Limited", "Ltd"), "S.A.": ("S.A.", "SA"), "Sp. z o.o.": ("Sp. z o.o.", "Sp. zoo", "SP Z O.O."),
    "(Pvt) Ltd": ("(Pvt) Ltd", "Pvt Ltd", "(Private) Limited"), "Pvt. Ltd.": ("Pvt. Ltd.", "Pvt Ltd", "Private Limited"),
    "SARL": ("SARL", "S.A.R.L."), "S.L.": ("S.L.", "SL"), "Ltd. Şti.": ("Ltd. Şti.", "Ltd Sti", "LTD. ŞTİ."), "OOO": ("OOO", "LLC", "Ltd"),
    "FZE": ("FZE", "F.Z.E."), "S.A.S.": ("S.A.S.", "SAS"), "EOOD": ("EOOD", "EOOD", "Ltd"),
}  # fmt: skip
STREET_WAYS = (("straat", "str."), ("straße", "str."), ("Road", "Rd"), ("Street", "St."), ("Avenue", "Ave"), ("Calle", "C/"),
               ("Caddesi", "Cad."), ("Industrial Area", "Ind. Area"), ("building", "bldg"), ("No. ", "No "))  # fmt: skip
PLAIN_FORMS = ("ООО", "АО", "ТОО")  # written before the name
