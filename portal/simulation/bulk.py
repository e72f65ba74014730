"""Filling a database quickly for measurements: real submissions, copied under other names.

Some hundred submissions go through the real path; every row that it wrote is then copied, round
after round, with other people, other numbers and other days. What is left out of the copies: jobs
and the audit trail, which is a chain and cannot be copied.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from portal.core.db import transaction
from portal.core.references import new_code, new_reference
from portal.entities.data import EntitySort, Profile
from portal.entities.rules.blocking import keys_of
from portal.simulation import services
from portal.simulation.data import chance
from portal.simulation.renaming import Round
from portal.simulation.world import World

TEMPLATES = 1_000
JITTER = 12 * 3600  # seconds by which a copy is earlier or later than its original
SHARED = re.compile(r"^(legs\.|carrier)")  # paths of whom everybody names: carriers and vessels
Row = list[Any]
Pieces = list[tuple[str, str]]  # text, and the sort of trace that it is, or none
Rows = list[Row]
OWNERS = ("submission_id", "case_id", "id")  # columns that say whose row it is
TABLES = (  # in the order in which they can be written
    *("entity", "entity_key", "submission", "submission_line", "submission_mention"),
    *("triage_case", "finding", "entity_mention", "entity_pair", "entity_decision"),
)
REFERS = {  # whose id a column holds
    "submission": {"id": "submission"},
    "submission_line": {"submission_id": "submission"},
    "submission_mention": {"submission_id": "submission"},
    "triage_case": {"id": "submission"},
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
    known: dict[Any, dict[str, Any]] = field(default_factory=dict)


def fill(seed: int, number: int, now: datetime, templates: int = TEMPLATES) -> int:
    """Bring an empty portal to a number of submissions; return how many there are.

    Raises:
        DomainError: the installation is not for practice.
    """
    services.refuse_real()
    first = min(templates, number)
    for _ in services.filed(seed, first, now):
        pass
    with transaction() as session:
        owners = companies(session, World(seed, number, now))
    engine: Engine = current_app.extensions["portal.engine"]
    with engine.connect() as connection:
        copier = Copier(connection, seed, owners)
    with_indexes_away(engine, lambda connection: copier.copy(connection, number - first))
    return number


def companies(session: Session, world: World) -> list[Owner]:
    """Make the companies that a country of this size has; return them as rows hold them."""
    made = services.suppliers(session, world, domain=f"{uuid4().hex[:8]}.example")
    ids = {account.id for account in made.values()}
    rows = session.connection().exec_driver_sql(
        "SELECT o.id, a.id, o.name FROM account a JOIN organisation o ON o.id = a.organisation_id"
    )
    return [Owner(*row) for row in rows if UUID(str(row[1])) in ids]


class Copier:
    """Copies rows as they stand in the database, with other ids, names and moments."""

    def __init__(self, connection: Connection, seed: int, owners: list[Owner]) -> None:
        self.seed = seed
        self.owners = owners
        self.postgresql = connection.dialect.name == "postgresql"
        self.prefix = uuid4().hex[:16]
        self.last = 0
        self.tables = {name: self.read(connection, name) for name in TABLES}
        self.shared = self.entities_of_all()
        self.pieces = self.text_pieces()
        self.profiles = self.known_profiles()

    def read(self, connection: Connection, name: str) -> Table:
        """Return what a table holds."""
        found = connection.exec_driver_sql(f"SELECT * FROM {name}")  # noqa: S608  a name of ours
        return Table(name, tuple(found.keys()), [tuple(row) for row in found])

    def new_id(self) -> Any:
        """Return an id that follows the one before, so that rows are written one after another."""
        self.last += 1
        made = f"{self.prefix}{self.last:016x}"
        return UUID(made) if self.postgresql else made

    def entities_of_all(self) -> dict[Any, int]:
        """Return the entities that copies share, with how often the originals name them."""
        table = self.tables["entity_mention"]
        entity, path = table.at["entity_id"], table.at["path"]
        own = {row[entity] for row in table.rows if not SHARED.match(row[path])}
        joined = self.tables["entity"]
        own |= {row[joined.at["id"]] for row in joined.rows if row[joined.at["joined_to_id"]]}
        own |= {row[joined.at["joined_to_id"]] for row in joined.rows}
        found: dict[Any, int] = {}
        for row in table.rows:
            if row[entity] not in own:
                found[row[entity]] = found.get(row[entity], 0) + 1
        return found

    def text_pieces(self) -> dict[Any, tuple[Pieces, Pieces]]:
        """Return record and summary of each submission, cut at what is renamed."""
        mentions = self.tables["submission_mention"]
        traces: dict[Any, dict[str, str]] = {}
        for row in mentions.rows:
            told = dict(zip(mentions.columns, row, strict=True))
            if not SHARED.match(told["path"]):
                shown = json.dumps(told["shown"], ensure_ascii=False)[1:-1]
                traces.setdefault(told["submission_id"], {})[shown] = told["sort"]
        table = self.tables["submission"]
        return {
            row[table.at["id"]]: (
                cut(row[table.at["content"]], traces.get(row[table.at["id"]], {})),
                cut(row[table.at["summary"]], traces.get(row[table.at["id"]], {})),
            )
            for row in table.rows
        }

    def known_profiles(self) -> dict[Any, tuple[str, dict[str, Any]]]:
        """Return what is known of each entity that is compared."""
        table = self.tables["entity"]
        found = {}
        for row in table.rows:
            found[row[table.at["id"]]] = (row[table.at["sort"]], loaded(row[table.at["known"]]))
        return found

    def copy(self, connection: Connection, number: int) -> None:
        """Write a number of copies, a round of the originals at a time."""
        originals = [row[0] for row in self.ids()]
        rounds = 0
        done = 0
        while done < number:
            rounds += 1
            some = originals[: number - done]
            self.write(connection, self.round(rounds, some))
            done += len(some)
        self.count(connection, rounds, number)

    def ids(self) -> list[tuple[Any]]:
        """Return the ids of the originals in order of time."""
        table = self.tables["submission"]
        at, key = table.at["received_at"], table.at["id"]
        return [(row[key],) for row in sorted(table.rows, key=lambda row: str(row[at]))]

    def round(self, number: int, some: Sequence[Any]) -> Iterator[tuple[Table, Rows]]:
        """Yield the rows of one round of copies, table by table."""
        names = Round(self.seed, number)
        by = chance(self.seed, "moments", number)
        maps: dict[str, dict[Any, Any]] = {
            "submission": {one: self.new_id() for one in some},
            "entity": {one: one for one in self.shared},
            "pair": {},
        }
        table = self.tables["entity"]
        for row in table.rows:
            maps["entity"].setdefault(row[table.at["id"]], self.new_id())
        pairs = self.tables["entity_pair"]
        maps["pair"] = {row[pairs.at["id"]]: self.new_id() for row in pairs.rows}
        turn = Turn(
            names=names,
            maps=maps,
            owners={one: self.owners[by.randrange(len(self.owners))] for one in some},
            shift={one: timedelta(seconds=by.randint(-JITTER, JITTER)) for one in some},
            references={one: (new_reference("CP"), new_code()) for one in some},
        )
        for name in TABLES:
            if name == "entity_key":
                yield self.tables[name], self.keys(turn)
            else:
                yield (
                    self.tables[name],
                    list(self.copies(self.tables[name], turn)),
                )

    def keys(self, turn: Turn) -> Rows:
        """Return under which keys the entities of a round are found again."""
        rows: Rows = []
        for key, (sort, known) in self.profiles.items():
            if not known or key in self.shared:
                continue
            told = turn.names.profile(known)
            turn.known[key] = told
            for one in keys_of(Profile.from_json(EntitySort(sort), told)):
                rows.append([one, turn.maps["entity"][key]])
        rows.sort(key=lambda row: row[0])
        return rows

    def copies(self, table: Table, turn: Turn) -> Iterator[Row]:
        """Yield the rows of a table as they stand in this round."""
        refers = {table.at[column]: turn.maps[what] for column, what in REFERS[table.name].items()}
        moments = [table.at[column] for column in table.columns if column in MOMENTS]
        fresh = table.at["id"] not in refers
        whose = next(table.at[one] for one in OWNERS if one in table.at)
        change = CHANGES.get(table.name)
        for old in table.rows:
            if table.name == "entity" and old[whose] in self.shared:
                continue
            row = list(old)
            for place, ids in refers.items():
                row[place] = ids.get(old[place])
            if any(row[place] is None and old[place] is not None for place in refers):
                continue  # of a submission that is not in this round
            if fresh:
                row[table.at["id"]] = self.new_id()
            self.shift(row, moments, turn.shift.get(old[whose]))
            if change:
                change(Old(self, table, old, turn), row)
            yield row

    def shift(self, row: Row, moments: Sequence[int], by: timedelta | None) -> None:
        """Make the moments of a row earlier or later."""
        if by is not None:
            for n in moments:
                row[n] = self.moved(row[n], by)

    def moved(self, moment: Any, by: timedelta) -> Any:
        """Return a moment that is earlier or later, as the database writes it."""
        if moment is None:
            return moment
        if isinstance(moment, datetime):
            return moment + by
        return (datetime.fromisoformat(moment) + by).isoformat(" ", "microseconds")

    def write(self, connection: Connection, tables: Iterator[tuple[Table, Rows]]) -> None:
        """Write rows in the quickest way that the database has."""
        cursor = connection.connection.cursor()
        made = {table.name: (table, rows) for table, rows in tables}
        for name in TABLES:
            table, rows = made[name]
            if self.postgresql:
                copy_in(cursor, table, rows)
            else:
                marks = ", ".join("?" * len(table.columns))
                cursor.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", rows)  # noqa: S608
        cursor.close()

    def count(self, connection: Connection, rounds: int, number: int) -> None:
        """Bring the counts to what is stored now."""
        connection.execute(
            text(
                "UPDATE triage_count SET cases = (SELECT count(*) FROM triage_case"
                " WHERE triage_case.status = triage_count.status)"
            )
        )
        for key, times in self.shared.items():
            connection.exec_driver_sql(
                f"UPDATE entity SET mentions = {times * (rounds + 1)} WHERE id = '{key}'"  # noqa: S608
            )


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

    copier: Copier
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
    content, summary = (old.renamed(pieces) for pieces in old.copier.pieces[key])
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
        organisation_name=old.turn.owners[key].name,
        summary=old.renamed(old.copier.pieces[key][1]),
    )


def change_mention(old: Old, row: Row) -> None:
    """Give a trace its other value."""
    if not SHARED.match(old["path"]):
        sort, shown, names = old["sort"], old["shown"], old.turn.names
        old.put(row, shown=names.shown(sort, shown), value=names.key(sort, shown, old["value"]))


def change_finding(old: Old, row: Row) -> None:
    """Let a finding rest on the submissions of its own round."""
    evidence = loaded(old["evidence"])
    ids = old.turn.maps["submission"]
    for one in evidence:
        key = UUID(one["submission"])
        new = ids.get(key if old.copier.postgresql else key.hex)
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


def change_named(old: Old, row: Row) -> None:
    """Give the mention of an entity its other words."""
    old.put(row, organisation_id=old.turn.owners[old["submission_id"]].organisation)
    if not SHARED.match(old["path"]):
        sort = "name" if old["sort"] in WORDED else ""
        old.put(row, shown=old.turn.names.shown(sort, old["shown"]))


def change_pair(old: Old, row: Row) -> None:
    """Keep the lower id of a pair at its left."""
    places = [old.table.at[column] for column in ("left_id", "right_id")]
    low, high = sorted(row[place] for place in places)
    old.put(row, left_id=low, right_id=high)


def loaded(kept: Any) -> Any:
    """Return JSON as values, however the database gave it."""
    return json.loads(kept) if isinstance(kept, str) else json.loads(json.dumps(kept))


WORDED = {"person", "organisation", "address"}
CHANGES: Mapping[str, Callable[[Old, Row], None]] = {
    "submission": change_submission,
    "triage_case": change_case,
    "submission_mention": change_mention,
    "finding": change_finding,
    "entity": change_entity,
    "entity_mention": change_named,
    "entity_pair": change_pair,
}


def copy_in(cursor: Any, table: Table, rows: Rows) -> None:
    """Write rows with COPY, as PostgreSQL takes them fastest."""
    columns = ", ".join(table.columns)
    with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [json.dumps(one) if isinstance(one, dict | list) else one for one in row]
            )


def with_indexes_away(engine: Engine, deed: Callable[[Connection], None]) -> None:
    """Do a deed while the tables have no indexes but their keys, and make them anew."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
                connection.connection.cursor().execute(f"PRAGMA {pragma}")
        made = indexes(connection, sqlite=sqlite)
        for name, _ in made:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        deed(connection)
        for _, words in made:
            connection.exec_driver_sql(words)
        connection.commit()
        if sqlite:
            connection.connection.invalidate()  # its settings are not for others
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def indexes(connection: Connection, *, sqlite: bool) -> list[tuple[str, str]]:
    """Return name and words of every index that is no key."""
    listed = ", ".join(f"'{name}'" for name in TABLES)
    if sqlite:
        query = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({listed})"  # noqa: S608, E501
    else:
        query = f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({listed}) AND indexname LIKE 'ix_%%'"  # noqa: S608, E501
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]
