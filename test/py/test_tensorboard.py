import math
import sys
from io import FileIO
from pathlib import Path
from subprocess import run

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from clusterfit.errors import FileError
from clusterfit.tensorboard import EventFile


def read(folder: Path) -> EventAccumulator:
    return EventAccumulator(str(folder), size_guidance={"scalars": 0}).Reload()


def test_tensorboard_reads_every_point_that_was_added(tmp_path: Path):
    folder = tmp_path / "ncf" / "seed-7"
    file = EventFile(str(folder))
    steps = list(range(1, 1001))
    losses = [math.exp(-step / 300) for step in steps]
    times = [1.7e9 + step / 8 for step in steps]
    file.add("training/loss", steps[:400], losses[:400], times[:400])
    first = read(folder).Scalars("training/loss")
    assert [point.step for point in first] == steps[:400]  # before it is closed
    file.add("training/loss", steps[400:], losses[400:], times[400:])
    file.add("test/names", [1000], [35.5], [1.7e9])
    file.close()

    events = read(folder)
    assert events.Tags()["scalars"] == ["training/loss", "test/names"]
    points = events.Scalars("training/loss")
    assert [point.step for point in points] == steps
    assert [point.wall_time for point in points] == times
    assert [point.value for point in points] == pytest.approx(losses, rel=1e-7)  # float32
    assert [(point.step, point.value) for point in events.Scalars("test/names")] == [(1000, 35.5)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match=r"Cannot write event files to .*/file/x: .*\[Errno 20\]"):
        EventFile(str(tmp_path / "file" / "x"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has /dev/full")
def test_a_full_disk_is_told_by_the_call_that_meets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # Unbuffered: what a buffer holds would be written once more when it is closed.
    with Path("/dev/full").open("wb", buffering=0) as disk:

        def full(_path: str) -> FileIO:
            return disk

        monkeypatch.setattr("tensorboardX.record_writer.open_file", full)
        with pytest.raises(FileError, match=r"\[Errno 28\] No space left on device"):
            EventFile(str(tmp_path)).add("training/loss", [1], [0.5], [1.7e9])


def test_nothing_of_pytorch_is_imported(tmp_path: Path):
    code = (
        "import sys; from clusterfit.tensorboard import EventFile; EventFile(sys.argv[1]); "
        "print(sorted({'torch', 'faiss', 'torchvision', 'matplotlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    assert run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
