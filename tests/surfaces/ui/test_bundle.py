from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from farol.ui import bundle


def test_while_developing_every_sheet_is_linked_by_itself() -> None:
    assert len(bundle.style_urls()) == len(bundle.sheets())


def test_once_collected_one_hashed_sheet_carries_all(tmp_path: Path) -> None:
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "farol.ui.bundle.BundledStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        [url] = bundle.style_urls()
    text = (tmp_path / url.removeprefix(settings.STATIC_URL)).read_text()
    assert text.startswith("@layer reset, tokens")
    assert "../fonts/next-latin." in text
    assert text.count("@layer components") > 25
