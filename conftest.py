"""Imports first the packages that are named like their folder.

Pytest's importlib mode names a test module after its path (`sandbox.tests.test_x`) and would otherwise put the bare
folder in `sys.modules` under the package's own name.
"""

import sandbox
import shared

__all__ = ["sandbox", "shared"]
