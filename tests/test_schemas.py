"""The schemas and the dataclasses say the same, and the examples hold for both."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reviewkit import records
from reviewkit.schemas import load

ROOT = Path(__file__).resolve().parent.parent
RECORDS = {
    name: value
    for name, value in vars(records).items()
    if is_dataclass(value) and isinstance(value, type)
}
DEFS = load("records")["$defs"]
OBJECTS = {name: schema for name, schema in DEFS.items() if schema.get("type") == "object"}
EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, schema in DEFS.items()
    for number, example in enumerate(schema["examples"])
]
REGISTRY: Registry[Any] = Registry().with_resources(
    (load(name)["$id"], Resource.from_contents(load(name))) for name in ("records", "requests")
)


def validator(file: str, pointer: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"{load(file)['$id']}#{pointer}"}, registry=REGISTRY)


def decode(kind: Any, value: Any) -> Any:
    """The JSON value as `kind` says; a KeyError or TypeError where it does not fit."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: decode(hints[name], item) for name, item in value.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return decode(next(one for one in arguments if one is not type(None)), value)
    if origin is tuple:
        return tuple(decode(arguments[0], item) for item in value)
    if origin is Mapping:
        return {key: decode(arguments[1], item) for key, item in value.items()}
    return value


def test_every_record_has_a_schema_and_every_object_a_record() -> None:
    assert sorted(OBJECTS) == sorted(RECORDS)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_fields_and_their_order_are_equal(name: str) -> None:
    names = [field.name for field in fields(RECORDS[name])]
    assert list(OBJECTS[name]["properties"]) == names
    assert OBJECTS[name]["required"] == names
    assert OBJECTS[name]["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_null_is_allowed_exactly_where_the_dataclass_says(name: str) -> None:
    for field, hint in get_type_hints(RECORDS[name]).items():
        accepts = validator("records", f"/$defs/{name}/properties/{field}").is_valid(None)
        assert accepts == (hint is Any or type(None) in get_args(hint)), field


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_defaults_fit_the_schema(name: str) -> None:
    for field in fields(RECORDS[name]):
        if field.default is not MISSING:
            check = validator("records", f"/$defs/{name}/properties/{field.name}")
            check.validate(records.as_json(field.default))


def test_enumerations_are_equal() -> None:
    assert DEFS["Status"]["enum"] == list(records.STATUSES)
    assert DEFS["Sort"]["enum"] == list(records.SORTS)
    scale = DEFS["Rating"]
    assert (scale["minimum"], scale["maximum"]) == records.RATING_SCALE


@pytest.mark.parametrize("name", sorted(DEFS))
def test_everything_is_described_and_has_an_example(name: str) -> None:
    assert DEFS[name]["description"]
    assert DEFS[name]["examples"]
    for field, schema in DEFS[name].get("properties", {}).items():
        assert "$ref" in schema or schema["description"], field


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example_is_valid_and_survives_the_round_trip(name: str, example: Any) -> None:
    validator("records", f"/$defs/{name}").validate(example)
    if name in RECORDS:
        record = decode(RECORDS[name], example)
        assert records.as_json(record) == example


def test_a_field_too_many_or_too_few_is_refused() -> None:
    link = DEFS["Link"]["examples"][0]
    check = validator("records", "/$defs/Link")
    assert not check.is_valid({**link, "colour": "red"})
    assert not check.is_valid({"url": link["url"]})


def test_every_request_answers_with_a_record() -> None:
    for name, method in load("requests")["methods"].items():
        assert method["result"]["$ref"].removeprefix("records.json#/$defs/") in RECORDS, name
        Draft202012Validator.check_schema(method["params"])
        assert set(method["params"]["required"]) <= set(method["params"]["properties"])


def test_review_request_tells_clearing_from_leaving() -> None:
    check = validator("requests", "/methods/review/params")
    assert check.is_valid({"citekey": "smith2021fast", "rating": None})
    assert check.is_valid({"citekey": "smith2021fast", "rating": 4.5, "status": "read"})
    assert not check.is_valid({"citekey": "smith2021fast", "rating": 6})
    assert not check.is_valid({"citekey": "smith2021fast", "status": "finished"})
    assert not check.is_valid({"rating": 4})


def test_contract_ts_is_what_the_schemas_give() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "contract.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0
