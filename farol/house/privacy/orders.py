"""What the desk ordered for a person's request, done in the background."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from farol.audit.actions.privacy import ORDER, report
from farol.audit.models import Request
from farol.audit.rules.privacy import Wish
from farol.files.actions import keep_original
from farol.house.privacy.erasing import erase
from farol.house.privacy.gathering import archive
from farol.kernel.actor import HOUSE
from farol.kernel.errors import Refusal
from farol.people.models import Person


@app.task(name=ORDER, queue="privacy", lock=ORDER)
def fulfil(request_id: int) -> None:
    """The archive lies with the request, or the person is erased; a refusal is its report. Safe to repeat."""
    request, now = Request.objects.get(pk=request_id), datetime.now(UTC)
    if request.wish == Wish.ERASURE:
        try:
            report(request_id, erase(request.person_id or 0, by=HOUSE, now=now))
        except Refusal as refusal:
            report(request_id, {"refused": refusal.code})
        return
    if request.file_id is None:
        content, counts = archive(Person.objects.get(pk=request.person_id or 0), now=now)
        file = keep_original(f"request:{request_id}", f"dados-{request_id}.zip", content, "application/zip")
        report(request_id, {"lines": counts, "octets": len(content)}, file_id=file.pk)
