"""Whatever is typed into a chat is text, or formatting we spelled ourselves; long talk is cut and says so."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from lpcontext.chats import ChatEvent, Participant, Transcript
from lpcontext.emulator.chats.stories import hostile
from lpcontext.panel.rows.chat_entries import MOST_CHARACTERS
from lpcontext.panel.rows.chat_html import format_html_line, format_plain_line
from lpcontext.snapshots import ChatSnapshot
from lpcontext.subjects import State
from tests.panel.chats import CHAT, chat_of, look, rows_of, said, system
from tests.panel.render_helpers import markup_of, read

HOSTILE = """<img src=x onerror="alert(1)">'&"""
OURS = {"a", "b", "bdi", "button", "details", "div", "dd", "dl", "dt", "h2", "header", "li", "ol", "p", "section"}
OURS |= {"small", "span", "summary", "svg", "time", "use"}
OURS_INLINE = {"a", "b", "bdi", "em", "i", "strong", "u"}


def html_line(text: str, number: int = 1) -> ChatEvent:
    return said(number, text, text_type="html", source="agent", by="Natalie")


def words_of(body: str) -> str:
    """The markup inside the only bubble."""
    (words,) = re.findall(r'<p class="words">(.*?)</p>', body, re.DOTALL)
    return str(words)


def test_markup_typed_by_anybody_is_shown_as_text() -> None:
    chat = replace(CHAT, agent_name=HOSTILE, visitor_name=HOSTILE, skill_name=HOSTILE, language=HOSTILE, state=HOSTILE)
    body = look(
        chat_of(
            said(1, HOSTILE, by=HOSTILE),
            system(2, 3, HOSTILE),
            ChatEvent(kind=HOSTILE, id=3, fields=((HOSTILE, HOSTILE),)),
            chat=chat,
            participant=Participant(authenticated=True, name=HOSTILE, customer_id=HOSTILE),
            unmonitored=True,
        )
    )

    assert "<img" not in body
    assert "&amp;lt;" not in body, "escaped twice"
    assert set(re.findall(r"<([a-z0-9]+)", markup_of(body, "chat"))) <= OURS


@pytest.mark.parametrize("text", hostile.HTML)
@pytest.mark.parametrize("masked", [True, False])
def test_of_an_html_line_only_plain_formatting_is_left(text: str, masked: bool) -> None:
    words = words_of(look(chat_of(html_line(text)), masked=masked))

    assert set(re.findall(r"<([^\s>/]+)", words)) <= OURS_INLINE
    assert set(re.findall(r"\s([a-z-]+)=", re.sub(r">[^<]*<", "><", words))) <= {"href", "target", "rel"}
    assert not re.search(r'href="(?!https?://)', words)
    for tag in OURS_INLINE:
        assert len(re.findall(rf"<{tag}[ >]", words)) == words.count(f"</{tag}>")


def test_an_html_line_keeps_its_emphasis_and_its_breaks() -> None:
    html = format_html_line("<div>Dear <b>Maren</b>,</div><p>one<br>two &amp; <i>three</i></p><script>four</script>")

    assert html == (
        "<bdi>Dear </bdi><b><bdi>Maren</bdi></b><bdi>,</bdi>\n<bdi>one</bdi>\n"
        "<bdi>two &amp; </bdi><i><bdi>three</bdi></i>"
    )


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ('<a href="https://shop.example/returns">Returns</a>', "Returns (shop.example)"),
        ('<a href="https://evil.example/">https://bank.example/</a>', "https://bank.example/ (evil.example)"),
        ('<a href="https://shop.example/">shop.example</a>', "shop.example"),
        ('<a href="https://shop.example/"><img src=x></a>', "shop.example"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ("<a>nowhere</a>", "nowhere"),
    ],
)
def test_a_link_says_where_it_leads(link: str, plain: str) -> None:
    assert format_plain_line(link) == plain
    assert re.sub(r"<[^>]*>", "", format_html_line(link)) == plain


@pytest.mark.parametrize(
    "href", ["https://user:secret@shop.example/", "//shop.example/", "https://shop.example\\@evil/"]
)
def test_an_unsafe_link_can_not_be_followed(href: str) -> None:
    assert "href" not in format_html_line(f'<a href="{href}">click</a>')


def test_a_safe_link_tells_the_other_site_nothing() -> None:
    assert format_html_line('<a href="https://shop.example/a?b=1&amp;c=2" onclick="x()">See</a>').startswith(
        '<a href="https://shop.example/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"><bdi>See</bdi></a>'
    )


def test_an_html_line_without_words_says_that_there_is_nothing_to_show() -> None:
    assert rows_of(look(chat_of(html_line("<img src=x>"))))[0].endswith("Something that cannot be shown here")


def test_plain_lines_keep_their_breaks() -> None:
    assert words_of(look(chat_of(said(1, "one\ntwo")))) == "<bdi>one\ntwo</bdi>"


def test_text_that_turns_direction_is_fenced_in() -> None:
    turning = "\u202eevil\u2066 text"
    body = look(chat_of(said(1, turning, by=turning), system(2, None, turning)))

    assert body.count(f"<bdi>{turning}</bdi>") == 3
    assert f"<bdi>{turning}</bdi>" in format_html_line(turning)


def test_a_masked_viewer_reads_no_address_and_no_long_number_in_any_line() -> None:
    events = (
        said(1, "mail maren@post.example or 0541 234 5678", by="maren@post.example"),
        html_line("card <b>4111</b> <i>1111</i>1111 1234, see <a href='mailto:x'>maren@post.example</a>", 2),
        system(3, 3, "You chat with maren@post.example"),
        ChatEvent(kind="url", id=4, fields=(("url", "https://x.example/?p=05412345678"),)),
    )
    shown = chat_of(*events, chat=replace(CHAT, visitor_name="maren@post.example", visitor_typing="typing"))
    masked, opened = read(look(shown), "chat"), read(look(shown, masked=False), "chat")

    assert "maren@" not in masked
    assert "m•••••@post.example" in masked
    assert "234 5678" not in masked
    assert "5678" in masked
    assert "4111" not in masked
    assert "05412345678" not in masked
    assert "maren@post.example" in opened
    assert "0541 234 5678" in opened
    assert "<b>" not in words_of(look(chat_of(events[1])))


def test_what_is_remembered_for_one_viewer_is_not_shown_to_another() -> None:
    shown = chat_of(said(1, "maren@post.example"))

    assert "maren@" in look(shown, masked=False)
    assert "maren@" not in look(shown)
    assert "maren@" in look(shown, masked=False)


def test_older_lines_that_are_not_kept_are_counted() -> None:
    shown = ChatSnapshot(state=State.LIVE, chat=CHAT, transcript=Transcript(events=(said(9),), hidden=9_502))

    assert "9,502 earlier entries not shown" in read(look(shown), "chat")


def test_a_line_that_was_cut_says_how_much_is_missing() -> None:
    assert "97,400 more characters not shown" in rows_of(look(chat_of(said(1, "word", hidden_characters=97_400))))[0]


def test_a_transcript_of_nothing_but_long_lines_stays_a_page() -> None:
    body = look(chat_of(*(said(number, "&" * 5_000) for number in range(500))))
    drawn = len(rows_of(body))

    assert drawn == MOST_CHARACTERS // 5_000
    assert f"{500 - drawn} earlier entries not shown" in body
    assert 'id="line-499"' in body


def test_the_newest_line_is_always_there() -> None:
    assert rows_of(look(chat_of(said(1), said(2, "x" * (MOST_CHARACTERS + 1)))))[0].startswith("Maren")


@pytest.mark.parametrize("text", ["<b>" * 1_666, "<b><p>" * 800, "<a href=x><p>" * 384, "<table>" * 700, "<" * 5_000])
def test_knotted_html_is_read_all_the_same(text: str) -> None:
    assert set(re.findall(r"<([a-z]+)", format_html_line(text))) <= OURS_INLINE
