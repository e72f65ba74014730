"""What others wrote and we ship is named, with its licence, and is what it was."""

import csv
import hashlib
from pathlib import Path

VENDOR = Path("portal/static/vendor")


def test_every_vendored_file_is_named_with_its_hash():
    with (VENDOR / "VENDOR.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    shipped = {
        str(file.relative_to(VENDOR))
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "VENDOR.csv" and "licences" not in file.parts
    }
    assert {row["file"] for row in rows} == shipped
    for row in rows:
        assert hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert row["licence"] in {"MIT", "OFL-1.1"}


def test_no_lock_names_an_address():
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-evaluate.lock"):
        assert "://" not in Path(lock).read_text()
