"""Entry types for the kinds of texts that other formats name.

What plain BibTeX styles know is preferred; `dataset`, `software` and `patent` are biblatex's,
and every style prints what it does not know as `misc`.
"""

from __future__ import annotations

import re

_WORDS = {
    "article": """
        jour ejour mgzn news inpr articlejournal articlemagazine articlenewspaper journalarticle
        magazinearticle newspaperarticle electronicarticle review reviewbook letter editorial
        articleinpress journal j jfull abst journalfull earlyaccess shortsurvey
    """,
    "inproceedings": """
        conf cpaper paperconference conferencepaper conferenceproceedings proceedingspaper
        conferencearticle c inproceedings conference conferencereview meetingabstract
    """,
    "incollection": """
        chap echap chapter booksection bookchapter entryencyclopedia entrydictionary entry
        encyclopediaarticle dictionaryentry ency dict electronicbooksection incollection inbook
        bookpart
    """,
    "book": "book ebook edbook editedbook electronicbook b classic monograph serial ser",
    "proceedings": "proceedings",
    "phdthesis": "thes thesis dissertation phdthesis doctoralthesis",
    "mastersthesis": "mastersthesis",
    "techreport": """
        rprt report techreport standard stand governmentdocument govdoc greyliterature
        technicalreport reportseries workingpaper
    """,
    "unpublished": "unpb unpd unpublished unpublishedwork manuscript mans unpublishedmanuscript",
    "dataset": "data dataset aggregateddatabase aggregdatabase datafile",
    "software": "comp software computerprogram",
    "patent": "pat patent p",
    "misc": """
        gen generic misc elec web webpage post postweblog blog blogpost preprint postedcontent
        slide presentation speech video motionpicture audio document onlinedatabase other
        forumpost interview letterpersonal map figure chart art bill case statute hear
    """,
}
_TYPES = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LETTERS = re.compile(r"[^a-z]+")
_PREPRINT = re.compile(r"pre-?print|posted.content", re.IGNORECASE)
_MASTER = re.compile(r"\b(?:master|m\.?\s?sc|m\.?\s?a\.?\b|m\.?\s?phil|diplom)", re.IGNORECASE)
_BACHELOR = re.compile(r"\b(?:bachelor|b\.?\s?sc)", re.IGNORECASE)
_PROCEEDINGS = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|lecture notes)\b", re.IGNORECASE
)


def entry_type(kind: str, genre: str = "", container: str = "") -> str:
    """BibTeX's type for a format's own word; by what is known of the text where it says none.

    Parameters
    ----------
    kind
        The format's word: "JOUR", "paper-conference", "Book Section", "Article; Review".
    genre
        What the format adds to it: "Master's thesis", "Preprint".
    container
        Title of the journal or book that the text stands in.
    """
    if _PREPRINT.search(genre) or _PREPRINT.search(kind):
        return "misc"
    for word in re.split(r"[;|/]", kind):
        found = _TYPES.get(_LETTERS.sub("", word.casefold()))
        if found == "phdthesis":
            return "mastersthesis" if _MASTER.search(genre) or _BACHELOR.search(genre) else found
        if found:
            return found
    if kind.strip():
        return "article" if kind.strip().casefold() == "article" and container else "misc"
    if not container:
        return "misc"
    return "inproceedings" if _PROCEEDINGS.search(container) else "article"
