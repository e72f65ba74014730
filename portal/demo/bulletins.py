"""Two invented bulletins to companies, in the languages in which they were written."""

from dataclasses import dataclass

from portal.bulletins.data import Aim, NamePattern, Said, Signs, Sort


@dataclass(frozen=True, slots=True)
class Notice:
    """A bulletin that was approved some days ago."""

    days_ago: int
    lasts: int  # days from its approval
    sort: Sort
    aim: Aim
    signs: Signs
    said: tuple[Said, ...]


BULLETINS = (
    Notice(
        days_ago=20,
        lasts=180,
        sort=Sort.ROUTE,
        aim=Aim(activities=("manufacture", "trade", "warehouse", "freight forwarding")),
        signs=Signs(
            substances=("acetic-anhydride", "acetyl-chloride"),
            routes=(("NL", "TR"), ("NL", "AE"), ("NL", "PK")),
        ),
        said=(
            Said(
                "en",
                "Acetic anhydride in small packs, sent on from a free zone",
                "We see more orders of acetic anhydride and acetyl chloride in cans of 25 litres"
                " and less, by buyers who name a coating or tanning plant and have the goods"
                " sent to a forwarder in a free zone.\n\n"
                "Before you accept such an order:\n"
                "– ask for the plant's own address, and have the goods sent there alone;\n"
                "– ask why the product that is sold in drums is wanted in cans;\n"
                "– look at the end-user declaration again: the same words turn up for several"
                " buyers.\n\n"
                "Report the order before you answer it, and do not tell the customer that you did.",
            ),
            Said(
                "fr",
                "Anhydride acétique en petits bidons, réexpédié depuis une zone franche",
                "Les commandes d'anhydride acétique et de chlorure d'acétyle en bidons de"
                " 25 litres et moins se multiplient. L'acheteur cite une usine de revêtements ou"
                " une tannerie et fait envoyer la marchandise à un transitaire en zone franche.\n\n"
                "Demandez l'adresse de l'usine, n'expédiez qu'à cette adresse, et signalez la"
                " commande avant d'y répondre. N'en dites rien au client.",
            ),
        ),
    ),
    Notice(
        days_ago=6,
        lasts=90,
        sort=Sort.CUSTOMER,
        aim=Aim(),
        signs=Signs(
            names=(
                NamePattern("form", "* research 9"),
                NamePattern("form", "* pharma 9"),
                NamePattern("words", "lab supplies trading"),
            ),
        ),
        said=(
            Said(
                "en",
                "New firms whose names end in a number",
                "Firms that were founded within the last three months order small quantities of"
                " several precursors at once. Their names are a plain word, “research” or"
                " “pharma”, and a number; the number is another one with each supplier, the"
                " telephone is the same.\n\n"
                "Look the firm up in its register, call the number that stands there and not"
                " the one on the order, and report the order if the two do not agree.",
            ),
        ),
    ),
)
