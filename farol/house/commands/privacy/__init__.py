"""Personal data: gather a person's, erase them, or delete what is past its term."""

from __future__ import annotations

import argparse
import sys

from farol.house.command_line import offer


def arguments(parser: argparse.ArgumentParser) -> None:
    offer(parser, sys.modules[__name__])
