"""The answers that sightings and information requests share."""

from dataclasses import dataclass, replace

from portal.submissions.data import Facts, PartyRole, SubmissionData, told


@dataclass(frozen=True, slots=True, kw_only=True)
class TracesData(SubmissionData):
    """Containers, vehicles, vessels and papers that a partner names."""

    containers: tuple[str, ...] = told("Containers", (), mention="container")
    seals: tuple[str, ...] = told("Seals", (), mention="seal")
    plates: tuple[str, ...] = told("Vehicle plates", (), mention="plate")
    vessel: str | None = told("Vessel or flight", None, mention="vessel")
    imo: str | None = told("IMO number", None, mention="vessel")
    waybills: tuple[str, ...] = told("Bills of lading or waybills", (), mention="waybill")
    papers: tuple[str, ...] = told("Numbers on other papers", (), mention="authorisation")
    goods_words: str | None = told("Goods in words", None)

    def facts(self) -> Facts:
        """Add the traces; goods that a partner names are no order of anybody's."""
        return replace(
            SubmissionData.facts(self),
            lines=(),
            declared=self.lines,
            containers=self.containers,
            seals=self.seals,
            plates=self.plates,
            waybills=self.waybills,
        )

    def has_trace(self) -> bool:
        """Tell whether anybody or anything is named."""
        named = (self.containers, self.seals, self.plates, self.waybills, self.papers)
        alone = (self.vessel, self.imo, self.goods_words)
        return any(named) or any(alone) or bool(self.parties or self.lines)

    def first_trace(self) -> str:
        """Return who or what is named first: no word that would need a language."""
        names = [party.name for party in self.parties]
        goods = [line.name for line in self.lines]
        found = (*names, *self.containers, *self.plates, *self.papers, *self.waybills, *goods)
        return next(iter(found), self.vessel or self.imo or self.goods_words or "")


ROLES = (
    PartyRole.PERSON_KNOWN,
    PartyRole.EXPORTER,
    PartyRole.IMPORTER,
    PartyRole.CONSIGNEE,
    PartyRole.ULTIMATE_CONSIGNEE,
    PartyRole.CARRIER,
    PartyRole.FORWARDER,
    PartyRole.BROKER,
    PartyRole.PAYER,
    PartyRole.CONTACT,
    PartyRole.WITNESS,
)
