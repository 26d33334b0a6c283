"""Load a catalogue that comes along: what the vendor makes, its areas, hours and plans."""

from __future__ import annotations

import argparse
import json

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    seed = verbs.add_parser("seed", help="load a catalogue; safe to repeat")
    seed.add_argument("name", nargs="?", default="horizonte", help="horizonte (default) or totvs")
    seed.add_argument("--json", action="store_true", help="say what is there as JSON")


def run(options: argparse.Namespace) -> int:
    from farol.catalog import queries as catalog
    from farol.house.seeding.catalogue import furnish
    from farol.people import queries as people

    furnish(options.name)
    lines = list(catalog.lines())
    products = [product for line in lines for product in line.products.all()]
    said = {
        "vendor": catalog.vendor().name,
        "lines": len(lines),
        "products": len(products),
        "areas": people.areas().count(),
    }
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print("{vendor}: {lines} lines, {products} products, {areas} areas".format(**said))
    return 0
