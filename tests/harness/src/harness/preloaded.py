"""What the parent process of forks does once: it imports every service and the sandbox, and builds each service.

A service that is built for the first time completes its models and reads the certificates of the system.

Importing this module also moves all existing objects out of reach of the garbage collector. Otherwise each fork would
copy the memory that they share, at its first collection.
"""

import gc

import provisioning.services
import sandbox.__main__
import shared.chassis.process
import shared.testing.tiny
from shared.chassis.http import trusted_certificates

__all__ = ["provisioning", "sandbox", "shared"]

trusted_certificates()
for part in provisioning.services.PARTS:
    part.table()
gc.freeze()
