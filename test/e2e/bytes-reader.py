"""Reads the file argv[2] until there is a file argv[1]. Prints as JSON what it found in it, and how often."""

import json
import os
import sys
import time
from collections import Counter

end, path = sys.argv[1:]
found = Counter()

while not os.path.exists(end):
    with open(path, "rb") as file:
        found[file.read().decode()] += 1
    time.sleep(0.001)

print(json.dumps({"found": found}))
