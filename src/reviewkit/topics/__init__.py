"""Topics of papers: suggested from their words, without labels, and edited by people.

`finding` needs scikit-learn and is imported by who asks for new topics.
"""

from reviewkit.topics.topic import OTHER, Topic, Topics

__all__ = ["OTHER", "Topic", "Topics"]
