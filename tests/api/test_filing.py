"""Filing by machine: the same rules as the pages, once."""

from typing import Any
from uuid import UUID

from portal.submissions.models import Submission

ORDER: dict[str, Any] = {
    "event": {
        "happened": "order",
        "happened_on": "2026-03-20",
        "done": "refused",
        "can_stop": "no",
    },
    "substances": [{"substance": "AA", "quantity": "60", "unit": "l", "form": "pure"}],
    "grounds": {"grounds": "Would not say what it is for."},
    "parties": [{"role": "customer", "sort": "person", "name": "寰宇", "country": "KZ"}],
    "payment": {"payments": ["cash"]},
    "delivery": {"plates": ["VK-902-B", "VK-903-B"]},
    "declaration": {"declared_by": "A. Reporter", "true": True},
}


def test_a_body_becomes_1_submission(session, machine):
    answer = machine.post("/api/v1/submissions/suspicious-order", ORDER)
    assert answer.status_code == 201, answer.text
    said = answer.get_json()
    filed = session.get_one(Submission, UUID(said["id"]))
    assert filed.reference == said["reference"]
    assert answer.location == f"/api/v1/submissions/{filed.id}"
    shown = machine.get(answer.location).get_json()
    assert shown["record"]["plates"] == ["VK-902-B", "VK-903-B"]
    assert shown["state"] == "received"
