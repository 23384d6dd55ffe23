"""Answers as data: JSON and XML of strangers, where any value may be of any type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

#: Media types to ask for.
JSON = "application/json"
ATOM = "application/atom+xml"
CSL = "application/vnd.citationstyles.csl+json"


def read_json(data: bytes) -> dict[str, Any]:
    """The JSON object that the bytes hold; ValueError if they hold anything else."""
    value = json.loads(data)
    if not isinstance(value, dict):
        raise ValueError("JSON, but no object")
    return value


def read_xml(data: bytes) -> Element:
    """The document's root; ValueError if it is none, or declares entities or its type."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise ValueError(f"no whole XML: {error}") from error
    except DefusedXmlException as error:
        raise ValueError(f"XML that declares what no answer needs: {error}") from error
    return root


def text(value: object, *names: str) -> str:
    """The text at the end of a path of names (a number as digits); empty if there is none.

    Of a list the first text is taken.
    """
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), None)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def items(value: object, *names: str) -> Iterator[dict[str, Any]]:
    """The objects in the list at the end of a path of names; one object is a list of one."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
