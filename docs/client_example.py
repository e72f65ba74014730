"""File an order with the precursor portal, wait for the signed acknowledgement, keep it.

Needs nothing but Python. Set PORTAL_URL and PORTAL_KEY, then: python client_example.py
"""

import hashlib
import hmac
import json
import os
import sys
import time
import uuid
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ORDER = {
    "event": {
        "happened": "order",
        "happened_on": "2026-03-20",
        "done": "refused",
        "can_stop": "no",
    },
    "substances": [
        {"substance": "108-24-7", "quantity": "60", "unit": "l", "form": "pure"},
    ],
    "grounds": {"grounds": "Would not say what it is for, and wanted to pay in cash."},
    "parties": [
        {"role": "customer", "sort": "organisation", "name": "Example Trading", "country": "NL"},
    ],
    "declaration": {"declared_by": "A. Reporter", "true": True},
}
TRIES = 6


class Refused(Exception):  # noqa: N818
    """The portal says no; `problem` says why, and `errors` in it where."""

    def __init__(self, problem: dict) -> None:
        super().__init__(problem.get("detail", ""))
        self.problem = problem


class Portal:
    """The portal, as far as this program needs it."""

    def __init__(self, url: str, key: str, send=urlopen, sleep=time.sleep) -> None:
        self.url, self.key, self.send, self.sleep = url.rstrip("/"), key, send, sleep

    def file(self, kind: str, body: dict, name: str | None = None) -> dict:
        """File a submission, once: keep `name`, and give it again if you never saw an answer."""
        head = {"Idempotency-Key": name or str(uuid.uuid4())}
        return json.loads(self.call("POST", f"/api/v1/submissions/{kind}", body, head))

    def submission(self, identity: str) -> dict:
        """Read a submission: its state, questions and duties."""
        return json.loads(self.call("GET", f"/api/v1/submissions/{identity}"))

    def acknowledgement(self, identity: str) -> bytes:
        """Fetch the signed paper, waiting until it is made."""
        return self.call("GET", f"/api/v1/submissions/{identity}/acknowledgement.pdf")

    def call(self, method: str, path: str, body: dict | None = None, head: dict | None = None):
        """Send a request; try again when the portal is away, busy, or not ready yet."""
        named = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        for tried in range(TRIES):
            wait = 2.0**tried
            try:
                request = Request(self.url + path, data, named | (head or {}), method=method)
                with self.send(request, timeout=30) as answer:
                    if answer.status != 202:
                        return answer.read()
                    wait = float(answer.headers.get("Retry-After", wait))
            except HTTPError as error:
                if error.code not in {429, 503}:
                    raise Refused(json.loads(error.read())) from None
                wait = float(error.headers.get("Retry-After", wait))
            except URLError:
                pass  # no answer came: the same request again does nothing twice
            self.sleep(wait)
        raise TimeoutError(f"no answer to {method} {path}")


def genuine(secret: str, signature: str, body: bytes, now: float) -> bool:
    """Tell whether a webhook's message is the portal's, and not older than five minutes."""
    parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    text = parts.get("t", "").encode() + b"." + body
    right = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    fresh = parts.get("t", "").isdigit() and abs(now - int(parts["t"])) < 300
    return fresh and hmac.compare_digest(right, parts.get("v1", ""))


def main() -> int:
    """File the order above, and keep its acknowledgement."""
    portal = Portal(os.environ["PORTAL_URL"], os.environ["PORTAL_KEY"])
    try:
        filed = portal.file("suspicious-order", ORDER)
    except Refused as refused:
        print(refused)
        for error in refused.problem.get("errors", []):
            print(f"  {error.get('pointer') or error.get('parameter')}: {error['detail']}")
        return 1
    for one in filed["bulletins"]:  # what the authority has published on such orders
        print(f"Read: {one['title']} ({portal.url}{one['page']})")
    paper = Path(f"{filed['reference']}.pdf")
    paper.write_bytes(portal.acknowledgement(filed["id"]))
    print(f"Filed as {filed['reference']}; the acknowledgement is in {paper}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
