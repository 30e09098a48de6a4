"""A chat as we understand it: frozen types in our own words.

Absent is always None or an empty tuple. Times are epoch milliseconds. Ids are texts, whether LivePerson sent a number
or a text, but an event's id is a number, for events are asked for and sorted by it.
"""

from lpcontext.chats.model.agents import UNLIMITED, Availability, AvailableAgent, Skill
from lpcontext.chats.model.chat import Chat, ChatEvent, ChatResponse, Transcript, Typing
from lpcontext.chats.model.participant import Participant, ParticipantContact
from lpcontext.chats.model.survey import Survey, SurveyAnswer, SurveyEntry, SurveyQuestion

__all__ = [
    "UNLIMITED",
    "Availability",
    "AvailableAgent",
    "Chat",
    "ChatEvent",
    "ChatResponse",
    "Participant",
    "ParticipantContact",
    "Skill",
    "Survey",
    "SurveyAnswer",
    "SurveyEntry",
    "SurveyQuestion",
    "Transcript",
    "Typing",
]
