"""A module with every construct that stubs are made of. */ must not end the comment."""

from __future__ import annotations

import abc
import dataclasses
import enum
import functools
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Dict,
    Final,
    Generic,
    List,
    Literal,
    NamedTuple,
    NewType,
    NoReturn,
    Optional,
    Protocol,
    Tuple,
    TypedDict,
    TypeVar,
    Union,
    overload,
)

if TYPE_CHECKING:
    from nowhere import Missing

T = TypeVar("T")
Number = TypeVar("Number", int, str)
Shape = TypeVar("Shape", bound="Base")

Mode = Literal["fast", "slow", 3, True, None]
Pair = Tuple[int, str]
UserId = NewType("UserId", int)
Handler = Callable[[str, "Base"], Optional[int]]

LIMIT: Final = 10
names = ("a", "b", "c", "d", "e")
mixed = ("a", 1)
table = {"a": 1}
tags = {"x", 2, None}
typed: Mapping[str, Sequence[float]] = {}
_hidden = 1


# --- functions


def scalars(a: int, b: float, c: str, d: bool, e: bytes, f: None, g: complex) -> None:
    """One line."""


def defaults(a: int, b: str = "x", *, c: float = 1.0, d: int = None, e: Path = Path()) -> str:
    """First line.

    Indented:
        by four, with a `quote` and */ in it.
    """
    return b


def positional_only(a: int, b: str = "", /, c: bool = False) -> int:
    return a


def variadic(first: str, *rest: int, key: str, **more: float) -> list[int]:
    return list(rest)


def keywords(**more: bool) -> dict[str, bool]:
    return more


def untyped(a, b=1, *args, **kwargs):
    return a


def anything(*args: Any, **kwargs: Any) -> Any:
    return args


def containers(
    a: list[int],
    b: List[str],
    c: tuple[int, ...],
    d: tuple[int, str],
    e: Dict[int, str],
    f: dict[str, list[float]],
    g: set[str],
    h: frozenset[int],
    i: Sequence[Mapping[str, Any]],
    j: Iterable[Set[int]],
    k: list,
    l: tuple,
    m: tuple[()],
) -> dict[str, tuple[int, list[str]]]:
    return {}


def unions(a: int | str | None, b: Union[int, Optional[str]], c: Mode, d: int | Any) -> int | None:
    return None


def either(a: Base | Point | list[int] | None) -> Base | Point | list[int]:
    return a


def callables(
    a: Callable[[int, str], float],
    b: Callable[..., None],
    c: Callable,
    d: Callable[[], Awaitable[int]],
    e: Handler,
) -> Callable[[int], int]:
    return lambda x: x


def classes(a: type[Base], b: Path, c: Pair, d: UserId, e: Point, f: Colour, g: Options) -> Base:
    return Base()


def generic(a: T, b: list[T], c: Number, d: Shape) -> T:
    return a


def unknown_names(a: Missing, b: int) -> Missing | None:
    return None


def annotated(a: Annotated[int, "metres"], b: Literal[Colour.RED]) -> Annotated[str, "text"]:
    return ""


def never() -> NoReturn:
    raise SystemExit


def counter(start: int) -> Iterator[int]:
    yield start


def conversation(start: int) -> Generator[str, int, bool]:
    yield ""
    return True


async def fetch(url: str) -> bytes:
    return b""


async def stream(url: str) -> AsyncIterator[bytes]:
    yield b""


@contextmanager
def opened(path: str) -> Iterator[int]:
    yield 1


@asynccontextmanager
async def connected(host: str) -> AsyncIterator[str]:
    yield host


def logged(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


@logged
def wrapped(a: int) -> str:
    """Keeps what it wraps."""
    return str(a)


@functools.lru_cache
def cached(a: int) -> str:
    return str(a)


@overload
def overloaded(a: int) -> int: ...
@overload
def overloaded(a: str) -> str: ...
def overloaded(a: int | str) -> int | str:
    """The implementation speaks for all."""
    return a


shortened = functools.partial(scalars, 1, g=2)


# --- classes


class Base:
    """A base.

    With more.
    """

    kind: ClassVar[str] = "base"
    size: int
    count = 0

    def __init__(self, size: int = 0) -> None:
        self.size = size

    def grow(self, by: int = 1) -> Base:
        """Grow it."""
        return self

    @property
    def area(self) -> float:
        """Its area."""
        return 0.0

    @property
    def width(self) -> int:
        return 0

    @width.setter
    def width(self, value: int) -> None: ...

    @functools.cached_property
    def heavy(self) -> list[int]:
        """Computed once."""
        return []

    @classmethod
    def make(cls, size: int) -> Base:
        return cls(size)

    @staticmethod
    def parse(text: str) -> Base:
        return Base(len(text))

    def _private(self) -> None: ...


class Derived(Base):
    def grow(self, by: int = 1, again: bool = False) -> Derived:
        return self

    def only_here(self) -> None: ...


class Foreign(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


class Collection(Generic[T]):
    def __call__(self, x: int, *, y: str = "") -> float:
        return 0.0

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __getitem__(self, key: int) -> str:
        return ""


class Opened:
    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *error: object) -> None: ...


class Connected:
    async def __aenter__(self) -> int:
        return 1

    async def __aexit__(self, *error: object) -> None: ...

    async def __aiter__(self) -> AsyncIterator[str]:
        yield ""


class Abstract(abc.ABC):
    @abc.abstractmethod
    def work(self) -> None: ...


class Closable(Protocol):
    def close(self) -> None: ...


class Callback(Protocol):
    def __call__(self, x: int) -> None: ...


def protocols(a: Closable, b: Callback) -> Closable:
    return a


class __Hidden: ...


class _Internal: ...


def internal(a: _Internal) -> _Internal:
    return a


@dataclasses.dataclass
class Point:
    x: float
    y: float = 0.0
    tags: list[str] = dataclasses.field(default_factory=list)
    unit: dataclasses.InitVar[str] = "m"


@dataclasses.dataclass(frozen=True)
class Frozen:
    """Cannot change."""

    point: Point


class Size(NamedTuple):
    width: int
    height: int = 0

    def area(self) -> int:
        """Width times height."""
        return self.width * self.height


class Options(TypedDict):
    """All are needed."""

    name: str
    size: Size
    parent: Options | None


class MoreOptions(Options, total=False):
    colour: Colour
    depth: int


class Colour(enum.Enum):
    """Primary."""

    RED = 1
    GREEN = "g"

    def mix(self, other: Colour) -> Colour:
        return self


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2
