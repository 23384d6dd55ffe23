"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# In CI the same examples every time: a red run there is a change's fault. At a desk new
# examples each time, which is where new failures are found and become tests.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
