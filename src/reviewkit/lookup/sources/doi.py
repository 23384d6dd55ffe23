"""doi.org: any DOI, whoever registered it, as a CSL item by content negotiation.

The only place that knows all of them; "not found" here means that there is no such DOI.
"""

from __future__ import annotations

from urllib.parse import quote

from reviewkit.formats.importer import Candidate
from reviewkit.lookup.hosts import DOI
from reviewkit.lookup.shapes import CSL, read_json
from reviewkit.lookup.sources import crossref
from reviewkit.lookup.web import Web


def by_doi(web: Web, doi: str) -> Candidate | None:
    """The work with this DOI."""
    answer = web.get(DOI, f"/{quote(doi, safe='/')}", {}, CSL, read_json)
    return None if answer is None else crossref.work(answer)
