"""The values that cross every boundary: papers, reviews, notes, conflicts and answers.

All are frozen; `as_json` gives the JSON form that `schemas/` specifies. Nothing here
touches disk, clock or network.
"""

from reviewkit.records.changes import (
    Action,
    Actions,
    AddResult,
    Change,
    ChangedEvent,
    Changes,
    Decided,
    FoundOpinions,
    UndoResult,
)
from reviewkit.records.citing import CitationStyle, CitationStyles, CitedTexts, ShownCitation
from reviewkit.records.documents import Written
from reviewkit.records.duplicates import Alike, Duplicate, Duplicates, FieldChoice, Settled
from reviewkit.records.findings import (
    SEVERITIES,
    Checked,
    Claimed,
    Claims,
    Finding,
    Fix,
    TextEdit,
)
from reviewkit.records.matrix import (
    CellDetail,
    CellValue,
    FoundClaim,
    FoundClaims,
    MatrixCell,
    MatrixColumn,
    MatrixPage,
    MatrixRow,
)
from reviewkit.records.pages import Page, PaperRow, Query
from reviewkit.records.papers import (
    LINK_STATES,
    RELATIONS,
    CellLink,
    Conflict,
    ConflictValue,
    Link,
    Note,
    Paper,
    Review,
)
from reviewkit.records.states import HeldItem, Me, Person, ProjectInfo, TagCount, Wanted
from reviewkit.records.values import (
    GENERATED,
    MODES,
    RATING_SCALE,
    SHARED,
    SORTS,
    STATUSES,
    Piece,
    Problem,
    as_json,
)
from reviewkit.records.views import ViewSpec

__all__ = [
    "GENERATED",
    "LINK_STATES",
    "MODES",
    "RATING_SCALE",
    "RELATIONS",
    "SEVERITIES",
    "SHARED",
    "SORTS",
    "STATUSES",
    "Action",
    "Actions",
    "AddResult",
    "Alike",
    "CellDetail",
    "CellLink",
    "CellValue",
    "Change",
    "ChangedEvent",
    "Changes",
    "Checked",
    "CitationStyle",
    "CitationStyles",
    "CitedTexts",
    "Claimed",
    "Claims",
    "Conflict",
    "ConflictValue",
    "Decided",
    "Duplicate",
    "Duplicates",
    "FieldChoice",
    "Finding",
    "Fix",
    "FoundClaim",
    "FoundClaims",
    "FoundOpinions",
    "HeldItem",
    "Link",
    "MatrixCell",
    "MatrixColumn",
    "MatrixPage",
    "MatrixRow",
    "Me",
    "Note",
    "Page",
    "Paper",
    "PaperRow",
    "Person",
    "Piece",
    "Problem",
    "ProjectInfo",
    "Query",
    "Review",
    "Settled",
    "ShownCitation",
    "TagCount",
    "TextEdit",
    "UndoResult",
    "ViewSpec",
    "Wanted",
    "Written",
    "as_json",
]
