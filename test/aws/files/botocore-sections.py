"""Reads credentials files with botocore: a JSON list of paths on stdin, what it found in each as a
JSON list on stdout. Values are as they stand there, nested blocks are checked."""

import configparser
import json
import sys

from botocore.configloader import raw_config_parse
from botocore.exceptions import ConfigParseError


def read(path):
    try:
        raw_config_parse(path)
        sections = raw_config_parse(path, parse_subsections=False)
    except ConfigParseError:
        return None
    parser = configparser.RawConfigParser()
    parser.read([path])
    return {"sections": sections, "defaults": dict(parser.defaults())}


json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout)
