"""Records to JSON and back, strictly: what was written is what is read, or an error."""

import json
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Decode = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, NoneType})


def encode(record: object) -> Any:  # noqa: ANN401 - a JSON value
    """Give a record as JSON values: dataclasses as objects, tuples as arrays, every field.

    Raises
    ------
    TypeError
        If a value is of a type that :func:`decode` could not give back.
    """
    kind = type(record)
    if kind in _PLAIN:
        return record
    if kind is tuple:
        return [encode(value) for value in cast("tuple[object, ...]", record)]
    if isinstance(record, StrEnum):
        return record.value
    if isinstance(record, dict):
        return {str(key): encode(value) for key, value in record.items()}
    if is_dataclass(record) and not isinstance(record, type):
        names = _field_names(cast("Hashable", kind))
        return {name: encode(getattr(record, name)) for name in names}
    raise TypeError(f"cannot write a {type(record).__name__} as JSON")


@lru_cache(maxsize=256)
def _field_names(record_type: Hashable) -> tuple[str, ...]:
    return tuple(each.name for each in fields(cast("Any", record_type)))


def decode(record_type: type[Record], value: object) -> Record:
    """Give back the record that :func:`encode` wrote.

    Raises
    ------
    ValueError
        If a field is missing, unknown or of another type; the message names it.

    Examples
    --------
    >>> from index.records import Region
    >>> decode(Region, encode(Region("浙江省", "330000")))
    Region(name='浙江省', code='330000')
    """
    kind: Any = record_type
    record: Record = _decoder(kind)(value)
    return record


def to_line(value: object) -> str:
    """Write JSON values on one line, keys sorted: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> _Decode:  # noqa: ANN401 - a type or a type expression
    """Make the function that reads values of one type; made once a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is dict:
        return _dict_decoder(arguments[1])
    if isinstance(kind, UnionType):
        return _optional_decoder(arguments)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if issubclass(kind, StrEnum):
        return lambda value: kind(_plain(str, value))
    return lambda value: _plain(kind, value)


def _plain(kind: type, value: object) -> object:
    if type(value) is not kind:
        raise ValueError(f"expected {kind.__name__}, got {value!r:.80}")
    return value


def _tuple_decoder(arguments: tuple[Any, ...]) -> _Decode:
    each = [_decoder(argument) for argument in arguments if argument is not Ellipsis]
    repeated = arguments[-1] is Ellipsis

    def read(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a JSON value
        _plain(list, value)
        decoders = each * len(value) if repeated else each
        if len(decoders) != len(value):
            raise ValueError(f"expected {len(decoders)} values, got {len(value)}")
        return tuple(decoder(item) for decoder, item in zip(decoders, value, strict=True))

    return read


def _dict_decoder(kind: Any) -> _Decode:  # noqa: ANN401 - a type expression
    each = _decoder(kind)

    def read(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON value
        _plain(dict, value)
        return {key: each(item) for key, item in value.items()}

    return read


def _optional_decoder(arguments: tuple[Any, ...]) -> _Decode:
    (kind,) = (argument for argument in arguments if argument is not NoneType)
    each = _decoder(kind)
    return lambda value: None if value is None else each(value)


def _record_decoder(kind: Any) -> _Decode:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    decoders = {each.name: _decoder(hints[each.name]) for each in fields(kind)}

    def read(value: object) -> object:
        if not isinstance(value, dict) or value.keys() != decoders.keys():
            got = sorted(value) if isinstance(value, dict) else value
            raise ValueError(f"expected a {kind.__name__} of {sorted(decoders)}, got {got!r:.200}")
        arguments = {}
        for name, decoder in decoders.items():
            try:
                arguments[name] = decoder(value[name])
            except ValueError as error:
                raise ValueError(f"{kind.__name__}.{name}: {error}") from error
        return kind(**arguments)

    return read
