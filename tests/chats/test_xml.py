"""XML that nobody should read, and the shapes it can take otherwise."""

from __future__ import annotations

import pytest

from lpcontext.chats.model import ChatEvent
from lpcontext.chats.parsing.chat import parse_chat
from lpcontext.chats.parsing.errors import UnreadableChat
from tests.chats.responses import parse_whole, read_events, read_info

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<visitorName>&c;</visitorName>"
)
FORBIDDEN = [
    BOMB,
    '<!DOCTYPE x [<!ENTITY a "secret">]><visitorName>&a;</visitorName>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><visitorName>&a;</visitorName>',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]><visitorName/>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/secret.dtd"><visitorName>x</visitorName>',
    "<!DOCTYPE html><visitorName>x</visitorName>",
]
NO_XML: list[str | bytes] = [
    "",
    " ",
    "secret",
    '{"visitorName": "x"}',
    "<visitorName>secret",
    "<visitorName>secret</visitorname>",
    "<visitorName>&secret;</visitorName>",
    "<a/><b/>",
    "<visitorName>\x00</visitorName>",
    "<visitorName>\ud800</visitorName>",
    b"<visitorName>\xff\xfe</visitorName>",
    b'<?xml version="1.0" encoding="secret"?><visitorName/>',
    b'<?xml version="1.0" encoding="gb18030"?><visitorName/>',
    b"\xff\xfe\x00",
    b"",
]


@pytest.mark.parametrize("document", FORBIDDEN)
def test_a_document_type_or_an_entity_makes_a_response_unreadable(document: str) -> None:
    for body in (document, document.encode(), document.encode("utf-16")):
        with pytest.raises(UnreadableChat, match="document type"):
            parse_chat(body)


@pytest.mark.parametrize("document", NO_XML)
def test_what_is_no_xml_is_unreadable(document: str | bytes) -> None:
    with pytest.raises(UnreadableChat, match="not XML"):
        parse_chat(document)


@pytest.mark.parametrize("document", [*FORBIDDEN, *NO_XML])
def test_what_is_unreadable_is_not_repeated_in_the_error(document: str | bytes) -> None:
    with pytest.raises(UnreadableChat) as caught:
        parse_chat(document)

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ is True


@pytest.mark.parametrize("depth", [21, 1_000, 200_000])
def test_nesting_without_end_is_unreadable(depth: int) -> None:
    with pytest.raises(UnreadableChat, match="nested too deep"):
        parse_chat("<a>" * depth)


def test_an_element_with_an_attribute_and_a_text_is_its_text() -> None:
    body = '<events><event id="1" type="line"><text dir="ltr">hello</text></event></events>'

    assert parse_whole(read_events, body).events == (ChatEvent(kind="line", id=1, text="hello"),)


def test_a_child_wins_over_an_attribute_of_its_name() -> None:
    body = '<events><event id="1" type="line"><id>2</id></event></events>'

    assert parse_whole(read_events, body).events == (ChatEvent(kind="line", id=2),)


def test_namespaces_and_comments_are_passed_over() -> None:
    name = "<n:visitorName><!-- y -->Jo<?z z?></n:visitorName>"
    body = f'<?xml version="1.0"?><!-- x --><n:info xmlns:n="urn:lp">{name}</n:info>'

    assert parse_whole(read_info, body).visitor_name == "Jo"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_bytes_are_read_in_the_encoding_they_declare(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><info><visitorName>José</visitorName></info>'

    assert parse_whole(read_info, body.encode(encoding)).visitor_name == "José"
    assert parse_whole(read_info, body).visitor_name == "José"
