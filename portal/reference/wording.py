"""The words of the reference data that people read, declared for the catalogues of translations.

Titles of laws and notes of sources stay in the language in which they were read.
"""

from enum import StrEnum


class State(StrEnum):
    """Physical states, as substances.csv writes them."""

    SOLID = "solid"
    LIQUID = "liquid"
    GAS = "gas"
    SOLUTION = "aqueous solution"
    GAS_OR_SOLUTION = "gas or aqueous solution"
    PREPARATION = "preparation"


COVERS = (  # what controls cover beside the substance itself
    "salts not controlled",
    "salts; US: esters and salts",
    "salts; stereoisomers (EU), optical isomers (US)",
)


class Drug(StrEnum):
    """What a substance is a precursor of, where its name is a word."""

    AMPHETAMINE = "amphetamine"
    COCAINE = "cocaine"
    FENTANYL = "fentanyl"
    ANALOGUES = "fentanyl-analogues"
    HEROIN = "heroin"
    KETAMINE = "ketamine"
    MECLOQUALONE = "mecloqualone"
    MEPHEDRONE = "mephedrone"
    METHAMPHETAMINE = "methamphetamine"
    METHAQUALONE = "methaqualone"
    METHCATHINONE = "methcathinone"


class Undated(StrEnum):
    """What sources.csv says where it has no day."""

    NOT_SEEN = "not seen"
    UNDATED = "undated"
    COPY = "undated copy"


class NameSort(StrEnum):
    """What sort of name a substance was found under."""

    SYNONYM = "synonym"
    SALT = "salt"


class Effect(StrEnum):
    """What a limit brings about, as thresholds.csv writes it."""

    ALL = "all transactions regulated, no threshold"
    CLASS_A = "class A precursor rules apply above the maximum quantity"
    LISTED = "export authorisation at any quantity; pre-export notification to listed destinations"
    EXPORTER = "exporter registration is required above this yearly quantity"
    IMPORT = "import authorisation at any quantity"
    EXPORT = "pre-export notification and export authorisation at any quantity"
    DOMESTIC = (
        "registration, customer declaration and documentation duties apply above this yearly"
        " quantity"
    )
    REGULATED = "regulated transaction"
    REPORTS = (
        "regulated transaction (records, identification, reports; advance notice for import and"
        " export)"
    )
    SOME = "regulated transaction for designated countries only"
    SOME_CFR = "regulated transaction for designated countries only (21 CFR 1310.08)"
    SOME_HCL = "regulated transaction for designated countries only (anhydrous hydrogen chloride)"
    FORM = "regulated transaction; DEA Form 486 notice 15 days before"


class Term(StrEnum):
    """What time a law gives, as deadlines.csv writes it."""

    FORM = "15 calendar days before (Form 486)"
    TWO_YEARS = "2 years"
    THREE_YEARS = "3 years after the end of the calendar year"
    TELEPHONE = "at the earliest practicable opportunity, by telephone"
    FEBRUARY = "before 15 February for the year before"
    CONVENTION = "before the export; the Convention sets no number of days"
    AT_ONCE = "immediately"
    WRITING = "in writing within 15 days"
    SILENCE = "silence for 15 working days lets the export go on, unless suspicion exists"
    LEAD = "to arrive 15 working days before the export"
    HOURS = "within 24 hours"
    TRANSACTION = "within 30 days after the transaction"


class Remark(StrEnum):
    """Notes of deadlines.csv."""

    LOSS = "Also for an unusual loss."
    EXPLOSIVES = "For explosives precursors alone."
    CONTENT = (
        "Names and addresses of exporter, importer and consignee; substance; quantity; expected"
        " point of entry and date of dispatch; other agreed information."
    )
