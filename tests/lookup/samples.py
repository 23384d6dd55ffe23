"""Answers in the shapes of the services; what they say is made up."""

import json
from typing import Any

CROSSREF_ARTICLE: dict[str, Any] = {
    "indexed": {"date-parts": [[2024, 1, 2]], "date-time": "2024-01-02T00:00:00Z"},
    "reference-count": 0,
    "publisher": "Leaf Press",
    "issue": "3",
    "DOI": "10.5555/Steep(2021).7",
    "type": "journal-article",
    "page": "101-19",
    "source": "Crossref",
    "is-referenced-by-count": 2,
    "title": ["Steeping of CO<sub>2</sub>-free tea"],
    "subtitle": ["A study\n <i>in vivo</i> &amp; <i>in vitro</i>"],
    "prefix": "10.5555",
    "volume": "12",
    "author": [
        {"given": "Anna", "family": "van der Blatt", "sequence": "first", "affiliation": []},
        {"given": "John", "family": "Kanne", "suffix": "Jr.", "sequence": "additional"},
        {"name": "Tea Working Group", "sequence": "additional"},
        {"sequence": "additional"},
    ],
    "editor": [{"given": "Q.", "family": "Löffel"}],
    "container-title": ["Journal of Small Drinks"],
    "short-container-title": ["J. Small Drinks"],
    "abstract": (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>We "
        "steep tea.</jats:p></jats:sec><jats:p>It gets dark when t &gt; 3 min.</jats:p>"
    ),
    "issued": {"date-parts": [[2021, 3]]},
    "URL": "https://doi.org/10.5555/Steep(2021).7",
    "ISSN": ["0000-0000"],
    "relation": {},
}

CROSSREF_CHAPTER: dict[str, Any] = {
    "publisher": "Leaf",
    "DOI": "10.5555/c1",
    "type": "book-chapter",
    "title": ["Leaves"],
    "author": [{"given": "Anna", "family": "Blatt"}],
    "container-title": ["Lecture Notes in Tea", "Tea 2020, 4th Conference on Tea"],
    "issued": {"date-parts": [[None]]},
    "published-print": {"date-parts": [[2020]]},
    "ISBN": ["9783161484100", "9783161484117"],
}

CSL_DATACITE: dict[str, Any] = {
    "type": "dataset",
    "id": "https://doi.org/10.5281/zenodo.99",
    "categories": [],
    "author": [
        {"family": "Souza", "given": "Mia", "non-dropping-particle": "de"},
        {"literal": "Leaf Lab"},
    ],
    "issued": {"date-parts": [[2023, 5, 6]]},
    "abstract": "Leaves.",
    "DOI": "10.5281/ZENODO.99",
    "publisher": "Zenodo",
    "title": "Leaf data",
}


def crossref_answer(work: dict[str, Any]) -> bytes:
    """A work as Crossref answers it."""
    head = {"status": "ok", "message-type": "work", "message-version": "1.0.0"}
    return json.dumps(head | {"message": work}).encode()


_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=&amp;id_list=2101.00001&amp;start=0&amp;max_results=3</title>
  <updated>2026-11-20T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?id_list=2101.00001" type="application/atom+xml"/>
  <opensearch:totalResults>2</opensearch:totalResults>
{entries}
</feed>
"""

_ENTRIES = r"""  <entry>
    <id>http://arxiv.org/abs/math/0309136v1</id>
    <updated>2003-09-08T16:00:00Z</updated>
    <published>2003-09-08T16:00:00Z</published>
    <title>Old leaves</title>
    <summary>  Short.
    </summary>
    <author><name>The Leaf Collaboration</name></author>
    <category term="math.GT" scheme="http://arxiv.org/schemas/atom"/>
    <arxiv:primary_category term="math.GT"/>
  </entry>
  <entry>
    <id>https://arxiv.org/abs/2101.00001v3</id>
    <title>Fast $\epsilon$-steeping of
  tea &amp; milk for Erd\H{o}s</title>
    <updated>2022-06-02T17:00:00Z</updated>
    <link href="https://arxiv.org/abs/2101.00001v3" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2101.00001v3" rel="related" type="application/pdf"
          title="pdf"/>
    <summary>We gain 50\% in
time. With $n^2$ cups, R&amp;D is 3% faster.</summary>
    <category term="cs.DC" scheme="http://arxiv.org/schemas/atom"/>
    <published>2021-01-01T10:00:00Z</published>
    <arxiv:comment>9 pages</arxiv:comment>
    <arxiv:primary_category term="cs.DC"/>
    <arxiv:journal_ref>J. Small Drinks 12 (2021) 101</arxiv:journal_ref>
    <author>
      <name>Anna van der Blatt</name>
      <arxiv:affiliation>Leaf Lab</arxiv:affiliation>
    </author>
    <author><name>John Kanne Jr</name></author>
    <arxiv:doi>10.5555/Tea.1</arxiv:doi>
    <link rel="related" href="https://doi.org/10.5555/Tea.1" title="doi"/>
  </entry>"""

_ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
    <summary>incorrect id format for x</summary>
    <updated>2026-11-20T00:00:00Z</updated>
    <link href="http://arxiv.org/api/errors#incorrect_id_format_for_x" rel="alternate"/>
    <author><name>arXiv api core</name></author>
  </entry>"""

ATOM = _FEED.replace("{entries}", _ENTRIES)
ATOM_ERROR = _FEED.replace("{entries}", _ERROR)
ATOM_NONE = _FEED.replace("{entries}", "")

OPENALEX_WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.5555/TeaJ.4375",
    "title": "The state of <i>tea</i>",
    "display_name": "The state of <i>tea</i>",
    "publication_year": 2018,
    "publication_date": "2018-02-13",
    "ids": {
        "openalex": "https://openalex.org/W1",
        "doi": "https://doi.org/10.5555/teaj.4375",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894",
    },
    "primary_location": {
        "is_oa": True,
        "landing_page_url": "https://doi.org/10.5555/teaj.4375",
        "source": {"id": "https://openalex.org/S1", "display_name": "TeaJ", "type": "journal"},
    },
    "type": "article",
    "authorships": [
        {"author_position": "first", "author": {"display_name": "Anna B. Blatt"},
         "raw_author_name": "Anna Blatt"},
        {"author_position": "last", "author": {"display_name": "John Kanne"}},
    ],
    "biblio": {"volume": "6", "issue": None, "first_page": "e4375", "last_page": "e4375"},
    "abstract_inverted_index": {
        "Despite": [0], "growing": [1], "thirst": [2], "for": [3], "tea,": [4], "tea": [5],
        "is": [6], "rare.": [7],
    },
}  # fmt: skip

SEMANTIC_PAPER: dict[str, Any] = {
    "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
    "externalIds": {"ArXiv": "2101.00001", "DBLP": "conf/tea/B21", "DOI": "10.5555/Tea.1",
                    "CorpusId": 1},
    "publicationVenue": {"id": "1", "name": "International Conference on Tea",
                         "type": "conference"},
    "title": "Fast steeping",
    "abstract": None,
    "venue": "ICT",
    "year": 2021,
    "publicationTypes": ["JournalArticle", "Conference"],
    "journal": {"name": "", "pages": "1-9"},
    "authors": [{"authorId": "1", "name": "Anna van der Blatt"}],
}  # fmt: skip

DBLP_HITS: dict[str, Any] = {
    "result": {
        "query": "tea history",
        "status": {"@code": "200", "text": "OK"},
        "hits": {
            "@total": "2",
            "@computed": "2",
            "@sent": "2",
            "@first": "0",
            "hit": [
                {
                    "@score": "9",
                    "@id": "1",
                    "info": {
                        "authors": {
                            "author": [
                                {"@pid": "w/WeiWang1", "text": "Wei Wang 0001"},
                                {"@pid": "d/Dupont", "text": "Jean-Luc Dupont"},
                            ]
                        },
                        "title": "Tea: a short history.",
                        "venue": "TEA",
                        "pages": "10-17",
                        "year": "2019",
                        "type": "Conference and Workshop Papers",
                        "access": "closed",
                        "key": "conf/tea/WangD19",
                        "doi": "10.5555/TEA.7",
                        "ee": "https://doi.org/10.5555/TEA.7",
                        "url": "https://dblp.org/rec/conf/tea/WangD19",
                    },
                    "url": "URL#1",
                },
                {
                    "@score": "8",
                    "@id": "2",
                    "info": {
                        "authors": {"author": {"@pid": "w/WeiWang1", "text": "Wei Wang 0001"}},
                        "title": "Tea: a short history.",
                        "venue": "CoRR",
                        "volume": "abs/1901.00001",
                        "year": "2019",
                        "type": "Informal and Other Publications",
                        "ee": "http://arxiv.org/abs/1901.00001",
                    },
                    "url": "URL#2",
                },
            ],
        },
    }
}
