"""Which lines of the server there are, and which of them this machine's Java can run."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
JVMS = Path("/usr/lib/jvm")


class SetUpError(Exception):
    """The server cannot be assembled or started here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of releases: the version that was tried and what it needs."""

    name: str
    version: str
    java: int
    main: str
    options: tuple[str, ...] = ()

    def java_options(self) -> tuple[str, ...]:
        """What every call of Java gets."""
        return (*(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED), *self.options)


LTS = Line("lts", "5.26.30", 17, "org.neo4j.server.CommunityEntryPoint")
CURRENT = Line(
    "current",
    "2026.08.1",
    21,
    "org.neo4j.server.Neo4jCommunity",
    ("--add-modules=jdk.incubator.vector",),
)
LINES = {line.name: line for line in (LTS, CURRENT)}


def java_for(line: Line) -> Path:
    """A Java that can run the line.

    Raises:
        SetUpError: none is found in JAVA_HOME, on the path or among the system's.
    """
    for candidate in _candidates():
        if _release(candidate) >= line.java:
            return candidate
    raise SetUpError(
        f"Neo4j {line.version} 需要 Java {line.java} 或更新版本"
        f"（Debian：apt-get install openjdk-{line.java}-jre-headless），可用 JAVA_HOME 指定"
    )


def runnable() -> list[Line]:
    """The lines that can run here."""
    found = []
    for line in LINES.values():
        try:
            java_for(line)
        except SetUpError:
            continue
        found.append(line)
    return found


def _candidates() -> list[Path]:
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    on_path = shutil.which("java")
    found = [home / "bin" / "java" for home in homes]
    found += [Path(on_path)] if on_path else []
    found += sorted(JVMS.glob("*/bin/java"))
    return [java for java in found if java.is_file()]


def _release(java: Path) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    match = re.search(r'version "(\d+)', told.stderr)
    return int(match.group(1)) if match else 0
