"""Rows as a database holds them, and what changes in a copy of one."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from portal.simulation.renaming import Round

JITTER = 12 * 3600  # seconds by which a copy is earlier or later than its original
SHARED = re.compile(r"^(legs\.|carrier)")  # paths of whom everybody names: carriers and vessels
Row = list[Any]
Pieces = list[tuple[str, str]]  # text, and the sort of trace that it is, or none
Rows = list[Row]
OWNERS = ("submission_id", "case_id", "id")  # columns that say whose row it is
TABLES = (  # in the order in which they can be written
    *("entity", "entity_key", "submission", "submission_line", "submission_mention"),
    *("triage_case", "triage_mark", "finding", "entity_mention", "entity_pair", "entity_decision"),
)
INDEX_TABLES = ("search_text", "search_index")
WORDED = {"person", "organisation", "address"}  # sorts of entities that have names
REFERS = {  # whose id a column holds
    "submission": {"id": "submission"},
    "submission_line": {"submission_id": "submission"},
    "submission_mention": {"submission_id": "submission"},
    "triage_case": {"id": "submission"},
    "triage_mark": {"case_id": "submission"},
    "finding": {"case_id": "submission"},
    "entity": {"id": "entity", "joined_to_id": "entity"},
    "entity_mention": {"submission_id": "submission", "entity_id": "entity"},
    "entity_pair": {"id": "pair", "left_id": "entity", "right_id": "entity"},
    "entity_decision": {"pair_id": "pair"},
}
MOMENTS = {
    *("received_at", "drafted_at", "stop_until", "raised_at", "first_seen_at"),
    *("last_seen_at", "found_at", "decided_at", "at"),
}


@dataclass(slots=True)
class Table:
    """The rows of one table that are copied."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    at: Mapping[str, int] = field(init=False)  # places of the columns

    def __post_init__(self) -> None:
        self.at = {column: n for n, column in enumerate(self.columns)}


@dataclass(slots=True)
class Owner:
    """A company in whose name copies are filed, as the database writes it."""

    organisation: Any
    author: Any
    name: str


@dataclass(slots=True)
class Turn:
    """What differs in one round of copies."""

    names: Round
    maps: Mapping[str, dict[Any, Any]]
    owners: Mapping[Any, Owner]
    shift: Mapping[Any, timedelta]
    references: Mapping[Any, tuple[str, str]]
    moments: Mapping[Any, Any]  # of receipt
    pieces: Mapping[Any, tuple[Pieces, Pieces]]
    postgresql: bool
    known: dict[Any, dict[str, Any]] = field(default_factory=dict)


class Plan:
    """How the rows of a table of mentions, of which there are most, are copied fastest."""

    def __init__(self, table: Table, last: str) -> None:
        self.at = table.at
        self.last = last
        self.traces: dict[tuple[str, str, str], int] = {}
        self.kept = [self.planned(table, row) for row in table.rows]

    def planned(self, table: Table, row: Sequence[Any]) -> tuple[Row, int]:
        """Return a row with the number of its trace; those that are shared have none."""
        if SHARED.match(row[table.at["path"]]):
            return list(row), -1
        sort = row[table.at["sort"]]
        trace = (
            "name" if sort in WORDED else sort,
            row[table.at["shown"]],
            str(row[table.at[self.last]]),
        )
        return list(row), self.traces.setdefault(trace, len(self.traces))

    def rows(self, turn: Turn, new_id: Callable[[], Any]) -> Rows:
        """Return the rows of a round."""
        names, keyed = turn.names, self.last == "value"
        shown = [names.shown(sort, text) for sort, text, _ in self.traces]
        values = [names.key(*one) for one in self.traces] if keyed else []
        places = [
            self.at[one] for one in ("id", "submission_id", "received_at", "shown", self.last)
        ]
        own, whose, when, words, last = places
        firm = self.at.get("organisation_id")
        ids, moments, entities = turn.maps["submission"], turn.moments, turn.maps["entity"]
        found = []
        for old, trace in self.kept:
            key = old[whose]
            if key not in ids:
                continue
            row = old.copy()
            row[own], row[whose], row[when] = new_id(), ids[key], moments[key]
            if trace >= 0:
                row[words] = shown[trace]
                if keyed:
                    row[last] = values[trace]
            if firm is not None:
                row[firm], row[last] = turn.owners[key].organisation, entities[old[last]]
            found.append(row)
        return found


def cut(content: str, sorts: Mapping[str, str]) -> Pieces:
    """Return a text in pieces: those that are renamed with their sort, the others with none."""
    if not sorts:
        return [(content, "")]
    longest = sorted(sorts, key=len, reverse=True)
    parts = re.split("(" + "|".join(map(re.escape, longest)) + ")", content)
    return [(part, sorts.get(part, "")) for part in parts if part]


@dataclass(frozen=True, slots=True)
class Old:
    """A row that is copied, with what its copy needs."""

    table: Table
    row: Sequence[Any]
    turn: Turn

    def __getitem__(self, column: str) -> Any:
        """Return what the original holds."""
        return self.row[self.table.at[column]]

    def put(self, row: Row, **values: Any) -> None:
        """Write values into the copy."""
        for column, value in values.items():
            row[self.table.at[column]] = value

    def renamed(self, pieces: Sequence[tuple[str, str]]) -> str:
        """Return a text whose names are those of this round."""
        shown = self.turn.names.shown
        return "".join(shown(sort, part) if sort else part for part, sort in pieces)


def change_submission(old: Old, row: Row) -> None:
    """Give a submission its own reference, owner and words."""
    key = old["id"]
    owner = old.turn.owners[key]
    content, summary = (old.renamed(pieces) for pieces in old.turn.pieces[key])
    reference, code = old.turn.references[key]
    old.put(
        row,
        content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        reference=reference,
        check_code=code,
        organisation_id=owner.organisation,
        author_id=owner.author,
        summary=summary,
    )


def change_case(old: Old, row: Row) -> None:
    """Give a case what the queue shows of its submission."""
    key = old["id"]
    old.put(
        row,
        reference=old.turn.references[key][0],
        organisation_id=old.turn.owners[key].organisation,
        organisation_name=old.turn.owners[key].name,
        summary=old.renamed(old.turn.pieces[key][1]),
    )


def change_finding(old: Old, row: Row) -> None:
    """Let a finding rest on the submissions of its own round."""
    evidence = loaded(old["evidence"])
    ids = old.turn.maps["submission"]
    for one in evidence:
        key = UUID(one["submission"])
        new = ids.get(key if old.turn.postgresql else key.hex)
        one["submission"] = str(UUID(str(new))) if new else one["submission"]
    old.put(row, evidence=json.dumps(evidence, ensure_ascii=False))


def change_entity(old: Old, row: Row) -> None:
    """Give an entity its other name, value and facts."""
    name, value, names = old["name"], old["value"], old.turn.names
    told = old.turn.known.get(old["id"], {})
    old.put(
        row,
        name=names.words(name) if value is None else names.plain(name),
        value=None if value is None else names.plain(value),
        known=json.dumps(told, ensure_ascii=False),
    )


def change_pair(old: Old, row: Row) -> None:
    """Keep the lower id of a pair at its left."""
    places = [old.table.at[column] for column in ("left_id", "right_id")]
    low, high = sorted(row[place] for place in places)
    old.put(row, left_id=low, right_id=high)


def loaded(kept: Any) -> Any:
    """Return JSON as values, however the database gave it."""
    return json.loads(kept) if isinstance(kept, str) else json.loads(json.dumps(kept))


CHANGES: Mapping[str, Callable[[Old, Row], None]] = {
    "submission": change_submission,
    "triage_case": change_case,
    "finding": change_finding,
    "entity": change_entity,
    "entity_pair": change_pair,
}
