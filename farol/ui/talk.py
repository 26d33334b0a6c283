"""A conversation as HTML, made in Python like the rows of the queue: a long one must not be slow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from farol.files.models import Attachment
from farol.files.rules import Verdict, shown_as
from farol.ui import pieces, words

MESSAGE = (
    '<li class="message{css}"{id}>{avatar}<article class="message-box">'
    "<header><strong>{author}</strong>{tag}{of}{time}</header>"
    '<div class="message-body">{body}</div>{files}</article></li>'
)
EVENT = (
    '<li class="event{css}"{id}><span class="event-glyph">{glyph}</span>'
    '<span>{of}{text} <span class="faint">· {time}</span></span></li>'
)


LINK = '<a class="file" href="{url}">{icon}<span class="name">{name}</span> <span class="size">{size}</span></a>'
HELD = '<span class="file">{icon}<span class="name">{name}</span> <span class="size">{word}</span></span>'
LOOK = '<a class="file file-look" href="{url}/ver" target="_blank" rel="noopener" aria-label="{look}">{icon}</a>'
PICTURE = (
    '<a class="file-picture" href="{url}/ver" target="_blank" rel="noopener">'
    '<img src="{url}/ver" alt="{look}" loading="lazy" decoding="async"></a>'
)


@dataclass(frozen=True, slots=True)
class File:
    """What a link to a file says; `size` in bytes."""

    name: str
    size: int
    url: str
    kind: str = ""  # of its preview
    verdict: str = ""

    @classmethod
    def of(cls, file: Attachment, url: str) -> File:
        return cls(file.name, file.size, url, shown_as(file.content_type), file.verdict)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody; `shown_as` stands for the name where it is the reader's own."""

    id: int
    at: datetime
    author: str
    role: str
    body: SafeString
    files: list[File]
    shown_as: str = ""
    is_internal: bool = False
    is_new: bool = False
    of: int = 0  # the ticket it was said in, when that is another


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, in one sentence."""

    id: int
    at: datetime
    glyph: str
    text: str
    is_new: bool = False
    of: int = 0


Item = Said | Told


def message(
    *,
    at: datetime,
    author: str,
    body: SafeString,
    now: datetime,
    language: str,
    id: str = "",
    shown_as: str = "",
    role: str = "",
    files: Iterable[File] = (),
    is_internal: bool = False,
    is_new: bool = False,
    of: int = 0,
    avatar_size: int = 28,
) -> str:
    """What somebody said, in a box."""
    tag = f'<span class="role">{escaped(role)}</span>' if role else ""
    links = "".join(map(file, files))
    return MESSAGE.format(
        id=f' id="{id}"' if id else "",
        css=(" is-internal" if is_internal else "") + (" is-new" if is_new else ""),
        avatar=_avatar(author, avatar_size, language),
        author=escaped(shown_as or author),
        tag=_internal_tag(language) if is_internal else tag,
        of=_of(of) if of else "",
        time=time(at, now=now, language=language),
        body=body,
        files=f'<div class="files">{links}</div>' if links else "",
    )


def event(
    *,
    at: datetime,
    glyph: str,
    text: str,
    now: datetime,
    language: str,
    id: str = "",
    is_new: bool = False,
    of: int = 0,
) -> str:
    """What happened, in one sentence without a box."""
    return EVENT.format(
        id=f' id="{id}"' if id else "",
        css=" is-new" if is_new else "",
        glyph=pieces.icon(glyph),
        of=_of(of) if of else "",
        text=escaped(text),
        time=time(at, now=now, language=language),
    )


def time(at: datetime, *, now: datetime, language: str) -> str:
    whole = words.when(at, language=language)
    return f'<time datetime="{at.isoformat()}" title="{whole}">{words.stamp(at, now=now, language=language)}</time>'


def file(of: File) -> str:
    """A file to fetch, and to look at where a browser can show it; or that it waits for the scanner."""
    name, size = escaped(of.name), words.size(of.size)
    if of.verdict:
        word = _("em verificação") if of.verdict == Verdict.HELD else _("retido: contém um vírus")
        return HELD.format(icon=pieces.icon("file", "small"), name=name, word=word)
    link = LINK.format(url=of.url, icon=pieces.icon("file", "small"), name=name, size=size)
    if not of.kind:
        return link
    look = _("Ver {name}").format(name=of.name)
    if of.kind == "image":
        return PICTURE.format(url=of.url, look=escaped(look)) + link
    return link + LOOK.format(url=of.url, look=escaped(look), icon=pieces.icon("eye", "small"))


def _of(number: int) -> str:
    """In which other ticket this was said."""
    return f'<span class="from-ticket" title="{_("Do chamado {number}").format(number=number)}">{number}</span> '


@lru_cache(maxsize=1024)
def _avatar(name: str, size: int, language: str) -> SafeString:
    return pieces.avatar(name, size=size)


@lru_cache(maxsize=8)
def _internal_tag(language: str) -> str:
    return f'<span class="internal-tag">{pieces.icon("lock")}{_("Nota interna: o cliente não vê")}</span>'
