"""What the machine tells Farol: folders, addresses, secrets. Read once, at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from farol.people.rules.openid import Provider


def _port(text: str, name: str = "FAROL_PORT") -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise SystemExit(f"{name}: {text!r} is not a port. Give a number from 1 to 65535, for example {name}=8001.")


ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("FAROL_HOME", ROOT / "var")).resolve()
BIND = os.environ.get("FAROL_BIND", "127.0.0.1")
PORT = _port(os.environ.get("FAROL_PORT", "8000"))
PLANNING = "-c join_collapse_limit=4 -c plan_cache_mode=force_generic_plan"
"""Planning must not cost more than reading: a ticket is read with nine tables, in the order in which the
statement names them; and every statement here follows an index whatever it is asked, so one plan does for all."""


PREPARE_AFTER = "2"
"""A statement seen more often is planned once; `?prepare_threshold=0` in the URL never does, for an old pgbouncer."""


OPENID_SAYS = {
    "ISSUER": "the provider's address, exactly as it names itself, for example https://id.acme.example",
    "CLIENT": "the name that the provider knows this Farol by",
    "SECRET": "the secret that goes with it",
    "NAME": "what the button calls it",
    "DOMAINS": "for whose addresses its word counts",
}


def database(url: str | None = None) -> dict[str, object]:
    """Django's settings for `DATABASE_URL`, or for the embedded database under `FAROL_HOME`."""
    url = url or os.environ.get("DATABASE_URL", "")
    if not url:
        return _engine(
            HOST=str(socket_folder()), PORT="5432", USER="postgres", NAME="farol", options={"options": PLANNING}
        )
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(
            f"DATABASE_URL: {parts.scheme or url!r} is not postgresql://; Farol runs on PostgreSQL 15 or later."
        )
    query = dict(parse_qsl(parts.query))
    return _engine(
        HOST=query.pop("host", unquote(parts.hostname or "")),
        PORT=str(parts.port or query.pop("port", "")),
        USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""),
        NAME=unquote(parts.path.lstrip("/")),
        options=query,
    )


def direct_url() -> str:
    """The database behind a pool of connections such as pgbouncer, through which nothing can be listened to."""
    return os.environ.get("DATABASE_DIRECT_URL", "")


def live_port() -> int:
    """Where live updates are given out; 0 for nowhere. The supervisor looks for a free port and says it here."""
    text = os.environ.get("FAROL_LIVE_PORT", "0")
    return 0 if text == "0" else _port(text, "FAROL_LIVE_PORT")


PHONE_BIND = os.environ.get("FAROL_PHONE_BIND", "127.0.0.1")


def phone_port() -> int:
    """Where Asterisk asks what to do with a call; 0 for nowhere."""
    text = os.environ.get("FAROL_PHONE_PORT", "4573")
    return 0 if text == "0" else _port(text, "FAROL_PHONE_PORT")


def live_address() -> str:
    """What pages connect to: `FAROL_LIVE_URL` behind a balancer, or else this host's other port; empty for nowhere."""
    if url := os.environ.get("FAROL_LIVE_URL"):
        return url.rstrip("/")
    return f":{live_port()}/ao-vivo" if live_port() else ""


def live_sources(hosts: Sequence[str], *, is_https: bool) -> list[str]:
    """Where pages may connect to beside their own origin. A policy cannot name an IPv6 address."""
    address = live_address()
    if not address.startswith(":"):
        url = urlsplit(address)
        return [f"{url.scheme}://{url.netloc}"] if url.netloc else []
    scheme = "https" if is_https else "http"
    named = (f"*{host}" if host.startswith(".") else host for host in hosts if not host.startswith("["))
    return [f"{scheme}://{host}:{live_port()}" for host in named]


def socket_folder() -> Path:
    """Where the embedded database listens.

    A socket's path may have 107 bytes; under a deep `FAROL_HOME` a short folder stands in.
    """
    folder = HOME / "postgres" / "run"
    if len(os.fsencode(folder)) <= 80:
        return folder
    import hashlib

    name = hashlib.sha256(os.fsencode(HOME)).hexdigest()[:16]
    return Path(os.environ.get("XDG_RUNTIME_DIR", "/tmp")) / f"farol-{name}"


def secret_key() -> str:
    """`FAROL_SECRET_KEY`, or one made on the first start and kept under `FAROL_HOME`."""
    if given := os.environ.get("FAROL_SECRET_KEY"):
        return given
    path = HOME / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)  # the first of two starts wins, the other reads its key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def openid_providers() -> list[Provider]:
    """`FAROL_OPENID=acme,other`, and for each `FAROL_OPENID_ACME_ISSUER`, `_CLIENT`, `_SECRET`, `_NAME`, `_DOMAINS`."""
    ids = os.environ.get("FAROL_OPENID", "").replace(",", " ").split()
    return [_openid_provider(id.lower()) for id in ids]


def _openid_provider(id: str) -> Provider:
    if not id.isascii() or not id.isalnum():
        raise SystemExit(f"FAROL_OPENID: {id!r} is no name. Give letters and digits, for example FAROL_OPENID=acme.")
    said = {name: os.environ.get(f"FAROL_OPENID_{id.upper()}_{name}", "") for name in OPENID_SAYS}
    for name in ("ISSUER", "CLIENT"):
        if not said[name]:
            raise SystemExit(f"FAROL_OPENID_{id.upper()}_{name} is missing: {OPENID_SAYS[name]}.")
    domains = tuple(said["DOMAINS"].lower().replace(",", " ").split())
    return Provider(id, said["NAME"] or id, said["ISSUER"], said["CLIENT"], said["SECRET"], domains)


def _engine(*, options: dict[str, str] | None = None, **keys: str) -> dict[str, object]:
    rest = dict(options or {})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # or every pooled connection fails once after the database restarts
        "OPTIONS": {
            "pool": {"min_size": 2, "max_size": 8, "timeout": 10},
            "server_side_binding": True,
            "prepare_threshold": int(rest.pop("prepare_threshold", PREPARE_AFTER)) or None,
            **rest,
        },
        **keys,
    }
