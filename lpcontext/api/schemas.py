"""JSON schemas of what is answered, made from the types themselves, so that they cannot differ."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect

from lpcontext.api.documents import camel

Schemas = dict[str, dict[str, Any]]


def build_schemas(*types: type[msgspec.Struct]) -> Schemas:
    """By name, of these and of all they hold. What is absent is left out, so nothing is required."""
    schemas: Schemas = {}
    for each in inspect.multi_type_info(types):
        _describe(each, schemas)
    return schemas


def refer(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _describe(kind: Any, schemas: Schemas) -> dict[str, Any]:
    match kind:
        case inspect.StructType():
            return _describe_struct(kind, schemas)
        case inspect.VarTupleType():
            return {"type": "array", "items": _describe(kind.item_type, schemas)}
        case inspect.TupleType():
            return {"type": "array"}
        case inspect.UnionType():
            known = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
            described = [_describe(each, schemas) for each in known]
            return described[0] if len(described) == 1 else {"anyOf": described}
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.IntType():
            return {"type": "integer"}
        case inspect.FloatType():
            return {"type": "number"}
        case inspect.StrType():
            return {"type": "string"}
        case inspect.LiteralType():
            return {"type": "string", "enum": list(kind.values)}
    raise TypeError(f"no schema for {type(kind).__name__}")


def _describe_struct(kind: inspect.StructType, schemas: Schemas) -> dict[str, Any]:
    name = kind.cls.__name__
    if name not in schemas:
        schemas[name] = {}  # it may hold itself
        properties = {camel(field.name): _describe(field.type, schemas) for field in kind.fields}
        tag = {"of": {"const": kind.tag}} if kind.tag else {}
        schemas[name] = {
            "type": "object",
            "description": (kind.cls.__doc__ or name).strip().partition("\n")[0],
            "properties": tag | properties,
            "additionalProperties": False,
        }
    return refer(name)
