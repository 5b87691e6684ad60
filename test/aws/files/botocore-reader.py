"""Reads AWS files with botocore: a JSON list of {config, credentials} paths on stdin, what it
found in each pair as a JSON list on stdout. Starts no credential_process."""

import functools
import json
import sys

from botocore import configloader
from botocore.credentials import ConfigProvider, ProcessProvider, SharedCredentialProvider
from botocore.exceptions import ConfigParseError, PartialCredentialsError
from botocore.session import Session


class ProcessStarted(Exception):
    pass


def refuse_to_start(command, **_):
    raise ProcessStarted


def read(config, credentials):
    session = Session(include_builtin_handlers=False)
    session.set_config_variable("config_file", config)
    session.set_config_variable("credentials_file", credentials)
    try:
        full = session.full_config
    except ConfigParseError:
        return {"error": True}
    parse_credentials = functools.lru_cache(configloader.raw_config_parse)
    parse_config = functools.lru_cache(configloader.load_config)

    def keys(name):
        process = ProcessProvider(name, lambda: full, popen=refuse_to_start)
        chain = [
            SharedCredentialProvider(credentials, name, parse_credentials).load,
            lambda: load_process(process, full["profiles"][name].get("credential_process")),
            ConfigProvider(config, name, parse_config).load,
        ]
        try:
            return next((describe(found) for load in chain if (found := load())), {"kind": "none"})
        except PartialCredentialsError:
            return {"kind": "incomplete"}

    return {
        "profiles": full["profiles"],
        "keys": {name: keys(name) for name in full["profiles"]},
        "services": full.get("services", {}),
    }


def load_process(provider, command):
    try:
        return provider.load()
    except (ProcessStarted, ValueError, AttributeError):
        # It would start the command, or cannot split it into words.
        return {"kind": "process", "command": command}


def describe(found):
    if isinstance(found, dict):
        return found
    return {
        "kind": "temporary" if found.token else "long-term",
        "accessKeyId": found.access_key,
        "secretAccessKey": found.secret_key,
    }


json.dump([read(pair["config"], pair["credentials"]) for pair in json.load(sys.stdin)], sys.stdout)
