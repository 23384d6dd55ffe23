"""Manuscripts drafted from a reviewed library, and drafted again around a person's edits."""

from reviewkit.drafts.draft import Draft, build
from reviewkit.drafts.front import literal
from reviewkit.drafts.groups import Group, by_tag, by_topic, by_words
from reviewkit.drafts.questions import Question, questions
from reviewkit.drafts.redraft import CellChange, memory
from reviewkit.drafts.sections import references
from reviewkit.drafts.survey import Illustration, Survey, topics_as_json, topics_from

__all__ = [
    "CellChange",
    "Draft",
    "Group",
    "Illustration",
    "Question",
    "Survey",
    "build",
    "by_tag",
    "by_topic",
    "by_words",
    "literal",
    "memory",
    "questions",
    "references",
    "topics_as_json",
    "topics_from",
]
