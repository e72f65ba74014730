"""What people write in their own words, in pieces."""

OPENINGS = (
    "Asked by telephone and followed up the same day.", "Came through our web shop.", "Was referred to us by another customer.",
    "Had ordered samples before.", "Wrote from a general address.", "Known to our field staff.", "Met our seller at a trade fair.",
    "Wanted an offer within the day.", "Had no account with us.", "Called twice about delivery.",
)  # fmt: skip
REASONS = {
    "customer-new": "We do not know them.", "customer-unwilling": "Would not send an extract of the trade register.",
    "use-unclear": "Could not say exactly what it is for.", "use-unfamiliar": "Did not know the usual handling.",
    "contact-thin": "Only a mobile number.", "acts-for-unnamed": "Buys for somebody else, not named.",
    "nervous": "Seemed in a hurry.", "refused-elsewhere": "Mentioned that another firm had none.",
    "quantity-uncommon": "The quantity is not what we expect of them.", "small-packs": "Wants small packs.",
    "purity-unusual": "Asked for analytical grade.", "urgent": "Needs it this week.", "irregular": "Odd rhythm of orders.",
    "neutral-packing": "Asked for neutral labels.", "false-description": "Asked for a shorter description on the papers.",
    "payment-unusual": "Asked whether cash is possible.", "above-market": "Did not ask for a discount.",
    "overpaid": "Paid more than invoiced.", "no-credit": "Did not want an account.", "own-vehicle": "Came with a hired van.",
    "route-odd": "The delivery route surprised us.", "transit-needless": "Goes by way of a third country.",
    "packing-weak": "Brought own drums.", "destination-changed": "Changed the place of delivery.",
    "papers-altered": "A date on the declaration was corrected by hand.", "stamps-differ": "The stamp differs from last year's.",
    "authorisation-unknown": "The permit could not be confirmed at once.", "declaration-copied": "The declaration is very general.",
}  # fmt: skip
CLOSINGS = (
    "We report it to be safe.", "Our adviser found nothing wrong, but we report it.", "Please advise.", "Seller had a doubt.",
    "We asked for more papers.", "It may be nothing.", "Reported on advice of our compliance officer.", "We keep the offer open.",
)  # fmt: skip
LOSSES = (
    "Counted at the end of the month; the figure in the system is higher.", "A drum was found leaking in the yard.",
    "The seal of the store was intact, the quantity is short.", "The driver noticed at unloading that a pallet was missing.",
    "The fence was cut at night.", "The weighing slip and the delivery note disagree.", "Missing after a transfer between halls.",
    "Two canisters were not in the van on return.", "Short delivery noticed by the customer.", "Found at the yearly stock-taking.",
)  # fmt: skip
DETAILS = (
    "about {n} kilograms a week on {k} line {n}", "in closed vessels of {n} litres at our {k} plant", "by {n} trained operators of the {k} section",
    "since {y}, always the {k} quality", "under permit of the municipality of {y}", "with recovery of {n} per cent in the {k} unit",
    "for orders of {n} regular {k} clients", "in batches of {n} for {k} goods", "stored in a {k} cabinet for {n} days at most",
)  # fmt: skip
TEMPLATES = (
    "For use in our own production only, in accordance with the safety data sheet and not for resale.",
    "Solvent in our works, handled by trained staff under the permit of the local authority.",
    "Auxiliary in our process; no other use is intended and none will be made without telling the supplier.",
)
