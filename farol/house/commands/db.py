"""Run the embedded database alone, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import time

from farol.house import environment
from farol.house.embedded.at_hand import embedded_server


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: the folder is `FAROL_HOME`."""


def run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with embedded_server() as server:
        print(f"PostgreSQL: postgresql:///farol?host={environment.socket_folder()}&user=postgres", flush=True)
        try:
            while True:
                time.sleep(0.5)
                if not server.is_alive:
                    server.start()
        except KeyboardInterrupt:
            return 0
