"""Every error that reviewkit raises on purpose, in one tree.

::

    ReviewkitError
    ├── FormatError(ValueError)          a file or text does not say what its format says
    │   └── NewerFormatError             written by a newer reviewkit
    ├── BibtexError(ValueError)          BibTeX text that cannot be edited safely
    ├── ValueRefusedError(ValueError)    a rating, status, tag or name outside what is allowed
    ├── UnknownPaperError(KeyError)      no such citekey; carries the near ones
    │   └── UnknownPapersError           several at once, each with its near ones
    ├── UnknownCitationError(KeyError)   a manuscript cites keys that the library lacks
    ├── ReviewerError(ValueError)        nobody said who is reviewing
    │   └── IdentityLockedError          the hub or server vouches for another name
    ├── ProjectError(ValueError)         a folder or path cannot be a project
    ├── NotDurableError(OSError)         the edit is not durable; nothing was acknowledged
    ├── UnreachableError(OSError)        the database of a project does not answer
    │   └── DatabaseOffError             its user did not allow it yet
    ├── LookupOffError                   nothing may be looked up until the user allows it
    ├── SourceError(OSError)             a bibliographic service did not give what was asked
    ├── StaleError                       the thing changed since it was shown
    ├── PandocError                      pandoc could not convert a text
    │   └── TypesettingError             Typst could not make a PDF of it
    ├── StoppedError                     long work was stopped before it was done
    └── MissingDependencyError(ImportError)  an optional part is not installed
        └── MissingProgramError          a program that it runs is not installed

The text says what, where and what to do next. `code` names the class for REST,
`http_status` is its status there and `exit_code` the command line's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from reviewkit.errors.brief import ShownBriefly

#: Per unknown key the near keys of the library, best first.
Near = dict[str, tuple[str, ...]]


class ReviewkitError(ShownBriefly, Exception):
    """Base of all errors that reviewkit raises on purpose."""

    code: ClassVar[str] = "error"
    http_status: ClassVar[int] = 400
    exit_code: ClassVar[int] = 1

    def __str__(self) -> str:
        # KeyError would show a repr, and OSError a tuple with its number.
        return str(self.args[-1]) if self.args else ""

    @property
    def message(self) -> str:
        """What, where and what to do next, in one text."""
        return str(self)

    def detail(self) -> dict[str, Any]:
        """The error's own fields as JSON values; empty if it has none."""
        return {}


class FormatError(ReviewkitError, ValueError):
    """A file or pasted text does not say what its format says.

    Parameters
    ----------
    problems
        Each problem found, as JSON values with `line`, `reason` and `text`.
    """

    code = "format"

    def __init__(self, message: str, problems: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    def detail(self) -> dict[str, Any]:
        """The problems of the file, all at once."""
        return {"problems": list(self.problems)}


class NewerFormatError(FormatError):
    """Written by a newer reviewkit: reading goes on, writing is refused."""

    code = "newer-format"
    http_status = 409


class BibtexError(ReviewkitError, ValueError):
    """BibTeX text that cannot be edited without risk to the rest of the file."""

    code = "bibtex"

    def __init__(self, message: str, *, line: int | None = None, text: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.text = text

    def detail(self) -> dict[str, Any]:
        """The line (from 1; null if not known) and the text at fault."""
        return {"line": self.line, "text": self.text}


class ValueRefusedError(ReviewkitError, ValueError):
    """A rating, status, tag or name outside what is allowed."""

    code = "value-refused"
    exit_code = 2

    def __init__(self, message: str, *, field: str, value: object) -> None:
        super().__init__(message)
        self.field = field
        self.value = value

    def detail(self) -> dict[str, Any]:
        """The field's name and the refused value as text."""
        return {"field": self.field, "value": str(self.value)}


class UnknownPaperError(ReviewkitError, KeyError):
    """No paper has this citekey; `near` lists the likely ones, best first."""

    code = "unknown-paper"
    http_status = 404
    exit_code = 2

    def __init__(self, citekey: str, near: Sequence[str] = ()) -> None:
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No paper has the citekey {citekey!r}.{hint}")
        self.citekey, self.near = citekey, tuple(near)

    def detail(self) -> dict[str, Any]:
        """The key that was asked for and the near ones."""
        return {"citekey": self.citekey, "near": list(self.near)}


def _listed(unknown: Near, places: Mapping[str, str] = MappingProxyType({})) -> str:
    told = []
    for key, near in unknown.items():
        hints = [places.get(key), f"did you mean {' or '.join(near)}?" if near else None]
        more = "; ".join(filter(None, hints))
        told.append(f"{key!r} ({more})" if more else f"{key!r}")
    return ", ".join(told)


class UnknownPapersError(UnknownPaperError):
    """Several citekeys that no paper has."""

    def __init__(self, unknown: Near) -> None:
        super().__init__(*next(iter(unknown.items())))
        self.unknown = unknown
        self.args = (f"No papers have the citekeys {_listed(unknown)}.",)

    def detail(self) -> dict[str, Any]:
        """Each unknown key with the near ones."""
        return {"unknown": {key: list(near) for key, near in self.unknown.items()}}


class UnknownCitationError(ReviewkitError, KeyError):
    """The manuscript `where` cites keys that the library lacks; `places` says where in it."""

    code = "unknown-citation"
    http_status = 404

    def __init__(
        self, unknown: Near, where: str = "", places: Mapping[str, str] | None = None
    ) -> None:
        told = _listed(unknown, places or {})
        super().__init__(f"Cited{where and f' in {where}'} but not in the library: {told}.")
        self.unknown = unknown

    def detail(self) -> dict[str, Any]:
        """Each unknown key with the near ones."""
        return {"unknown": {key: list(near) for key, near in self.unknown.items()}}


class ReviewerError(ReviewkitError, ValueError):
    """Nobody said who is reviewing, or the name cannot be used."""

    code = "reviewer"
    http_status = 409
    exit_code = 2


class IdentityLockedError(ReviewerError):
    """The hub or server vouches for one name; nobody can review under another."""

    code = "identity-locked"
    http_status = 403

    def __init__(self, name: str, asked: str) -> None:
        super().__init__(
            f"You are signed in as {name!r} and cannot review as {asked!r}."
            " Sign in under that name instead."
        )
        self.name = name
        self.asked = asked

    def detail(self) -> dict[str, Any]:
        """The name that is vouched for and the one that was asked for."""
        return {"name": self.name, "asked": self.asked}


class ProjectError(ReviewkitError, ValueError):
    """A folder or path cannot be a project."""

    code = "project"
    http_status = 404
    exit_code = 2


class NotDurableError(ReviewkitError, OSError):
    """The edit could not be made durable; nothing was acknowledged, keep the draft."""

    code = "not-durable"
    http_status = 507


class UnreachableError(ReviewkitError, OSError):
    """The database of a project does not answer, or edits would not be safe in it."""

    code = "unreachable"
    http_status = 503


class DatabaseOffError(UnreachableError):
    """A project names a database that this user did not allow; nothing was sent there."""

    code = "database-off"


class LookupOffError(ReviewkitError):
    """Look-ups are off; the message says what they would send where, and how to allow them."""

    code = "lookup-off"
    http_status = 409
    exit_code = 2


class SourceError(ReviewkitError, OSError):
    """A bibliographic service, `source`, did not give what was asked; `temporary`: not yet."""

    code = "source"
    http_status = 502

    def __init__(self, message: str, *, source: str = "", temporary: bool = False) -> None:
        super().__init__(message)
        self.source = source
        self.temporary = temporary

    def detail(self) -> dict[str, Any]:
        """The service's name, and whether asking again later may help."""
        return {"source": self.source, "temporary": self.temporary}


class StaleError(ReviewkitError):
    """The thing to be changed is not there any more as it was shown."""

    code = "stale"
    http_status = 409


class PandocError(ReviewkitError):
    """Pandoc could not convert a text; the message has its own words."""

    code = "pandoc"
    http_status = 422


class TypesettingError(PandocError):
    """Typst could not make a PDF; `cell` is where from, counted from 1 (None: not known)."""

    code = "typesetting"

    def __init__(self, message: str, *, cell: int | None = None) -> None:
        super().__init__(message)
        self.cell = cell


class StoppedError(ReviewkitError):
    """Somebody stopped long work before it was done; nothing was changed."""

    code = "stopped"
    http_status = 409


class MissingDependencyError(ReviewkitError, ImportError):
    """An optional part is not installed; the message says how to install it."""

    code = "missing-dependency"
    http_status = 501


class MissingProgramError(MissingDependencyError):
    """A program that an optional part runs is not installed, or is too old."""

    code = "missing-program"
