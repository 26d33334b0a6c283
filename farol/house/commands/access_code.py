"""Make the access code that a product shows, or read one: segment, line, series, product and check digit."""

from __future__ import annotations

import argparse
import json

from farol.catalog.rules.access_code import AccessCode, WrongCode, generate, parse
from farol.house.embedded.troubles import Trouble


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", help="a code to read, as in 05.0.1.0001-6 or 050100016")
    parser.add_argument("--segment", type=int, help="1 to 99, as the customer's licence has it")
    parser.add_argument("--line", type=int, help="0 to 9, the digit of the product line")
    parser.add_argument("--series", help="one digit, or T")
    parser.add_argument("--product", type=int, help="1 to 9999, the product's number")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    code = _code(options)
    if options.json:
        parts = {"segment": code.segment, "line": code.line, "series": code.series, "product": code.product}
        print(json.dumps({"shown": str(code), "keyed": code.keyed, "grouping": code.grouping, **parts}))
    else:
        print(f"{code}  {code.keyed}")
    return 0


def _code(options: argparse.Namespace) -> AccessCode:
    parts = (options.segment, options.line, options.series, options.product)
    try:
        if options.code and parts == (None,) * 4:
            return parse(options.code)
        if not options.code and None not in parts:
            segment, line, series, product = parts
            return generate(segment=segment, line=line, series=series, product=product)
    except WrongCode as wrong:
        raise Trouble(str(wrong)) from None
    raise Trouble("Give a code to read, or all of --segment, --line, --series and --product.")
