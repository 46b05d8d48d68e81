"""Batches read while the network trains on earlier ones."""

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from .batch import Batch
from .view import View

DEPTH = 2
"""Batches that are read, or about to be, beside the one that is used."""


def read_ahead(batches: Iterable[Batch], views: Sequence[View]) -> Generator[Batch]:
    """Yield the batches in their order; a thread reads the next ones through each of the views.

    One thread does: a source makes the images of a batch in threads of its own. What is read does
    not depend on when. Closing the iterator ends the thread, after what it is reading.
    """
    if not views:
        yield from batches
        return
    pool = ThreadPoolExecutor(1, "reader")
    coming: deque[Batch] = deque()
    try:
        for batch in batches:
            batch.read(pool, views)
            coming.append(batch)
            if len(coming) > DEPTH:
                yield coming.popleft()
        while coming:
            yield coming.popleft()
    finally:
        pool.shutdown(cancel_futures=True)
