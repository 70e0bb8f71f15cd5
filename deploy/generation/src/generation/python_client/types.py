"""The Python types of the schemas of the REST API."""

import keyword
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
REFERENCE = "#/components/schemas/"
BY_FORMAT = {"uuid": "UUID", "date-time": "dt.datetime", "date": "dt.date", "binary": "bytes"}
BY_TYPE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


class Types:
    """The schemas of one description of the API, by the names that their Python classes have."""

    def __init__(self, schemas: Mapping[str, Schema], within: str = "", list_type: str = "list") -> None:
        """`within` precedes the names of classes: `models.`. `list_type` is the name of the type `list` there."""
        self._schemas = schemas
        self._within = within
        self._list_type = list_type
        self._names = _class_names(schemas)

    def classes(self) -> dict[str, Schema]:
        """The schemas that become classes, each after those that it uses."""
        ordered: dict[str, Schema] = {}
        for name in sorted(self._schemas, key=self._names.__getitem__):
            self._add(name, ordered, ())
        return ordered

    def _add(self, name: str, ordered: dict[str, Schema], users: tuple[str, ...]) -> None:
        if name in users:
            raise ValueError(
                f"the schemas {' -> '.join((*users, name))} use each other, which the client cannot express"
            )
        schema = self._schemas[name]
        if self._names[name] in ordered:
            return
        for used in references(schema):
            self._add(used, ordered, (*users, name))
        if self._is_class(name):
            ordered[self._names[name]] = schema

    def _is_class(self, name: str) -> bool:
        schema = self._schemas[name]
        return _item_of_page(schema) is None and schema.get("type") != "integer"

    def of(self, schema: Schema) -> str:
        """The Python type of a schema."""
        if reference := schema.get("$ref"):
            return self._of_class(reference.removeprefix(REFERENCE))
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return " | ".join(dict.fromkeys(self.of(each) for each in choices))
        if values := schema.get("enum") or ([schema["const"]] if "const" in schema else None):
            return f"Literal[{', '.join(map(repr, values))}]"
        if schema.get("type") == "array":
            return f"{self._list_type}[{self.of(schema.get('items', {}))}]"
        if schema.get("type") == "object":
            values = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), {})
            return f"dict[str, {self.of(values) if isinstance(values, dict) else 'Any'}]"
        return BY_FORMAT.get(schema.get("format", "")) or BY_TYPE.get(schema.get("type", ""), "Any")

    def _of_class(self, name: str) -> str:
        schema = self._schemas[name]
        if (item := _item_of_page(schema)) is not None:
            return f"Page[{self.of(item)}]"
        return self._within + self._names[name] if self._is_class(name) else self.of({"enum": schema["enum"]})

    def default(self, schema: Schema, value: Any) -> str:
        """The Python expression of a default value."""
        if value is None or isinstance(value, bool | int | float):
            return repr(value)
        if reference := schema.get("$ref"):
            name = reference.removeprefix(REFERENCE)
            if isinstance(value, str):
                return f"{self._names[name]}.{member(value)}"
            fields = self._schemas[name]["properties"]
            values = (f"{field}={self.default(fields[field], each)}" for field, each in value.items())
            return f"Field(default_factory=lambda: {self._names[name]}({', '.join(values)}))"
        if choices := schema.get("anyOf"):
            return self.default(next(each for each in choices if each.get("type") != "null"), value)
        if isinstance(value, list):
            return f"[{', '.join(self.default(schema.get('items', {}), each) for each in value)}]"
        return repr(value)


def references(schema: Any) -> list[str]:
    """The names of the schemas that a schema uses directly, in order."""
    if isinstance(schema, list):
        return [name for each in schema for name in references(each)]
    if not isinstance(schema, dict):
        return []
    if isinstance(found := schema.get("$ref"), str):
        return [found.removeprefix(REFERENCE)]
    skipped = ("discriminator", "examples", "example", "default")
    return [name for key, each in schema.items() if key not in skipped for name in references(each)]


def member(value: str) -> str:
    """The name of the value of an enumeration: `from_now_on` becomes `FROM_NOW_ON`."""
    return identifier(value).upper()


def identifier(name: str) -> str:
    """A name that Python accepts: `if-none-match` becomes `if_none_match`, and `from` becomes `from_`."""
    found = re.sub(r"\W", "_", name)
    found = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found).lower()
    return f"{found}_" if keyword.iskeyword(found) else found


def _item_of_page(schema: Schema) -> Schema | None:
    if not str(schema.get("title", "")).startswith("Page["):
        return None
    item: Schema = schema["properties"]["items"]["items"]
    return item


def _class_names(schemas: Mapping[str, Schema]) -> dict[str, str]:
    """The class of each schema. Where two share a title and differ, the module of the contract precedes it."""
    with_title = defaultdict(set)
    for name in schemas:
        with_title[_title(name)].add(repr({**schemas[name], "title": ""}))
    return {name: _title(name) if len(with_title[_title(name)]) == 1 else _qualified(name) for name in schemas}


def _title(name: str) -> str:
    return name.rpartition("__")[2].partition("-")[0]


def _qualified(name: str) -> str:
    *_, module, title = ("", *name.partition("-")[0].split("__"))
    return "".join(word.capitalize() for word in module.split("_")) + title
