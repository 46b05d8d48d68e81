from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from clusterfit.containers import ArrowImages, arrow_images
from clusterfit.errors import FileError, InputError

# as the package datasets stores its feature Image
IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])

ROWS: list[dict[str, Any] | None] = [
    {"bytes": b"first", "path": "a.jpg"},
    {"bytes": b"", "path": None},
    {"bytes": None, "path": "/there/b.png"},
    None,
    {"bytes": b"last picture", "path": None},
]


def write(path: Path, columns: dict[str, Any], batch: int = 100, **options: Any) -> str:
    table = pa.table(columns)
    ipc = pa.ipc.IpcWriteOptions(**options)
    with pa.ipc.new_stream(str(path), table.schema, options=ipc) as stream:
        stream.write_table(table, batch)
    return str(path)


def contents(path: str, found: ArrowImages) -> list[bytes | None]:
    data = Path(path).read_bytes()
    ranges = zip(found["offsets"].tolist(), found["lengths"].tolist(), strict=True)
    return [None if start < 0 else data[start : start + size] for start, size in ranges]


EXPECTED = [b"first", b"", None, None, b"last picture"]


@pytest.mark.parametrize("batch", [1, 2, 100])
@pytest.mark.parametrize("binary", [pa.binary(), pa.large_binary()])
def test_the_range_of_a_picture_holds_its_bytes(tmp_path: Path, batch: int, binary: Any):
    image = pa.struct([("bytes", binary), ("path", pa.string())])
    columns = {"label": pa.array([3, 1, 4, 1, None]), "image": pa.array(ROWS, image)}
    path = write(tmp_path / "a.arrow", columns, batch)
    found = arrow_images(path, "image", "label")
    assert contents(path, found) == EXPECTED
    assert found["paths"] == ["a.jpg", None, "/there/b.png", None, None]
    assert found["labels"] == [3, 1, 4, 1, None]
    assert arrow_images(path, "image", None)["labels"] is None


def test_labels_may_be_text_and_lists(tmp_path: Path):
    cells = [["a", "b"], [], None, ["a"], ["c"]]
    path = write(tmp_path / "a.arrow", {"image": pa.array(ROWS, IMAGE), "tags": cells})
    assert arrow_images(path, "image", "tags")["labels"] == cells


def test_many_pictures_of_random_bytes(tmp_path: Path):
    random = np.random.default_rng(1)
    wanted = [random.bytes(int(size)) for size in random.integers(0, 3000, 500)]
    rows = [{"bytes": content, "path": None} for content in wanted]
    path = write(tmp_path / "a.arrow", {"image": pa.array(rows, IMAGE)}, 7)
    assert contents(path, arrow_images(path, "image", None)) == wanted


def test_no_rows_are_no_pictures(tmp_path: Path):
    path = write(
        tmp_path / "a.arrow", {"image": pa.array([], IMAGE), "label": pa.array([], "int8")}
    )
    found = arrow_images(path, "image", "label")
    assert (len(found["offsets"]), len(found["lengths"]), found["paths"], found["labels"]) == (
        0,
        0,
        [],
        [],
    )


def test_a_missing_column_names_those_that_are_there(tmp_path: Path):
    path = write(tmp_path / "a.arrow", {"picture": pa.array(ROWS, IMAGE), "label": range(5)})
    with pytest.raises(InputError, match="needs a column 'image', found picture, label"):
        arrow_images(path, "image", None)
    with pytest.raises(InputError, match="needs a column 'class', found picture, label"):
        arrow_images(path, "picture", "class")


def test_compressed_batches_are_refused(tmp_path: Path):
    rows = [{"bytes": b"x" * 5000, "path": None}] * 9
    path = write(tmp_path / "a.arrow", {"image": pa.array(rows, IMAGE)}, compression="zstd")
    with pytest.raises(InputError, match="without compression"):
        arrow_images(path, "image", None)


def test_what_is_no_arrow_stream_or_cut_off_is_said(tmp_path: Path):
    path = Path(write(tmp_path / "a.arrow", {"image": pa.array(ROWS * 500, IMAGE)}, 100))
    whole = path.read_bytes()
    for content in [b"", b"no stream at all, but text", whole[: len(whole) // 2]]:
        path.write_bytes(content)
        with pytest.raises(FileError, match=r"needs a whole Arrow stream"):
            arrow_images(str(path), "image", None)
    with pytest.raises(FileError, match=r"gone.arrow"):
        arrow_images(str(tmp_path / "gone.arrow"), "image", None)
