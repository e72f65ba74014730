"""An organisation can be reached by web-mail only.

Source: practice of the trade; the list of providers is our own.
"""

from portal.submissions.data import Party, PartyRole, PartySort
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
        if web_mail_alone(party):
            evidence = (here(case, f"parties.{place}.emails", ", ".join(party.emails)),)
            return Finding(f"{party.name} uses web-mail only: {', '.join(party.emails)}.", evidence)
    return None


def web_mail_alone(party: Party) -> bool:
    """Tell whether every mail address of a party is of such a provider; none is no."""
    hosts = {address.rsplit("@", 1)[-1].lower() for address in party.emails}
    return bool(hosts) and hosts <= PROVIDERS


WEB_MAIL = Rule(
    code="web-mail-1",
    title="Web-mail only",
    weight=3,
    check=check,
    about=About.PEOPLE,
)
