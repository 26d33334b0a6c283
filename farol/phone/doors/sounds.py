"""Prompts as files: made by `espeak-ng` and `sox` where they are installed, kept by what they say."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from farol.phone.script.machine import CODE, DOCUMENT, PIN
from farol.phone.script.menus import Menus
from farol.phone.script.prompts import TEXTS, file_of, text_of

VOICES = {"pt-br": ("pt_BR", "pt-br"), "en": ("en", "en-us"), "es": ("es", "es-419")}
SPEED = "150"
PROGRAMS = ("espeak-ng", "sox")
TELEPHONE = ("-r", "8000", "-c", "1", "-b", "16", "-e", "signed-integer")
MELLOW = ("highpass", "200", "lowpass", "3400", "norm", "-6", "pad", "0", "0.2")


class NoVoice(Exception):
    """A program that makes sounds is missing."""


def missing() -> list[str]:
    """The programs that are not installed."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def files(menus: Menus) -> Iterator[tuple[str, ...]]:
    """Every file that a call by these menus may ask for, as the prompts that it is made of."""
    yield from ((name,) for name in TEXTS)
    yield (menus.greeting, menus.menus[menus.first].prompt)
    questions = [menu.prompt for menu in menus.menus.values()]
    yield from (("nao-ouvi", name) for name in (*questions, DOCUMENT, PIN, CODE))
    yield from (("opcao-invalida", name) for name in questions)
    yield ("id.incorreto", DOCUMENT)
    yield from (("codigo-invalido", name) for name in (*questions, CODE))
    for name, before in itertools.product(menus.services, ((), ("pendencia",), ("sem-contrato",), ("id.falhou",))):
        yield (*before, f"rota.{name}", "aviso.gravacao")
        yield (*before, f"fechado.{name}")


@dataclass(frozen=True, slots=True)
class Studio:
    """Makes what is not there yet. `folder` is where Asterisk keeps its sounds."""

    folder: Path
    sounds: str

    def make(self, menus: Menus, language: str) -> int:
        """Every file in this language is there; answers how many were made. Raises NoVoice."""
        if absent := missing():
            raise NoVoice(", ".join(absent))
        place, voice = VOICES[language]
        target = self.folder / place / self.sounds
        parts: dict[str, Path] = {}
        made = 0
        for names in dict.fromkeys(files(menus)):
            for name in names:
                if name not in parts:
                    parts[name] = self._recorded(name, place) or self._spoken(name, language, voice)
            made += self._joined(target / f"{file_of(names)}.wav", [parts[name] for name in names])
        return made

    def _recorded(self, name: str, place: str) -> Path | None:
        """A person's voice, if there is one."""
        path = self.folder / "recorded" / place / f"{file_of([name])}.wav"
        return path if path.exists() else None

    def _spoken(self, name: str, language: str, voice: str) -> Path:
        with translation.override(language):
            text = _(text_of(name))
        kept = self.folder / "cache" / f"{_digest('espeak-ng', voice, SPEED, text)}.wav"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            raw = kept.with_suffix(".raw.wav")
            _run("espeak-ng", "-v", voice, "-s", SPEED, "-w", str(raw), text)
            _run("sox", str(raw), *TELEPHONE, str(kept.with_suffix(".new.wav")), *MELLOW)
            kept.with_suffix(".new.wav").replace(kept)  # nobody hears half a file
            raw.unlink()
        return kept

    def _joined(self, path: Path, parts: Sequence[Path]) -> int:
        """The parts in one file, unless that is what it is already."""
        mark = path.with_suffix(".of")
        wanted = _digest(*(hashlib.sha256(part.read_bytes()).hexdigest() for part in parts))
        if path.exists() and mark.exists() and mark.read_text() == wanted:
            return 0
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.wav")
        _run("sox", *(str(part) for part in parts), *TELEPHONE, str(fresh))
        fresh.replace(path)
        mark.write_text(wanted)
        return 1


def words(language: str, names: Sequence[str] = tuple(TEXTS)) -> Mapping[str, str]:
    """What each prompt says in this language."""
    with translation.override(language):
        return {name: _(text_of(name)) for name in names}


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
