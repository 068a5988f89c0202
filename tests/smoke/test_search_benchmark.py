"""The benchmark of the search runs, among few customers: no time is asserted."""

import subprocess
from pathlib import Path

RUN = Path(__file__).parents[1] / "benchmarks/search/run"


def test_it_measures_everything():
    done = subprocess.run(
        [RUN, "--customers", "10000", "--rounds", "1", "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    for line in ("core, all queries", "ours, all queries", "scanned code", "card,"):
        assert line in done.stdout
