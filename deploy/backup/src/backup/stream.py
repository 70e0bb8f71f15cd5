"""`python -m backup.stream` writes a backup without secrets to standard output. The gateway runs it for each download.

BACKUP_DATABASE_URL is the address of Postgres, with a role that can read all schemas. The exit status is 1 if the
output is not a complete backup; the reason is one line on standard error.
"""

import os
import sys

import psycopg

from backup.manifest import WrongBackup
from backup.write import stream_backup


def main() -> None:
    """Write the backup. Exits with a line for a person if that is impossible."""
    try:
        stream_backup(os.environ["BACKUP_DATABASE_URL"], sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except KeyError:
        sys.exit("BACKUP_DATABASE_URL: missing")
    except (WrongBackup, OSError, psycopg.Error) as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main()
