"""Make the files that the telephone says, where espeak-ng and sox are installed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where Asterisk keeps its sounds, as in /var/lib/asterisk/sounds")
    parser.add_argument("--language", action="append", choices=["pt-br", "en", "es"], help="one of them (default: all)")


def run(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils import timezone

    from farol.phone.doors.sounds import VOICES, NoVoice, Studio
    from farol.phone.queries import book

    studio = Studio(options.folder, settings.PHONE_SOUNDS)
    menus = book(timezone.now()).menus
    for language in options.language or VOICES:
        try:
            made = studio.make(menus, language)
        except NoVoice as absent:
            print(f"farol: {absent} not installed; install them, or record the prompts yourself", file=sys.stderr)
            return 2
        print(f"{language}: {made} files made in {options.folder / VOICES[language][0] / settings.PHONE_SOUNDS}")
    return 0
