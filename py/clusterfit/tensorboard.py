"""Event files for TensorBoard: numbers in, files out, without PyTorch."""

import importlib
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import cast

from .errors import FileError
from .extras import need


class EventFile:
    """A new event file in a folder, which TensorBoard shows as a run.

    It is written by the calling thread: what the disk refuses is raised by the call that met it.
    """

    def __init__(self, folder: str) -> None:
        """Make the file, and the folder where it is missing.

        Raises:
            InputError: tensorboardX is not installed.
            FileError: the file cannot be made.
        """
        self._folder = folder
        with _without_torch():
            need("tensorboardX", "tensorboard")
            files = importlib.import_module("tensorboardX.event_file_writer")
        with self._told():
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._writer = files.EventsWriter(str(Path(folder) / "events"))

    def add(
        self, tag: str, steps: Sequence[int], values: Sequence[float], times: Sequence[float]
    ) -> None:
        """Append points to a curve: their steps, values, and times in seconds since 1970.

        Raises:
            FileError: the file cannot be written.
        """
        event = importlib.import_module("tensorboardX.proto.event_pb2").Event
        summary = importlib.import_module("tensorboardX.proto.summary_pb2").Summary
        with self._told():
            for step, value, time in zip(steps, values, times, strict=True):
                point = summary(value=[summary.Value(tag=tag, simple_value=value)])
                self._writer.write_event(event(wall_time=time, step=step, summary=point))
            self._writer.flush()

    def close(self) -> None:
        """Close the file."""
        self._writer.close()

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            raise FileError(
                f"Cannot write event files to {self._folder}: it needs a place that can be "
                f"written, found: {error}. Give another folder with --out, or free some disk space."
            ) from error


@contextmanager
def _without_torch() -> Generator[None]:
    """Hide PyTorch from tensorboardX, which imports it where it is there.

    That takes seconds and 170 MB, beside a run, and serves tensors only.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = cast(ModuleType, None)
    try:
        yield
    finally:
        del sys.modules["torch"]
