"""Runs every benchmark in a process of its own, for its own peak of memory; 1 when a bar is missed."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Runs bench_*.py in order of name."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    codes = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode for name in names
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
