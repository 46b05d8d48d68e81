"""What Python 3.11 and 3.12 brought."""

from typing import LiteralString, Never, NotRequired, Required, Self, TypedDict

type Json = dict[str, Json] | list[Json] | str | None
type Pair[T] = tuple[T, T]


class Box[T]:
    def __init__(self, value: T) -> None: ...

    def get(self) -> T: ...

    def same(self) -> Self: ...

    @classmethod
    def make(cls) -> Self: ...


class Options(TypedDict, total=False):
    a: Required[int]
    b: str


class MoreOptions(Options):
    c: NotRequired[float]


def first[T: (int, str)](xs: list[T], json: Json, pair: Pair[int]) -> T: ...


def stop(why: LiteralString) -> Never: ...
