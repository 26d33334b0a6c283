"""Files that the scanner could not look at when they came: looked at when it is there again."""

from __future__ import annotations

from collections import Counter

from django.conf import settings

from farol.files import actions, queries
from farol.files.scanner import ScannerUnavailable

AT_ONCE = 100


def look_at_held() -> Counter[str]:
    """Each held file is free or infected now; stops as soon as the scanner is away. Safe to repeat."""
    done: Counter[str] = Counter()
    if not settings.SCANNER:
        return done
    for attachment_id in queries.held().values_list("pk", flat=True)[:AT_ONCE]:
        try:
            done[actions.look_again(attachment_id)] += 1
        except ScannerUnavailable:
            break
    return done
