"""Assembling, starting and stopping one server in a folder of its own."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.neo4j.lines import Line, SetUpError, java_for

POM = Path(__file__).with_name("pom.xml")
FOLDERS = ("conf", "data", "logs", "plugins", "import", "run", "licenses", "bin", "lib")
ADMIN = "org.neo4j.server.startup.Neo4jAdminCommand"
READY = "Started."
# Seconds; a start takes about ten, far more on a busy machine.
PATIENCE = 240


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server listens and how one gets in."""

    port: int
    password: str
    pid: int

    @property
    def url(self) -> str:
        """The address with its password, as `--store` takes it."""
        return f"bolt://neo4j:{self.password}@127.0.0.1:{self.port}"


class Server:
    """A server whose files all lie under `home`; `jars` holds its artifacts, shared by servers of a line."""

    def __init__(
        self, home: Path, jars: Path, line: Line, *, settings: Mapping[str, str] | None = None
    ) -> None:
        self._home = home
        self._jars = jars
        self._line = line
        self._settings = dict(settings or {})
        self._java = java_for(line)
        self._process: subprocess.Popen[bytes] | None = None

    def assemble(self) -> None:
        """Fetches the artifacts once. Raises: SetUpError when Maven is missing or fails."""
        if any(self._jars.glob("neo4j-server-*.jar")):
            return
        maven = shutil.which("mvn")
        if maven is None:
            raise SetUpError("需要 Maven 取得 Neo4j 的发布件（Debian：apt-get install maven）")
        part = self._jars.with_name(self._jars.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={part}"]
        command = [maven, "-q", "-B", "-f", str(POM), f"-Dneo4j.version={self._line.version}", *goal]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            raise SetUpError(f"取得 Neo4j {self._line.version} 的发布件失败：{fetched.stdout[-800:]}")
        part.replace(self._jars)

    def start(self) -> Access:
        """Starts it, or finds it running, and waits until it answers.

        The port and the password are chosen at the first start and kept: they survive a restart.
        """
        running = self.access()
        if running is not None:
            return running
        self.assemble()
        access = self._known() or self._set_up()
        log = (self._home / "console.log").open("ab")
        begun = log.tell()
        command = [*self._command("-Xmx1g"), self._line.main, f"--home-dir={self._home}"]
        command += [f"--config-dir={self._home / 'conf'}", "--console-mode"]
        with log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._process = process
        started = Access(access.port, access.password, process.pid)
        self._keep(started)
        self._wait(process, begun=begun)
        return started

    def stop(self) -> None:
        """Ends it cleanly; does nothing when it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def access(self) -> Access | None:
        """How to reach it; None when it does not run."""
        known = self._known()
        return known if known is not None and self._runs(known.pid) else None

    def admin(self, *arguments: str) -> str:
        """What the administration tool answers; for a stopped server. Raises: SetUpError when it fails."""
        surroundings = {**os.environ, "NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._home / "conf")}
        told = subprocess.run(
            [*self._command(), ADMIN, *arguments],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode != 0:
            raise SetUpError(f"neo4j-admin {arguments[0]} 失败：{told.stderr[-800:]}")
        return told.stdout

    def configure(self, **settings: str) -> None:
        """Writes the configuration with these settings besides; they hold from the next start."""
        known = self._known()
        if known is not None:
            self._configure(known.port, settings)

    def _set_up(self) -> Access:
        for folder in FOLDERS:
            (self._home / folder).mkdir(parents=True, exist_ok=True)
        access = Access(free_port(), secrets.token_urlsafe(18), 0)
        self._configure(access.port, {})
        # A password may not begin like an option of the tool.
        self.admin("dbms", "set-initial-password", "--", access.password)
        self._keep(access)
        return access

    def _configure(self, port: int, more: Mapping[str, str]) -> None:
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            # The pages of the server are not among its published artifacts.
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.heap.initial_size": "512m",
            "server.memory.heap.max_size": "1g",
            "server.memory.pagecache.size": "256m",
            "dbms.usage_report.enabled": "false",
            "dbms.security.auth_enabled": "true",
            **self._settings,
            **more,
        }
        lines = [f"{name}={value}\n" for name, value in settings.items()]
        (self._home / "conf" / "neo4j.conf").write_text("".join(lines), "utf-8")

    def _command(self, *options: str) -> Sequence[str]:
        return [str(self._java), *self._line.java_options(), *options, "-cp", f"{self._jars}/*"]

    def _wait(self, process: "subprocess.Popen[bytes]", *, begun: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            told = (self._home / "console.log").read_bytes()[begun:].decode("utf-8", "replace")
            if READY in told:
                return
            if process.poll() is not None:
                raise SetUpError(f"Neo4j 没有启动：{told[-800:]}")
            time.sleep(0.1)
        process.kill()
        raise SetUpError(f"Neo4j 在 {PATIENCE} 秒内没有就绪，见 {self._home / 'console.log'}")

    def _end(self, how: signal.Signals) -> None:
        known = self.access()
        if known is None:
            return
        os.kill(known.pid, how)
        deadline = time.monotonic() + PATIENCE
        while self._runs(known.pid):
            if time.monotonic() > deadline:
                raise SetUpError(f"Neo4j（进程 {known.pid}）没有结束")
            time.sleep(0.05)
        if self._process is not None:
            self._process.wait()

    def _runs(self, pid: int) -> bool:
        """Whether the process is alive and is this server: a number may have been given to another."""
        if self._process is not None and self._process.pid == pid and self._process.poll() is not None:
            return False
        try:
            return str(self._home).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False

    def _known(self) -> Access | None:
        file = self._home / "access.json"
        return Access(**json.loads(file.read_text("utf-8"))) if file.is_file() else None

    def _keep(self, access: Access) -> None:
        file = self._home / "access.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(access)), "utf-8")


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
