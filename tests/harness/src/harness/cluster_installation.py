"""An installation with three NATS servers that form a cluster."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from embedded.installation import Installation
from embedded.nats_cluster import SERVERS, NatsCluster
from embedded.nats_server import NatsServer


class ClusterInstallation(Installation):
    """As `Installation`, but each message is on three NATS servers."""

    replicas: ClassVar[int] = SERVERS

    def __init__(self, folder: Path) -> None:
        """The servers have folders of their own in `folder`."""
        super().__init__(folder)
        self.cluster = NatsCluster(folder, self.nats.users)

    @property
    def nats_servers(self) -> Mapping[str, NatsServer]:
        """The servers of the cluster, by their names: `nats-1`, `nats-2` and `nats-3`."""
        return self.cluster.servers
