"""An organisation can be reached by web-mail only.

Source: practice of the trade; the list of providers is our own.
"""

from portal.submissions.data import PartyRole, PartySort
from portal.triage.data import About, Case, Finding, Rule, here

ROLES = {PartyRole.CUSTOMER, PartyRole.IMPORTER, PartyRole.CONSIGNEE}
PROVIDERS = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com"),
    *("icloud.com", "proton.me", "protonmail.com", "tutanota.com", "gmx.net", "gmx.de", "web.de"),
    *("mail.ru", "yandex.ru", "bk.ru", "inbox.ru", "qq.com", "163.com", "126.com", "sina.com"),
    *("rediffmail.com", "zoho.com", "aol.com", "mail.com"),
}


def check(case: Case) -> Finding | None:
    """Raise an organisation without a web site whose addresses are all of such providers."""
    for place, party in enumerate(case.filed.facts.parties):
        if party.role not in ROLES or party.sort is PartySort.PERSON or party.websites:
            continue
        hosts = {address.rsplit("@", 1)[-1].lower() for address in party.emails}
        if hosts and hosts <= PROVIDERS:
            evidence = (here(case, f"parties.{place}.emails", ", ".join(party.emails)),)
            return Finding(f"{party.name} uses web-mail only: {', '.join(party.emails)}.", evidence)
    return None


WEB_MAIL = Rule(
    code="web-mail-1",
    title="Web-mail only",
    weight=3,
    check=check,
    about=About.PEOPLE,
)
