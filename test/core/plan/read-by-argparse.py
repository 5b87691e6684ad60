"""Reads lists of arguments (JSON on stdin) as the main parser of the AWS CLI does.

Its global options are those of the installed AWS CLI, where there is one, and those given.
"""

import argparse
import importlib.util
import json
import os
import sys


class Refused(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Refused(message)

    def exit(self, status=0, message=None):
        raise Refused("version")


def installed_options():
    found = importlib.util.find_spec("awscli")
    if found is None:
        return {}
    path = os.path.join(os.path.dirname(found.origin), "data", "cli.json")
    with open(path, encoding="utf-8") as file:
        options = json.load(file)["options"]
    return {"--" + name: takes_value(option) for name, option in options.items()}


def takes_value(option):
    return "action" not in option


def parser_of(options):
    parser = Parser(add_help=False, conflict_handler="resolve", prog="aws")
    for name, value in options.items():
        if name == "--version":
            parser.add_argument(name, action="version", version="")
        elif value:
            parser.add_argument(name)
        else:
            parser.add_argument(name, action="store_true")
    parser.add_argument("command")
    return parser


def reading(parser, arguments):
    try:
        parsed, rest = parser.parse_known_args(arguments)
    except Refused as refusal:
        return {"refused": str(refusal)}
    return {
        "profile": parsed.profile,
        "unsigned": parsed.no_sign_request,
        "words": [parsed.command, *rest],
    }


given = json.load(sys.stdin)
installed = installed_options()
parser = parser_of({**installed, **given["options"]})
readings = [reading(parser, arguments) for arguments in given["lists"]]
json.dump({"installed": installed, "readings": readings}, sys.stdout)
