"""Runs every benchmark, one after the other, and writes their result files."""

from benchmarks import bench_census, bench_snapshot

if __name__ == "__main__":
    bench_snapshot.main(())
    raise SystemExit(bench_census.main())
