"""What the figures of a benchmark were measured on."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def machine() -> dict[str, object]:
    """Processor, cores, memory in GB, system, Python, commit and day of the measurement."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _line(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int((_line(Path("/proc/meminfo"), "MemTotal") or "0").split()[0]) / 2**20, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "commit": _commit(),
    }


def _line(file: Path, name: str) -> str | None:
    if not file.exists():
        return None
    rows = (line.partition(":") for line in file.read_text().splitlines())
    return next((value.strip() for key, _, value in rows if key.strip() == name), None)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
