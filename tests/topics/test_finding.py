"""topics: suggested from words."""

import random

import pytest

from reviewkit.errors import ValueRefusedError
from reviewkit.records import Paper
from reviewkit.topics import Topics
from reviewkit.topics.finding import find
from reviewkit.topics.placing import placed

FIELDS = {
    "depth": "monocular depth camera stereo disparity lidar KITTI metric scene",
    "experts": "expert routing MoE gating token dispatch mixture load balancing",
    "diffusion": "diffusion denoising video image sampler guidance latent noise generation",
}


def papers(each: int = 12, seed: int = 1) -> list[Paper]:
    chance = random.Random(seed)
    found = []
    for field, words in FIELDS.items():
        for number in range(each):
            said = " ".join(chance.sample(words.split(), 5))
            text = f"We propose a novel method with better performance: {said}. Results improve."
            found.append(Paper(f"{field}{number}", f"p{field}{number}", "article", said,
                               abstract=text, abstract_display=text))  # fmt: skip
    return found


def test_papers_that_share_words_share_a_topic() -> None:
    topics = find(papers(), 3)
    assert len(topics) == 3
    for topic in topics.topics:
        assert len({key.rstrip("0123456789") for key in topic.papers}) == 1
    words = {word for topic in topics.topics for word in topic.label.replace(",", "").split()}
    every = set(" ".join(FIELDS.values()).split())
    assert words <= every, "no word that all papers have, and each as it is written"


def test_the_number_is_suggested_and_equal_papers_give_equal_topics() -> None:
    first = find(papers())
    assert 2 <= len(first) <= 8
    assert find(papers()) == first
    assert sum(len(topic.papers) for topic in first.topics) + len(first.other) == 36


def test_few_papers_and_papers_without_words_have_no_topics() -> None:
    assert find(papers(1)) == Topics((), ("depth0", "experts0", "diffusion0"))
    bare = [Paper(str(n), str(n), "article", "") for n in range(9)]
    assert find(bare) == Topics((), tuple("012345678"))
    with pytest.raises(ValueRefusedError, match="36 papers cannot have 19 topics. Use 1 to 18"):
        find(papers(), 19)


def test_papers_that_come_later_go_where_their_words_are() -> None:
    topics = find(papers(), 3)
    strange = Paper("x", "x", "article", "Wheat yields under drought")
    later = [*papers(), *(p for p in papers(14) if p.citekey[-2:] in ("12", "13")), strange]
    found = placed(later, topics)
    assert [t.label for t in found.topics] == [t.label for t in topics.topics]
    for topic in found.topics:
        assert len({key.rstrip("0123456789") for key in topic.papers}) == 1
        assert len(topic.papers) == len(topics[topic.label].papers) + 2
    assert found.other[-1] == "x"
    assert placed(later, found) == found
