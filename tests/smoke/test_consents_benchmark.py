"""The benchmark of consents runs, among few customers: no time is asserted."""

import subprocess
from pathlib import Path

RUN = Path(__file__).parents[1] / "benchmarks/consents/run"


def test_it_measures_everything():
    done = subprocess.run(
        [RUN, "--customers", "1000", "--rounds", "10"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    for line in ("answers and history", "one answer: no", ", 0 broken"):
        assert line in done.stdout
