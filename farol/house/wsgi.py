"""The door for the web server."""

from __future__ import annotations

import gc
import os
from signal import SIG_DFL, SIGKILL, SIGTERM, signal

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from farol.house.leash import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farol.house.settings")
if os.environ.get("FAROL_SUPERVISED"):
    die_with_parent(SIGKILL)  # a server killed with -9 must not leave workers that hold its port
    signal(SIGTERM, SIG_DFL)  # until the server sets its own: a worker that is still loading would not hear it

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # imported now, not while the first visitor waits
gc.freeze()  # what was loaded stays for good: looking through it again and again took a tenth of every page
gc.set_threshold(20_000, 20, 20)
