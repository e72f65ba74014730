"""What profiles of partners said before there was a register stands in it afterwards."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import column, insert, text
from sqlalchemy import table as sa_table
from sqlalchemy.pool import StaticPool

from portal.core.db import make_engine

ONE = "1" * 32
AT = "2026-01-02 00:00:00"
FILLED = (  # texts that may not be missing
    *("trade_names", "legal_form", "address", "other_addresses", "registration_number"),
    *("tax_number", "officer_name", "officer_position", "officer_phone", "officer_email"),
    *("eori", "lei", "decision_reason"),
)
ROWS = (
    (
        "organisation",
        dict.fromkeys(FILLED, "")
        | {"id": ONE, "sort": "partner", "standing": "vetted", "version": 1, "reference": "OR-1"}
        | {"name": "Unit", "country": "PK", "activities": "[]", "decided_at": AT},
    ),
    (
        "partner_profile",
        {"id": ONE, "organisation_id": ONE, "network": "PCU of CCP", "countries": '["PK"]'}
        | {"post": "PKKHI", "marking_max": "TLP:AMBER", "categories": '["theft"]'}
        | {"agreement": "Memorandum", "agreement_until": "2027-05-01"},
    ),
    (
        "account",
        {"id": ONE, "email": "a@b.example", "name": "Officer", "role": "partner officer"}
        | {"organisation_id": ONE, "reads_colleagues": 0, "active": 1, "version": 1}
        | {"created_at": AT, "time_zone": "", "language": ""},
    ),
)


def test_post_agreement_and_officers_move_into_the_register(tmp_path):
    config = Config(toml_file="pyproject.toml")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    ours = next(one for one in scripts if (one.doc or "").startswith("keep the register of"))
    engine = make_engine(f"sqlite:///{tmp_path}/moving.db", poolclass=StaticPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(ours.down_revision))
        for name, row in ROWS:
            table = sa_table(name, *map(column, row))
            connection.execute(insert(table).values(**row))
        connection.commit()
        command.upgrade(config, ours.revision)
        post = connection.execute(text("SELECT locode, sort FROM partner_post")).one()
        assert tuple(post) == ("PKKHI", "border point")  # no list of places in this database
        said = "SELECT name, marking_max, categories, accepts_conditions, valid_until"
        agreed = connection.execute(text(f"{said} FROM partner_agreement")).one()
        assert tuple(agreed) == ("Memorandum", "TLP:AMBER", '["theft"]', 0, "2027-05-01")
        officer = connection.execute(text("SELECT account_id, grounds FROM partner_officer")).one()
        assert officer[0] == ONE
        assert "before decisions were kept" in officer[1]
        way = connection.execute(text("SELECT way FROM partner_profile")).scalar()
        assert way == "portal account"
    engine.dispose()
