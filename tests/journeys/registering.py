"""What a consultant does at the desk, done from outside for the journeys that begin after it: registering a request."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from portal.core.receipts import Receipt
from portal.project.env import Environment
from portal.project.prepare import ROOT
from tests.site import Site, environment


def register(site: Site, *, service: str = "pagalba_i_namus", language: str = "ru", **variables: str) -> Receipt:
    """A request of Valentina's, taken down by the demonstration's first consultant."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.registering", service, language],
        cwd=ROOT,
        env=environment(site.data_dir, DJANGO_SETTINGS_MODULE="portal.project.settings", **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    return Receipt(**json.loads(done.stdout.strip().splitlines()[-1]))


def _main(service: str, language: str) -> None:
    import django

    django.setup()
    from charter.models import Membership, Role
    from portal.cases.actions import register_request
    from portal.cases.registries.facts import Applicant

    accounts = json.loads((Path(Environment(os.environ)["DATA_DIR"]) / "demo-accounts.json").read_text())
    name = next(row["username"] for row in accounts if row["role"] == "consultant")
    by = Membership.objects.get(user__username=name, role=Role.CONSULTANT).user
    person = Applicant("Valentina", phone="+37061234567", language=language)
    receipt = register_request(service=service, language=language, by=by, person=person, is_demo=True)
    print(json.dumps({"reference": receipt.reference, "secret": receipt.secret}))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
