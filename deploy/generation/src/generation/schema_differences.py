"""Compares JSON Schemas: what one version of Gapless writes and another version cannot read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

_UPPER = ("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum")
_LOWER = ("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum")
_FORMS = ("pattern", "format")
_ANYTHING = {"type", "enum", "const", "anyOf", "oneOf", "$ref", "properties"}
"""A schema without any of these keywords accepts every value."""


@dataclass(frozen=True)
class Documents:
    """The two documents that references are resolved in, and which of them is the older one."""

    writer: Schema
    reader: Schema
    old_writes: bool
    version: str
    """The older version, for the texts."""
    writes_every_field: bool = True
    """Whether a writer sends the fields that have a default. Our services do. Other programs may not."""
    tolerant: bool = False
    """Whether the reader ignores bounds and forms, and knows that values may be added to an enumeration."""


def differences(written: Schema, read: Schema, at: str, documents: Documents) -> list[str]:
    """The values that `written` allows and `read` refuses, and the removed fields, as one line for each place.

    Each line begins with the place, such as `ListBooks.sort`. The comparison is structural and strict: a pattern that
    only looks different is reported.
    """
    return list(dict.fromkeys(_Comparison(documents).compare(written, read, at)))


class _Comparison:
    def __init__(self, documents: Documents) -> None:
        self._of = documents
        self._seen: set[tuple[str, str]] = set()

    def compare(self, written: Schema, read: Schema, at: str) -> Iterator[str]:
        pair = (str(written.get("$ref")), str(read.get("$ref")))
        if "$ref" in written and "$ref" in read:
            if pair in self._seen:
                return
            self._seen.add(pair)
        written, read = _resolved(written, self._of.writer), _resolved(read, self._of.reader)
        if not _ANYTHING & read.keys():
            return
        alternatives = [_resolved(each, self._of.reader) for each in _alternatives(read)]
        for each in _alternatives(written):
            yield from self._against(_resolved(each, self._of.writer), alternatives, at)

    def _against(self, written: Schema, alternatives: list[Schema], at: str) -> Iterator[str]:
        """The problems of one form of the value with the alternative that fits it best."""
        kinds = [each for each in alternatives if _type_fits(written, each)]
        if not kinds:
            yield self._type_problem(written, alternatives, at)
            return
        yield from min((list(self._one(written, each, at)) for each in kinds), key=len)

    def _type_problem(self, written: Schema, alternatives: list[Schema], at: str) -> str:
        kind, others = _type(written), " or ".join(_type(each) for each in alternatives)
        if self._of.old_writes:
            return f"{at}: {kind} is refused now, and version {self._of.version} sends it (now: {others})"
        return f"{at}: may be {kind} now, and version {self._of.version} can only read {others}"

    def _one(self, written: Schema, read: Schema, at: str) -> Iterator[str]:
        yield from self._values(written, read, at)
        if not self._of.tolerant:
            yield from self._bounds(written, read, at)
        yield from self._fields(written, read, at)
        if "items" in read:
            yield from self.compare(written.get("items", {}), read["items"], f"{at}[]")
        old, new = written.get("additionalProperties"), read.get("additionalProperties")
        if isinstance(new, Mapping):
            yield from self.compare(old if isinstance(old, Mapping) else {}, new, f"{at}{{}}")

    def _values(self, written: Schema, read: Schema, at: str) -> Iterator[str]:
        allowed, sent = _values(read), _values(written)
        if allowed is None or (self._of.tolerant and sent is not None):
            return
        if sent is None:
            yield f"{at}: {self._only(f'the values {allowed}')}"
            return
        for value in sent:
            if value not in allowed and self._of.old_writes:
                yield f"{at}: the value {value!r} was removed, and version {self._of.version} sends it"
            elif value not in allowed:
                yield f"{at}: the value {value!r} is new, and version {self._of.version} cannot read it"

    def _bounds(self, written: Schema, read: Schema, at: str) -> Iterator[str]:
        for key in (*_UPPER, *_LOWER, *_FORMS):
            bound, value = read.get(key), written.get(key)
            if bound is None or value == bound:
                continue
            narrower = value is not None and (
                (key in _UPPER and value < bound) or (key in _LOWER and value > bound)
            )  # fmt: skip
            if not narrower:
                yield f"{at}: {self._only(f'{key} {bound}')}, and not {value or 'any'}"

    def _only(self, what: str) -> str:
        if self._of.old_writes:
            return f"accepts only {what} now"
        return f"version {self._of.version} can only read {what}"

    def _fields(self, written: Schema, read: Schema, at: str) -> Iterator[str]:
        sent, known = written.get("properties", {}), read.get("properties", {})
        old, new = (sent, known) if self._of.old_writes else (known, sent)
        for name in old:
            if name not in new:
                yield f"{at}.{name}: the field was removed"
        always = set(sent) if self._of.writes_every_field else set(written.get("required", []))
        for name in read.get("required", []):
            if name not in always and (name in sent or self._of.old_writes):
                yield f"{at}.{name}: the field is required now, and version {self._of.version} may not send it"
        if read.get("additionalProperties") is False and not self._of.old_writes:
            for name in set(sent) - set(known):
                yield f"{at}.{name}: the field is new, and version {self._of.version} refuses unknown fields here"
        for name in known:
            if name in sent:
                yield from self.compare(sent[name], known[name], f"{at}.{name}")


def _resolved(schema: Schema, document: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    if len(schema.get("allOf", [])) == 1:
        return _resolved(schema["allOf"][0], document)
    return schema


def _alternatives(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf") or schema.get("oneOf") or [schema])


def _type(schema: Schema) -> str:
    if "type" in schema:
        return str(schema["type"])
    if values := _values(schema):
        return {str: "string", bool: "boolean", int: "integer", float: "number"}.get(type(values[0]), "null")
    return "object" if "properties" in schema else "anything"


def _values(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _type_fits(written: Schema, read: Schema) -> bool:
    sent, known = _type(written), _type(read)
    return known in ("anything", sent) or (sent, known) == ("integer", "number")
