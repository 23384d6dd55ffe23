"""The requests that a view may make of a project, checked and answered as JSON values.

The panel's server and the widget's kernel both answer by `handle`; the table of requests
is in `docs/architecture.md`. Parameters come from outside and are taken for hostile:
each is checked for its type and size before the project sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

from reviewkit import identity
from reviewkit.api import checking, citing, comparing, looking, saying, writing
from reviewkit.api.asked import Asked
from reviewkit.api.saying import seen
from reviewkit.errors import ReviewkitError, ValueRefusedError
from reviewkit.lookup.stop import Stop
from reviewkit.parameters import TEXT_LENGTH, Parameters
from reviewkit.project import Project
from reviewkit.records import (
    SORTS,
    STATUSES,
    Actions,
    Changes,
    Decided,
    FoundOpinions,
    Me,
    Query,
    as_json,
)

#: Rows of a page unless asked otherwise, and at most.
PAGE_ROWS = 100
MOST_ROWS = 10_000
#: Pairs of duplicates unless asked otherwise.
PAIRS = 20
#: Largest file that a view may add, in bytes.
ADD_BYTES = 50_000_000

#: The parameters that each request knows.
KNOWN = {
    "project": ("path",),
    "papers": ("text", "tag", "status", "reviewer", "sort", "offset", "limit"),
    "rows": ("citekeys",),
    "paper": ("citekey",),
    "edit": ("citekey", "fields"),
    "resolve": ("citekey", "reviewer", "field", "id", "apart"),
    "undo": ("action",),
    "actions": ("by", "limit"),
    "history": ("citekey", "limit"),
    "found": (),
    "adopt": (),
    "bring_back": (),
    "leave": (),
    "add": ("name", "data"),
    "duplicates": ("offset", "limit"),
    "merge": ("keep", "other", "fields"),
    "keep_apart": ("citekey", "other"),
    "accept": ("ids",),
    "dismiss": ("ids",),
    **checking.KNOWN,
    **citing.KNOWN,
    **comparing.KNOWN,
    **looking.KNOWN,
    **saying.KNOWN,
    **writing.KNOWN,
}


def handle(
    project: Project,
    method: str,
    params: Mapping[str, Any],
    *,
    me: Me,
    via: str,
    stop: Event | None = None,
) -> dict[str, Any]:
    """The JSON answer to one request.

    `me` is on whose behalf it is made and `via` by which way ("panel", "kernel"). When `stop`
    is set, nobody waits for the answer any more.

    Raises
    ------
    ValueRefusedError
        No such request, or a parameter that is unknown, missing or of the wrong kind.
    ReviewerError
        An edit, and nobody said who is reviewing.
    ReviewkitError
        What the project itself refuses.
    """
    answer = _ANSWERS.get(method)
    if answer is None:
        raise ValueRefusedError(
            f"There is no request {method!r}; there are {', '.join(KNOWN)}.",
            field="method",
            value=method,
        )
    result: dict[str, Any] = as_json(answer(project, Asked(params, KNOWN[method], stop), me, via))
    return result


def error_json(error: ReviewkitError) -> dict[str, Any]:
    """The error as views get it: `code`, `message` and `detail`."""
    return {"code": error.code, "message": error.message, "detail": as_json(error.detail())}


#: What a view is told of a fault of the program itself; the traceback is in the log.
FAULT = {
    "code": "fault",
    "message": "reviewkit made a mistake and could not answer; the log has the details."
    " Your draft is still in the view.",
    "detail": {},
}


def _project(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return project.info(me=me, path=given.text("path", default=""))


def _papers(project: Project, given: Parameters, me: Me, via: str) -> Any:
    query = Query(
        text=given.text("text", default=""),
        tag=given.optional_text("tag") or None,
        status=given.choice("status", STATUSES),
        reviewer=given.optional_text("reviewer") or None,
        sort=given.choice("sort", SORTS) or "citekey",
    )
    offset = given.count("offset", default=0)
    limit = min(given.count("limit", default=PAGE_ROWS), MOST_ROWS)
    page = project.page(query, offset, limit, me=me.reviewer or "")
    project.expect_search()
    return page


def _rows(project: Project, given: Parameters, me: Me, via: str) -> Any:
    citekeys = given.text("citekeys", most=TEXT_LENGTH).split("\n")[:MOST_ROWS]
    return project.rows(citekeys, me=me.reviewer or "")


def _paper(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return seen(project, given.text("citekey"), me)


def _edit(project: Project, given: Parameters, me: Me, via: str) -> Any:
    fields = given.optional_texts_by_name("fields")
    paper = project.edit(given.text("citekey"), fields, reviewer=identity.needed(me), via=via)
    return seen(project, paper.citekey, me)


def _resolve(project: Project, given: Parameters, me: Me, via: str) -> Any:
    paper = project.resolve(
        given.text("citekey"),
        given.optional_text("reviewer"),
        given.text("field"),
        given.text("id"),
        apart=given.flag("apart"),
        by=identity.needed(me),
        via=via,
    )
    return seen(project, paper.citekey, me)


def _undo(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return project.undo(given.optional_text("action") or None, by=identity.needed(me))


def _actions(project: Project, given: Parameters, me: Me, via: str) -> Any:
    limit = min(given.count("limit", default=PAGE_ROWS), MOST_ROWS)
    by, asker = given.optional_text("by") or None, me.reviewer or ""
    return Actions(tuple(project.actions(by=by, limit=limit, me=asker)))


def _history(project: Project, given: Parameters, me: Me, via: str) -> Any:
    limit = min(given.count("limit", default=PAGE_ROWS), MOST_ROWS)
    return Changes(tuple(project.changes(given.text("citekey"), limit)))


def _found(project: Project, given: Parameters, me: Me, via: str) -> Any:
    found = project.adopt(identity.author(me), dry_run=True)
    return FoundOpinions(len(found.papers), project.program().title, found.message)


def _adopt(project: Project, given: Parameters, me: Me, via: str) -> Any:
    done = project.adopt(identity.needed(me), via=via)
    return FoundOpinions(len(done.papers), project.program().title, done.message)


def _bring_back(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return Decided(project.bring_back())


def _leave(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return Decided(project.leave())


def _add(project: Project, given: Parameters, me: Me, via: str) -> Any:
    data = given.base64("data", most=ADD_BYTES)
    name = given.text("name", default="")
    stop = Stop(looking.SECONDS)
    by = identity.author(me)
    return project.add(data, name=name, by=by, via=via, progress=looking.unseen, stop=stop)


def _duplicates(project: Project, given: Parameters, me: Me, via: str) -> Any:
    offset = given.count("offset", default=0)
    limit = min(given.count("limit", default=PAIRS), MOST_ROWS)
    return project.duplicates(offset=offset, limit=limit, wait=False)


def _merge(project: Project, given: Parameters, me: Me, via: str) -> Any:
    chosen = given.optional_texts_by_name("fields") if "fields" in given else {}
    fields = {name: text for name, text in chosen.items() if text is not None}
    keep, other = given.text("keep"), given.text("other")
    return project.merge(keep, other, fields, by=identity.needed(me), via=via)


def _keep_apart(project: Project, given: Parameters, me: Me, via: str) -> Any:
    by = identity.needed(me)
    return project.keep_apart(given.text("citekey"), given.text("other"), by=by, via=via)


def _accept(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return project.accept(given.texts("ids"), by=identity.needed(me), via=via)


def _dismiss(project: Project, given: Parameters, me: Me, via: str) -> Any:
    return project.dismiss(given.texts("ids"), by=identity.needed(me), via=via)


_ANSWERS: dict[str, Callable[[Project, Asked, Me, str], Any]] = {
    "project": _project,
    "papers": _papers,
    "rows": _rows,
    "paper": _paper,
    "edit": _edit,
    "resolve": _resolve,
    "undo": _undo,
    "actions": _actions,
    "history": _history,
    "found": _found,
    "adopt": _adopt,
    "bring_back": _bring_back,
    "leave": _leave,
    "add": _add,
    "duplicates": _duplicates,
    "merge": _merge,
    "keep_apart": _keep_apart,
    "accept": _accept,
    "dismiss": _dismiss,
    **checking.ANSWERS,
    **citing.ANSWERS,
    **comparing.ANSWERS,
    **looking.ANSWERS,
    **saying.ANSWERS,
    **writing.ANSWERS,
}
