"""Why a question is asked, with an example where its own hint gives none; for the pages of drafts.

A reason is found by the question's name, or by its page and name where a name means several things.
What it says is true of every report: it tells what the answer is for, never what would stand out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Help:
    """What stands beside one question."""

    why: str = ""
    example: str = ""  # shown where the question has no hint of its own
    guide: str = ""  # the page of guidance that says more


SUBSTANCE: Mapping[str, Help] = {
    "substance": Help(
        "The name decides which rules apply. The portal finds it under any name that you know."
    ),
    "not_listed": Help(
        "Goods that no list names yet can be used in the same way. Report them too.",
        "Tick this for a chemical without a place on the list",
    ),
    "description": Help("A clear description lets us find out what it is."),
    "trade_name": Help("Others may know the same goods under this name only."),
    "quantity": Help("Deadlines and limits go by the quantity. Give it as it stands on the paper."),
    "unit": Help("The portal works out the kilograms itself; you need not convert.", "Such as kg"),
    "form": Help(
        "A solution or a salt holds less of the substance. The portal works out how much.",
        "Such as a solution, by weight",
    ),
    "salt": Help("Each salt holds another share of the substance."),
    "strength": Help("Needed to work out how much of the substance is in it."),
    "strength_unit": Help(
        "By weight and by volume give other quantities.", "It stands on the label or data sheet"
    ),
    "density": Help("Litres become kilograms by the density. It stands on the safety data sheet."),
    "packages": Help("The number lets goods be recognised and counted.", "Such as 80"),
    "package_kind": Help("It lets the goods be recognised in a store or a vehicle."),
    "package_size": Help("With the number of packages it must give the quantity."),
    "batch": Help(
        "With it, goods that turn up elsewhere can be traced to you.", "Such as B2026-0417"
    ),
    "value": Help("The price says what kind of trade it is.", "Without the currency: 1250.00"),
    "currency": Help("A value means nothing without it."),
    "hs_code": Help("Customs know the goods by it. It stands on the invoice or the declaration."),
    "un_number": Help("Carriers and rescue services know the goods by it."),
}
PARTY: Mapping[str, Help] = {
    "role": Help(
        "The same name can buy, pay or receive. Add somebody twice if they do two things.",
        "Such as customer, for the one who orders",
    ),
    "sort": Help("Persons and organisations are looked up in other registers."),
    "name": Help("As it stands on papers, so that the right one is found."),
    "trading_name": Help(
        "Many are known by another name than the legal one.", "Such as the name on the door or shop"
    ),
    "original_script": Help("Names change in transcription; the original does not."),
    "earlier_names": Help("Licences and papers may still bear an older name."),
    "country": Help("It decides whose authority can help."),
    "street": Help("Addresses tell those of the same name apart.", "Such as 12 Harbour Road"),
    "postcode": Help("It finds the place where towns share a name.", "Such as 3011 AB"),
    "city": Help("", "Such as Rotterdam"),
    "region": Help("", "If it belongs to the address"),
    "address_free": Help("Taken word for word, it can be compared with what others were given."),
    "phones": Help("A number often stays when names change."),
    "emails": Help("Give it exactly as it was written, small and capital letters too."),
    "messaging": Help("Orders are made there too; the name can be the only trace."),
    "websites": Help("It says what the firm offers in public."),
    "registration_number": Help(
        "The number is unique where names are not.", "Such as KvK 12345678, from the trade register"
    ),
    "tax_number": Help("It stands on invoices and can be checked.", "Such as NL123456789B01"),
    "eori": Help("Customs of the European Union know traders by it.", "Such as NL123456789"),
    "lei": Help("It names a firm worldwide. Most small firms have none."),
    "licence_number": Help(
        "Some substances may be handled only with one.", "As it stands on the licence you saw"
    ),
    "licence_check": Help("A copy is soon made; it matters how you know that it is genuine."),
    "identity_number": Help(
        "It tells persons of the same name apart. Leave it out if you did not see it.",
        "As it stands on the document",
    ),
    "identity_country": Help("Numbers are unique only within a country."),
    "born": Help("It tells persons of the same name apart."),
    "position": Help("It says whether somebody may sign for the firm."),
    "bank_account": Help("Accounts lead to those who really pay."),
    "known_since": Help("It says how well you know them."),
    "relation": Help(
        "It explains why somebody appears who did not order.", "Such as sister company, or unknown"
    ),
}
ORDER: Mapping[str, Help] = {
    "happened": Help("An enquiry is enough. Nothing need have been sold.", "", "suspicious"),
    "event.happened_on": Help("With the day, reports of the same event are found together."),
    "done": Help("You are free to refuse. We ask only to know where the goods are.", "", "silence"),
    "contact_ways": Help("It says where traces of the contact may be kept."),
    "can_stop": Help("What can still be stopped is read first.", "", "afterwards"),
    "stop_until": Help("It is the time that is left to act."),
    "stop_time": Help("Hours can decide."),
    "grounds": Help(
        "Your own words say more than any list. Facts first, then what you make of them.",
        "",
        "suspicious",
    ),
    "indicators": Help("A short way to say what many firms have seen before.", "", "suspicious"),
    "stated_use": Help(
        "A use can be checked against quantity and form.", "Such as: for cleaning printing plates"
    ),
    "declaration_seen": Help("It tells whether somebody has signed for the use."),
    "earlier_dealings": Help(
        "What was usual before shows what is not.", "Such as: 200 l a year since 2021, always paid"
    ),
    "payments": Help("Payment leaves traces that last.", "", "suspicious"),
    "payer_country": Help("Payer and customer need not be in one country."),
    "price": Help("Who must have the goods asks less about the price.", "As far as you know it"),
    "payment_details": Help(
        "Sums, names and dates help to follow it.", "Such as: half in cash by another man, 3 March"
    ),
    "self_collection": Help("It says who took the goods over, and where."),
    "plates": Help("Vehicles turn up again elsewhere.", "Such as AB-123-C"),
    "driver": Help("Often the only person that anybody saw.", "As it stands on the licence shown"),
    "delivery_wanted": Help(
        "The place of delivery can say more than the customer.", "Such as: Unit 4, Dock Lane, Hull"
    ),
    "delivery_country": Help("It decides whose authority can help."),
    "storage_address": Help(
        "Goods may rest elsewhere before they are used.", "Such as a self-storage unit, with number"
    ),
    "po_box": Help("Goods cannot be used in a post box.", "Such as PO Box 1234, 3000 AA"),
    "keep_warm": Help("Only if the authority asks you to, and only if you agree.", "", "silence"),
    "told_others": Help("So that nobody is told twice, or by accident.", "", "silence"),
}
LOSS: Mapping[str, Help] = {
    "discovered_on": Help("The time to report runs from here.", "", "deadlines"),
    "missing_from": Help("It narrows down when it happened."),
    "missing_until": Help(
        "It narrows down when it happened.", "The first day on which it was gone"
    ),
    "where": Help("It says who had the goods in their hands."),
    "discovery.place": Help("So that reports from one place are found together."),
    "place_country": Help("It decides whose police and authority can help."),
    "discovery.carrier": Help("Who carried the goods can say where they were last seen."),
    "waybill": Help("With it the carrier finds the consignment.", "Such as CMR 1234567"),
    "containers": Help("A container can be looked for."),
    "seals": Help("Whether the seal was whole says where it happened."),
    "how": Help("Choose what fits best. If you do not know, say so.", "", "suspicious"),
    "certainty": Help("A supposition is welcome; it must only be known as one."),
    "circumstances": Help("Facts first: who noticed what, and when."),
    "share_of_stock": Help("It tells a large loss from a small one."),
    "usual_loss": Help("Some goods evaporate or leak; that alone is no theft."),
    "only_precursor": Help(
        "It says whether somebody knew what to look for.", "No, if other goods are missing too"
    ),
    "inside_knowledge": Help("It says where to begin. You need not name anybody."),
    "police_told": Help("So that police and authority work together."),
    "police_reference": Help("With it the files find each other."),
    "police_station": Help("", "Such as Rotterdam, Doelwater"),
    "measures": Help("So that nobody advises what you have done already."),
}
NOTICE: Mapping[str, Help] = {
    "frequency": Help("Some countries allow one notice for several shipments.", "", "notice"),
    "end_use": Help("The country of destination asks for it before it answers.", "", "notice"),
    "dispatch_on": Help("The clock shows whether there is time enough.", "", "notice"),
    "arrival_on": Help(
        "So that the border knows when to expect it.", "For example, 18 4 2027", "notice"
    ),
    "exit_point": Help("Customs there check the release."),
    "entry_point": Help("The treaty names it: Article 12(10)(a) of the 1988 Convention."),
    "authorisations.sort": Help("Which are needed depends on the substance and both countries."),
    "authorisations.number": Help("Its issuer can confirm it.", "As printed, with all signs"),
    "issuer": Help("To know who can confirm it.", "Such as Ministry of Health, Bangkok"),
    "issued_on": Help("It tells two papers of one number apart.", "For example, 2 2 2027"),
    "expires_on": Help("It must be valid when the goods leave.", "For example, 31 12 2027"),
    "mode": Help("It says which border posts the goods pass."),
    "origin": Help("Each leg begins where the one before ends."),
    "origin_country": Help("Each country on the way may have to know."),
    "destination": Help("Name the place where the goods change vehicle or rest."),
    "destination_country": Help("Each country on the way may have to know."),
    "departs_on": Help("So that the goods can be found on the way.", "If known yet"),
    "arrives_on": Help("So that the goods can be found on the way.", "If known yet"),
    "carrier": Help("Whom to call about the goods.", "The name on the bill of lading"),
    "conveyance": Help("So that the goods can be found on the way.", "Such as MSC Aurora, KL 875"),
    "imo": Help("Ships change their names, never this number.", "Seven digits, such as 9319466"),
    "plate": Help("Border posts know vehicles by it.", "Such as AB-123-C, with the trailer’s"),
    "free_zone": Help("Goods in a free zone are under other rules."),
    "warehouse": Help("So that the goods can be found on the way.", "Name and place"),
    "containers.number": Help("It is checked at each border. The last digit guards against slips."),
    "containers.seals": Help("A seal that differs on arrival was opened."),
    "bills": Help("They name the goods to the carrier.", ""),
    "invoices": Help("They must agree with this notice."),
    "customs_declarations": Help("With it customs find the shipment. Add it later if need be."),
    "rests_at": Help("Goods at rest are easiest to check."),
    "rests_from": Help("To know when they can be checked.", "For example, 18 4 2027"),
    "rests_until": Help("To know when they can be checked.", "For example, 25 4 2027"),
    "custody": Help("Whom to call about the goods."),
    "taken_on_by": Help("The next carrier must not be a surprise."),
    "taken_on_how": Help("It says which border posts the goods pass."),
}
RETURN: Mapping[str, Help] = {
    "period": Help("Your licence or the law says how often.", "", "deadlines"),
    "begins_on": Help("Periods must follow each other without a gap."),
    "explanation": Help("A difference with a reason needs no question."),
    "movement": Help(
        "What came in, less what went out, must give what is left.", "Such as sold, to a customer"
    ),
    "counterparty": Help("Their figures and yours should agree."),
    "entries.country": Help("It tells trade at home from trade abroad."),
    "licence": Help("Some substances may go to licence holders only.", "As on their licence"),
    "entries.happened_on": Help(
        "Leave it out for a sum over the whole period.", "For example, 27 3 2026"
    ),
    "document": Help("With it a figure can be traced to its paper."),
}
DECLARATION: Mapping[str, Help] = {
    "use": Help("A use from the list can be compared; the words beside it explain."),
    "use_words": Help("The customer knows the process; a vague answer is an answer too."),
    "site_of_use": Help("Goods are used in works, not in offices."),
    "site_country": Help("It decides whose authority can help."),
    "paper.number": Help("Notices and orders that rest on it name this number."),
    "single": Help("So that it is not used more often than it was meant."),
    "signed_on": Help("It says from when it counts."),
    "valid_until": Help("The portal warns you before it ends.", "For example, 31 12 2026"),
    "signed_by": Help("Who signs answers for the use.", "As it stands under the signature"),
    "signed_position": Help("Not everybody may sign for a firm.", "Such as head of purchasing"),
    "licence_seen": Help("Some substances may go to licence holders only."),
}
END: Mapping[str, Help] = {
    "own_reference": Help("You find the report again by it, in lists and exports."),
    "site": Help("It tells your sites apart."),
    "declared_by": Help("Somebody answers for it. It may be you alone.", "First name and surname"),
    "declared_position": Help("", "Such as compliance officer"),
    "true": Help(
        "Honest doubt is no fault: it is true “as far as you know”.",
        "You can correct it later",
        "afterwards",
    ),
}
HELP: Mapping[str, Help] = {
    **SUBSTANCE, **PARTY, **ORDER, **LOSS, **NOTICE, **RETURN, **DECLARATION, **END,
}  # fmt: skip
NONE = Help()


def help_for(page: str, name: str) -> Help:
    """Return what stands beside a question of a page."""
    return HELP.get(f"{page}.{name}") or HELP.get(name) or NONE


def explain(page: str, fields: Iterable[Any]) -> None:
    """Give the questions of a page their reasons, and an example to those without a hint."""
    for one in fields:
        found = help_for(page, one.short_name)
        one.why, one.guide = found.why, found.guide
        one.description = one.description or found.example
