"""Which isolations this machine offers; a test that needs another one is left out, and says so."""

from __future__ import annotations

import pytest
from scramjet_hub.runners.isolation.choice import try_bubblewrap
from scramjet_hub.runners.isolation.landlock import SCOPES_VERSION, version

from tests.support.tools import left_out

LANDLOCK = pytest.mark.skipif(version() < SCOPES_VERSION, reason=left_out("Landlock of Linux 6.12 or later"))
_problem = try_bubblewrap()[1]
BUBBLEWRAP = pytest.mark.skipif(bool(_problem), reason=left_out("bubblewrap", because=_problem))

ISOLATIONS = [pytest.param("landlock", marks=LANDLOCK), pytest.param("bubblewrap", marks=BUBBLEWRAP)]
