"""The OpenAPI 3.1 document: every address, what it takes, what it answers. schemathesis holds us to it."""

from __future__ import annotations

from typing import Any

from lpcontext.api.schemas import build_schemas, refer
from lpcontext.chats import Chat, ChatEvent, Participant, SurveyAnswer
from lpcontext.subjects import State
from lpcontext.visits import Visit

_TEXT = {"type": "string"}
_TIME = {"type": ["string", "null"], "format": "date-time"}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `error` says the same as `detail`; `field` is the one that is wrong.",
    "required": ["type", "title", "status", "detail", "error"],
    "properties": {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "error": _TEXT, "field": _TEXT,
        "visitorId": _TEXT, "requestId": _TEXT,
    },
}  # fmt: skip
_AGENT = {
    "type": ["object", "null"],
    "properties": {
        name: {"type": ["string", "null"], "maxLength": most}
        for name, most in (("id", 200), ("name", 200), ("role", 100))
    },
}
_CRM = {
    "type": ["object", "null"],
    "description": "What your record says of the caller; the panel compares it.",
    "properties": {
        "phone": {"type": ["string", "null"], "maxLength": 60},
        "email": {"type": ["string", "null"], "maxLength": 254},
        "customerId": {"type": ["string", "null"], "maxLength": 100},
        "recordUrl": {"type": ["string", "null"], "maxLength": 500, "pattern": "^https?://[!-~]+$"},
    },
}
_ASKED: dict[str, Any] = {
    "accountId": {"type": "string", "pattern": "^[A-Za-z0-9_]{1,20}$"},
    "agent": _AGENT,
    "origin": {"type": ["string", "null"], "description": "Which of the account's origins will frame the panel."},
    "crm": _CRM,
    "locale": {"type": ["string", "null"], "description": "BCP 47, such as en-GB."},
    "timeZone": {"type": ["string", "null"], "description": "IANA, such as Europe/Berlin."},
}
_ID = {"type": "string", "description": "Opaque; as LivePerson gave it."}
_TICKET = {
    "type": "object",
    "required": ["url", "expiresAt"],
    "properties": {"url": {"type": "string", "format": "uri"}, "expiresAt": {"type": "string", "format": "date-time"}},
}
_HEAD: dict[str, Any] = {
    "accountId": _ID,
    "state": {"enum": [state.value for state in State]},
    "asOf": _TIME,
    "endedAt": _TIME,
    "nextTry": _TIME,
}


def build_openapi(*, version: str, server: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "lpcontext", "version": version, "description": "For CTI and CRM servers; see docs/api.md."},
        "servers": [{"url": server}],
        "security": [{"integrationKey": []}],
        "paths": {
            "/tickets": {"post": _describe_tickets()},
            "/sessions": {"post": _describe_sessions()},
            "/visits/{accountId}/{visitorId}": {"get": _describe_visit()},
            "/chats/{accountId}/{chatId}": {"get": _describe_chat()},
            "/openapi.json": {"get": _describe_openapi()},
        },
        "components": {
            "securitySchemes": {"integrationKey": {"type": "http", "scheme": "bearer", "description": "lpk_…"}},
            "schemas": {
                **build_schemas(Visit, Chat, ChatEvent, SurveyAnswer, Participant),
                "Problem": _PROBLEM,
                "Ticket": _TICKET,
            },
        },
    }


def _describe_tickets() -> dict[str, Any]:
    ids = {"visitorId": _ID, "sessionId": _ID, "chatId": _ID}
    return {
        "operationId": "createTicket",
        "summary": "A one-time address of a panel. LivePerson is asked at once: a ticket warms what it opens.",
        "parameters": [_IDEMPOTENCY],
        "requestBody": _describe_body({**_ASKED, **ids}),
        "responses": _describe_responses({"201": refer("Ticket")}, 400, 403, 409, 413, 422, 503),
    }


def _describe_sessions() -> dict[str, Any]:
    made = {
        "type": "object",
        "required": ["visitorId", "sessionId"],
        "properties": {"visitorId": _ID, "sessionId": _ID},
    }
    return {
        "operationId": "createSession",
        "summary": "A session for a caller whose browsing nobody monitors, and a ticket for it.",
        "parameters": [_IDEMPOTENCY],
        "requestBody": _describe_body({**_ASKED, "visitorId": _ID, "sessionId": _ID}),
        "responses": _describe_responses(
            {"201": {"allOf": [made, refer("Ticket")]}}, 400, 403, 409, 413, 422, 502, 503
        ),
    }


def _describe_visit() -> dict[str, Any]:
    document = {**_HEAD, "visitorId": _ID, "sessionId": _ID, "present": {"type": "boolean"}, "visit": _or_null("Visit")}
    sid = {"name": "sid", "in": "query", "required": True, "schema": _ID}
    return {
        "operationId": "getVisit",
        "summary": "The last that is known of a visit, masked as the account wants it.",
        "parameters": [_in_path("accountId"), _in_path("visitorId"), sid],
        "responses": _describe_responses({"200": _describe_object(document)}, 400, 403, 404, 503),
    }


def _describe_chat() -> dict[str, Any]:
    document = {
        **_HEAD,
        "chatId": _ID,
        "chat": _or_null("Chat"),
        "events": {"type": "array", "items": refer("ChatEvent")},
        "hiddenEvents": {"type": "integer"},
        "answers": {"type": "array", "items": refer("SurveyAnswer")},
        "participant": _or_null("Participant"),
        "visitState": {"enum": [*(state.value for state in State), None]},
        "visitAsOf": _TIME,
        "visit": _or_null("Visit"),
    }
    return {
        "operationId": "getChat",
        "summary": "The last that is known of a chat and the visit behind it, masked as the account wants it.",
        "parameters": [_in_path("accountId"), _in_path("chatId")],
        "responses": _describe_responses({"200": _describe_object(document)}, 400, 403, 404, 503),
    }


def _describe_openapi() -> dict[str, Any]:
    return {
        "operationId": "getOpenApi",
        "summary": "This document.",
        "security": [],
        "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}},
    }


_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same request is answered as the first time.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def _describe_body(properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": ["accountId"], "properties": properties}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _describe_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


def _describe_responses(good: dict[str, Any], *problems: int) -> dict[str, Any]:
    described = {
        status: {"description": "As asked for.", "content": {"application/json": {"schema": schema}}}
        for status, schema in good.items()
    }
    problem = {"application/problem+json": {"schema": refer("Problem")}}
    for status in (*problems, 401, 405, 429):
        described[str(status)] = {"description": "Why not.", "content": problem}
    return described


def _or_null(name: str) -> dict[str, Any]:
    return {"anyOf": [refer(name), {"type": "null"}]}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
