"""How the server runs: one process with threads on SQLite, several on PostgreSQL."""

import os

from portal.core.worker import settle

on_sqlite = os.environ.get("PORTAL_DATABASE_URL", "sqlite").startswith("sqlite")
worker_class = "gthread"
workers = int(os.environ.get("PORTAL_WORKERS", "1" if on_sqlite else "2"))
threads = int(os.environ.get("PORTAL_THREADS", "8"))
timeout = 60
graceful_timeout = 25
max_requests = 0 if on_sqlite else 20_000
max_requests_jitter = 2_000
accesslog = None  # the portal writes its own, without addresses that hold ids
errorlog = "-"
loglevel = "warning"
forwarded_allow_ips = os.environ.get("PORTAL_PROXY_ADDRESSES", "127.0.0.1")


def post_worker_init(_worker: object) -> None:
    """Search for garbage less often, once everything is loaded."""
    settle()
