"""What the Python tool aws-mfa 0.0.12 does with a credentials file, by its manual and by how it behaves.

One request (JSON on stdin), one answer (JSON on stdout): `judge` says whether it would leave a section as
it is, and why not; `write` puts a session into a section as it does.
"""

import configparser
import datetime
import json
import sys

TIME = "%Y-%m-%d %H:%M:%S"
REQUIRED = [
    "assumed_role",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "aws_security_token",
    "expiration",
]


def read(path):
    parser = configparser.RawConfigParser()
    parser.read(path)
    return parser


def judge(path, long_term, short_term, role=None, force=False):
    parser = read(path)
    if long_term == short_term:
        return {"verdict": "same section"}
    for key in ["aws_access_key_id", "aws_secret_access_key"]:
        if not parser.has_option(long_term, key):
            return {"verdict": "no long-term keys"}
    if not parser.has_section(short_term):
        return {"verdict": "missing"}
    absent = [key for key in REQUIRED if not parser.has_option(short_term, key)]
    if absent:
        return {"verdict": "incomplete", "absent": absent}
    if force:
        return {"verdict": "forced"}
    stored = parser.get(short_term, "assumed_role_arn", fallback=None)
    if role and not stored:
        return {"verdict": "role asked, none stored"}
    if role and role != stored:
        return {"verdict": "other role"}
    if stored and not role:
        return {"verdict": "no role asked, one stored"}
    end = datetime.datetime.strptime(parser.get(short_term, "expiration"), TIME)
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    left = (end - now).total_seconds()
    return {"verdict": "valid" if left > 0 else "expired", "left": left}


def write(path, short_term, session, role=None):
    parser = read(path)
    if not parser.has_section(short_term):
        parser.add_section(short_term)
    parser.remove_option(short_term, "assumed_role_arn")
    end = datetime.datetime.fromtimestamp(session["end"], datetime.timezone.utc)
    values = {
        "assumed_role": str(role is not None),
        **({"assumed_role_arn": role} if role else {}),
        "aws_access_key_id": session["accessKeyId"],
        "aws_secret_access_key": session["secretAccessKey"],
        "aws_session_token": session["sessionToken"],
        "aws_security_token": session["sessionToken"],
        "expiration": end.strftime(TIME),
    }
    for key, value in values.items():
        parser.set(short_term, key, value)
    with open(path, "w", encoding="utf-8") as file:
        parser.write(file)
    return {}


def act(judging=None, writing=None):
    try:
        return judge(**judging) if judging else write(**writing)
    except (configparser.Error, ValueError) as error:
        return {"verdict": "traceback", "error": type(error).__name__}


json.dump(act(**json.load(sys.stdin)), sys.stdout)
