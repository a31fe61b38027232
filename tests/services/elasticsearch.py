"""Elasticsearch: the same server code as in production, as the minimal distribution that Maven Central carries."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from tests.services.base import LOGS, Service, free_port, give_to

VERSION = "8.19.20"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
GET = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"
USER = "nobody"  # the server refuses to run as root


class Elasticsearch(Service):
    name = "Elasticsearch"
    variable = "ELASTICSEARCH_URL"
    packages = ("maven", "openjdk-17-jre-headless")

    def missing(self) -> str:
        if not _java():
            return "Java 17 is not here"
        return "" if _archive() or shutil.which("mvn") else f"neither Maven nor {_archive_path()} is here"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, folder: Path) -> None:
        home = _unpack(_archive() or _fetch(), folder)
        (home / "config" / "elasticsearch.yml").write_text(
            json.dumps(
                {
                    "cluster.name": "parama-tests",
                    "discovery.type": "single-node",
                    "http.host": "127.0.0.1",
                    "http.port": self.port,
                    "transport.host": "127.0.0.1",
                    "transport.port": free_port(),
                    "path.data": str(folder / "data"),
                    "path.logs": str(folder / "logs"),
                    "xpack.security.enabled": False,
                    "cluster.routing.allocation.disk.threshold_enabled": False,
                }
            )
        )
        give_to(USER, folder)
        env = {
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "ES_JAVA_HOME": _java(),
            "ES_TMPDIR": str(folder / "tmp"),
            "HOME": str(folder),
        }
        self.spawn([str(home / "bin" / "elasticsearch")], user=USER, env=env)

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", "/_cluster/health")
            return line.getresponse().status == 200
        except http.client.HTTPException:
            return False
        finally:
            line.close()


def _java() -> str:
    """The folder of Java 17 (or what ES_JAVA_HOME names); empty when there is none."""
    given = os.environ.get("ES_JAVA_HOME", "")
    homes = [Path(given)] if given else sorted(Path("/usr/lib/jvm").glob("java-17-openjdk-*"))
    return next((str(home) for home in homes if (home / "bin" / "java").exists()), "")


def _archive_path() -> Path:
    folder = Path.home() / ".m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch"
    return folder / VERSION / f"elasticsearch-{VERSION}.zip"


def _archive() -> Path | None:
    return _archive_path() if _archive_path().exists() else None


def _fetch() -> Path:
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "maven.log").open("wb") as log:
        command = ["mvn", "-B", GET, f"-Dartifact={ARTIFACT}", "-Dtransitive=false"]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    return _archive_path()


def _unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    for program in (home / "bin").iterdir():  # a zip in Python forgets what may be run
        program.chmod(0o755)
    for folder_name in ("data", "logs", "tmp"):
        (folder / folder_name).mkdir()
    return home
