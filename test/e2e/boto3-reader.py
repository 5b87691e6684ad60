"""Reads profile dev-mfa with boto3, each time with a session of its own, argv[2] times at least and until there
is a file argv[1]. Prints as JSON which keys it found, how often, and who it was by them to AWS."""

import json
import os
import sys
from collections import Counter

import boto3

end, least = sys.argv[1], int(sys.argv[2])
between_calls = 100
found = Counter()
arns = set()

while found.total() < least or not os.path.exists(end):
    session = boto3.Session(profile_name="dev-mfa")
    keys = session.get_credentials().get_frozen_credentials()
    found[" ".join(keys[:3])] += 1
    if found.total() % between_calls == 0:
        arns.add(session.client("sts").get_caller_identity()["Arn"])

print(json.dumps({"found": found, "arns": sorted(arns)}))
