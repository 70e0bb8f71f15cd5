"""What the parent process of forks imports once: every service and the sandbox.

Importing this module also moves all existing objects out of reach of the garbage collector. Otherwise each fork would
copy the memory that they share, at its first collection.
"""

import gc

import provisioning.services
import sandbox.__main__
import shared.chassis.process
import shared.testing.tiny

__all__ = ["provisioning", "sandbox", "shared"]

gc.freeze()
