"""Letters that did not leave: list them, or send them again."""

from __future__ import annotations

import argparse
import json

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    failed = verbs.add_parser("failed", help="the letters that no mail server took; exit 1 if there is one")
    failed.add_argument("--json", action="store_true", help="for programs")
    retry = verbs.add_parser("retry", help="post failed letters again")
    retry.add_argument("ids", nargs="*", type=int, metavar="ID", help="these alone (default: all)")


def run(options: argparse.Namespace) -> int:
    from farol.notify import actions

    if options.verb == "retry":
        print(f"{actions.retry(options.ids)} letters wait to be posted")
        return 0
    return _failed(as_json=options.json)


def _failed(*, as_json: bool) -> int:
    from farol.notify import queries

    letters = list(queries.failed().values("id", "subject", "kind", "address", "attempts", "error"))
    if as_json:
        print(json.dumps(letters, ensure_ascii=False, indent=2))
    else:
        for letter in letters:
            print(
                f"{letter['id']:8} {letter['subject']:16} {letter['kind']:18} {letter['address']:32} {letter['error']}"
            )
    return 1 if letters else 0
