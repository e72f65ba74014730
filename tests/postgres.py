"""A PostgreSQL of our own for the time of a run: no service, no password, nothing left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
SETTINGS = "-c fsync=off -c listen_addresses='' -c synchronous_commit=off -c max_connections=40"


def binary(name: str) -> str:
    """Return the path of a program of PostgreSQL.

    Raises:
        RuntimeError: it is not installed.
    """
    found = next((str(p / name) for p in PLACES if (p / name).exists()), shutil.which(name))
    if found is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql-15")
    return found


def run(*words: str) -> None:
    """Run a program; as the user `postgres` when we are root, who may not run it."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(words, check=True, user=user, capture_output=True, timeout=60, cwd="/")  # noqa: S603


@contextmanager
def cluster(settings: str = "") -> Iterator[str]:
    """Start a cluster, give the address of its database, and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    try:
        run(binary("initdb"), "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8")
        options = f"{SETTINGS} {settings} -c unix_socket_directories={folder}"
        run(binary("pg_ctl"), "-D", str(data), "-w", "-l", f"{folder}/log", "-o", options, "start")
        yield f"postgresql+psycopg://portal@/postgres?host={folder}"
        run(binary("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
