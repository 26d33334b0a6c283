"""The API's description as a file: writes `docs/api/openapi.json`; with --check, fails when it changed unnoticed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django

TARGET = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farol.house.settings")
    django.setup()
    from farol.api.door import api

    text = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, sort_keys=True, default=str) + "\n"
    if "--check" not in arguments:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text)
    elif not TARGET.exists() or TARGET.read_text() != text:
        print("The API is not what docs/api/openapi.json says. If that is meant: python -m tests.architecture.contract")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
