"""How the style sheets travel: one file each while developing, one hashed bundle when collected.

There is no build: collecting the static files joins the files of `css/` in the order of their
names. The cascade does not depend on that order, only on the layers that `00-order.css` declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = Path(__file__).parent / "static/ui/css"
BUNDLE = "ui/css/farol.css"


def sheets() -> list[str]:
    return [f"ui/css/{path.name}" for path in sorted(FOLDER.glob("*.css"))]


def style_urls() -> list[str]:
    """The bundle where it was collected, otherwise the single files."""
    is_collected = BUNDLE in getattr(staticfiles_storage, "hashed_files", {})
    return [static(name) for name in ([BUNDLE] if is_collected else sheets())]


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage (hashed names, compressed copies) with the style sheets joined first.

    Addresses are reckoned once: a page names dozens of files, and their names change only with a new start.
    """

    def url(self, name: str | None, force: bool = False) -> str:
        known: dict[str | None, str] = self.__dict__.setdefault("_addresses", {})
        if (address := known.get(name)) is None:
            address = known[name] = super().url(name, force)
        return address

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            joined = "\n".join((FOLDER / Path(name).name).read_text() for name in sheets())
            if self.exists(BUNDLE):
                self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(joined.encode()))
            paths[BUNDLE] = (self, BUNDLE)
        yield from super().post_process(paths, dry_run, **options)
