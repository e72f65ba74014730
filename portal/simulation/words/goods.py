"""What is traded: typical quantities, who uses it, and for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typical:
    """How a substance is sold."""

    order_kg: float  # median of an order inside the country
    shipment_kg: float  # median of a shipment abroad
    price: float  # a kilogram, in euro
    litres: bool = False
    solution: str | None = None  # usual strength by weight


TYPICAL: dict[str, Typical] = {
    "acetone": Typical(160, 9000, 1.4, litres=True),
    "toluene": Typical(200, 11000, 1.2, litres=True),
    "methyl-ethyl-ketone": Typical(180, 8000, 1.9, litres=True),
    "ethyl-ether": Typical(30, 600, 6.0, litres=True),
    "sulphuric-acid": Typical(150, 7000, 0.6, solution="96"),
    "hydrochloric-acid": Typical(180, 6000, 0.5, solution="37"),
    "potassium-permanganate": Typical(35, 1500, 4.5),
    "acetic-anhydride": Typical(22, 1800, 2.8, litres=True),
    "phenylacetic-acid": Typical(0.4, 150, 11.0),
    "anthranilic-acid": Typical(0.4, 120, 14.0),
    "piperidine": Typical(0.2, 60, 22.0, litres=True),
    "piperonal": Typical(3, 150, 25.0),
    "ephedrine": Typical(1.2, 60, 180.0),
    "pseudoephedrine": Typical(1.5, 80, 160.0),
    "norephedrine": Typical(0.6, 25, 150.0),
    "safrole": Typical(1.0, 40, 40.0, litres=True),
    "p2p": Typical(0.3, 15, 60.0, litres=True),
    "red-phosphorus": Typical(0.05, 200, 18.0),
    "iodine": Typical(4, 250, 55.0),
    "formamide": Typical(40, 1200, 2.9, litres=True),
    "formic-acid": Typical(70, 2500, 1.1, litres=True),
    "methylamine": Typical(60, 1800, 2.4, solution="40"),
    "benzaldehyde": Typical(20, 900, 3.2, litres=True),
    "nitroethane": Typical(8, 300, 9.0, litres=True),
    "benzyl-chloride": Typical(25, 900, 3.0, litres=True),
    "benzyl-cyanide": Typical(8, 400, 7.0, litres=True),
    "ammonium-chloride": Typical(90, 4000, 0.7),
    "acetyl-chloride": Typical(12, 400, 4.0, litres=True),
    "acetic-acid": Typical(220, 9000, 0.9, litres=True),
    "sodium-hydroxide": Typical(260, 12000, 0.5),
    "sodium-borohydride": Typical(3, 120, 38.0),
    "dichloromethane": Typical(180, 8000, 1.0, litres=True),
    "ethyl-acetate": Typical(200, 9000, 1.3, litres=True),
    "methanol": Typical(240, 12000, 0.5, litres=True),
    "isopropanol": Typical(220, 10000, 1.1, litres=True),
    "hexane": Typical(120, 5000, 1.5, litres=True),
    "mibk": Typical(110, 4000, 2.1, litres=True),
    "gbl": Typical(15, 900, 4.2, litres=True),
    "aniline": Typical(40, 1500, 2.0, litres=True),
    "propionic-anhydride": Typical(18, 700, 4.1, litres=True),
    "sodium-carbonate": Typical(300, 14000, 0.4),
    "calcium-oxide": Typical(350, 16000, 0.2),
    "mapa": Typical(0.5, 20, 90.0),
    "apaa": Typical(0.5, 20, 85.0),
    "bmk-methyl-glycidate": Typical(0.4, 20, 95.0),
    "4-piperidone": Typical(0.2, 8, 140.0),
    "1-boc-4-piperidone": Typical(0.2, 8, 150.0),
    "eapa": Typical(0.4, 18, 95.0),
    "mamdpa": Typical(0.4, 18, 95.0),
    "depapd": Typical(0.4, 18, 95.0),
    "imdpam": Typical(0.4, 18, 95.0),
    "bmk-isopropyl-glycidate": Typical(0.4, 20, 95.0),
    "bmk-sec-butyl-glycidate": Typical(0.4, 20, 95.0),
    "pmk-isopropyl-glycidate": Typical(0.4, 20, 95.0),
}
UNLISTED = (
    "Ethylene glycol",
    "Sodium hypochlorite 12 %",
    "Citric acid monohydrate",
    "Xylene, mixed isomers",
    "Triethanolamine",
    "Glycerol, pharmaceutical",
    "Diethyl phthalate",
    "Hydrogen peroxide 35 %",
    "Cyclohexane",
    "Dimethyl carbonate",
    "Benzoic acid",
    "Urea, technical",
)

SAMPLES = ("eapa", "mamdpa", "depapd", "bmk-isopropyl-glycidate", "1-boc-4-piperidone", "apaa")

TRADES: dict[str, tuple[str, ...]] = {
    "coatings": ("acetone", "toluene", "methyl-ethyl-ketone", "ethyl-acetate", "mibk"),
    "pharmaceuticals": (
        *("acetone", "ephedrine", "pseudoephedrine", "acetic-anhydride", "dichloromethane"),
        *("phenylacetic-acid", "piperidine", "norephedrine", "methanol", "ethyl-ether"),
    ),
    "water treatment": (
        "potassium-permanganate",
        "sulphuric-acid",
        "hydrochloric-acid",
        "calcium-oxide",
    ),
    "flavours": (
        "piperonal",
        "benzaldehyde",
        "ethyl-acetate",
        "phenylacetic-acid",
        "safrole",
        "acetic-acid",
    ),
    "laboratory": (
        *("acetone", "ethyl-ether", "hydrochloric-acid", "iodine", "sodium-borohydride"),
        *("piperidine", "formic-acid", "red-phosphorus", "4-piperidone", "mapa", "p2p"),
    ),
    "textiles": (
        "acetic-anhydride",
        "acetic-acid",
        "formic-acid",
        "sodium-hydroxide",
        "anthranilic-acid",
    ),
    "leather": (
        "formic-acid",
        "sulphuric-acid",
        "ammonium-chloride",
        "sodium-carbonate",
        "methylamine",
    ),
    "plastics": ("toluene", "methyl-ethyl-ketone", "benzyl-chloride", "aniline", "formamide"),
    "cleaning": ("acetone", "hydrochloric-acid", "isopropanol", "sodium-hydroxide", "gbl"),
    "mining": (
        "sulphuric-acid",
        "hydrochloric-acid",
        "calcium-oxide",
        "potassium-permanganate",
        "hexane",
    ),
    "cellulose": ("acetic-anhydride", "acetone", "acetic-acid", "sulphuric-acid"),
    "agrochemicals": (
        "methylamine",
        "anthranilic-acid",
        "nitroethane",
        "benzyl-cyanide",
        "toluene",
    ),
    "fireworks and matches": ("red-phosphorus", "potassium-permanganate", "acetone"),
    "resale": (
        *("acetone", "toluene", "sulphuric-acid", "acetic-anhydride", "methanol", "isopropanol"),
        *("potassium-permanganate", "formic-acid", "iodine", "propionic-anhydride"),
    ),
}
USES: dict[str, tuple[str, ...]] = {
    "coatings": (
        "thinner for {kind} coatings",
        "solvent of {kind} paints",
        "cleaning of {kind} spraying lines",
    ),
    "pharmaceuticals": (
        "synthesis of an {kind} active ingredient",
        "extraction in {kind} production",
        "granulation of {kind} tablets",
    ),
    "water treatment": (
        "treatment of {kind} water",
        "regeneration of {kind} filters",
        "oxidation of iron in {kind} wells",
    ),
    "flavours": (
        "{kind} flavour compounds",
        "fragrance bases for {kind} soaps",
        "extraction of {kind} aromas",
    ),
    "laboratory": (
        "analysis of {kind} samples",
        "teaching of {kind} chemistry",
        "reagent for {kind} research",
    ),
    "textiles": (
        "finishing of {kind} fabrics",
        "dyeing of {kind} yarn",
        "esterification of {kind} fibres",
    ),
    "leather": (
        "tanning of {kind} hides",
        "pickling of {kind} skins",
        "deliming in {kind} tanneries",
    ),
    "plastics": (
        "polymer modification for {kind} parts",
        "adhesives for {kind} foils",
        "moulding of {kind} profiles",
    ),
    "cleaning": (
        "cleaning of {kind} moulds",
        "descaling of {kind} boilers",
        "degreasing of {kind} metal",
    ),
    "mining": ("leaching of {kind} ore", "flotation at the {kind} pit", "assay of {kind} samples"),
    "cellulose": (
        "acetylation of {kind} cellulose",
        "filter tow of {kind} grade",
        "film of {kind} grade",
    ),
    "agrochemicals": (
        "intermediate of a {kind} herbicide",
        "formulation of {kind} pesticides",
        "synthesis of {kind} fungicides",
    ),
    "fireworks and matches": (
        "striking surfaces of {kind} matches",
        "{kind} signal flares",
        "{kind} stage effects",
    ),
    "resale": (
        "resale to {kind} customers",
        "stock for {kind} trade",
        "repacking for {kind} workshops",
    ),
}
KINDS = (
    *("industrial", "marine", "automotive", "regional", "special", "standard", "technical"),
    *("municipal", "export", "second-line", "fine", "heavy", "light", "mixed", "organic"),
)
