"""The widget: one view of a project in a notebook's output, answered by this kernel.

In JupyterLab the same output carries `MIME`, which the extension shows with the server
as its host, so that it lives on without a kernel; everywhere else it is a widget, and
where there is no widget either it is HTML or text.
"""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from reviewkit import api, identity
from reviewkit.errors import MissingDependencyError, ReviewkitError, StaleError
from reviewkit.markup import paper_card_html, paper_card_text, papers_table_html, papers_table_text
from reviewkit.parameters import Parameters
from reviewkit.project import LibraryPaper, Matrix, Project
from reviewkit.push import ChangePush
from reviewkit.records import ChangedEvent, Me, Query, ViewSpec, as_json

#: MIME type of an output that holds a ViewSpec.
MIME = "application/vnd.reviewkit.view+json"

#: Version of the ViewSpec that is written.
FORMAT = 1

#: Rows of a table in HTML and text.
STATIC_ROWS = 50

_STATIC = Path(__file__).with_name("static")


def form(paper: LibraryPaper) -> ReviewView:
    """The paper's card with my rating, tags, notes and status to edit; saved as you type.

    Raises
    ------
    MissingDependencyError
        The view's script is not part of this installation.
    StaleError
        The paper belongs to no open project.
    """
    if not isinstance(paper.project, Project):
        raise StaleError(f"{paper!r} belongs to no open project. Get it anew from one.")
    return ReviewView(paper.project, "form", citekey=paper.citekey)


def table(project: Project, query: Query | None = None) -> ReviewView:
    """The papers that the query finds, to browse, filter, sort and review.

    Raises
    ------
    MissingDependencyError
        The view's script is not part of this installation.
    """
    return ReviewView(project, "table", query=query or Query())


def matrix(shown: Matrix) -> ReviewView:
    """The comparison matrix: papers by attributes, to fill in as you type.

    Raises
    ------
    MissingDependencyError
        The view's script is not part of this installation.
    StaleError
        The matrix belongs to no open project.
    """
    project = shown.project
    if not isinstance(project, Project):
        raise StaleError("The matrix belongs to no open project. Get it anew from one.")
    return ReviewView(project, "matrix", shown=shown)


class ReviewView(anywidget.AnyWidget):
    """A live view; `close()` ends it and lets go of the project.

    `spec` is the ViewSpec as JSON; `ui` is what the person set in the view (a search, a
    sort order) and is not kept.
    """

    spec = traitlets.Dict().tag(sync=True)
    ui = traitlets.Dict().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        project: Project,
        view: str,
        *,
        citekey: str | None = None,
        query: Query | None = None,
        shown: Matrix | None = None,
    ) -> None:
        columns, papers = (shown.chosen, shown.papers) if shown is not None else (None, None)
        place = _relative(project.root)
        spec = ViewSpec(FORMAT, view, place, citekey, query, columns, papers)
        super().__init__(spec=as_json(spec), _esm=_static("view.js"), _css=_static("view.css"))
        self._project: Project | None = project
        self._citekey = citekey
        self._query = query
        self._matrix = shown
        self._stop = _subscribed(self, project)
        self.on_msg(ReviewView._request)

    def close(self) -> None:
        """Remove the view from all outputs and stop listening to the project."""
        stop = self.__dict__.pop("_stop", None)
        if stop is not None:
            stop()
        self._project = None
        super().close()

    def tell(self, event: ChangedEvent) -> None:
        """Tell the view which papers changed, if it shows any of them."""
        shown = self._citekey is None or event.citekeys is None or self._citekey in event.citekeys
        if shown and self._project is not None:
            event = ChangedEvent(self.spec["project"], event.citekeys, event.revision)
            self.send({"kind": "changed", "event": as_json(event)})

    def _request(self, content: Any, buffers: Any) -> None:
        if not isinstance(content, Mapping) or content.get("kind") != "request":
            return
        reply: dict[str, Any] = {"error": api.FAULT}
        try:
            reply = {"result": self._answer(content.get("method"), content.get("params") or {})}
        except ReviewkitError as error:
            reply = {"error": api.error_json(error)}
        finally:
            # A fault is told to the view as well, which would wait for ever; then it
            # goes on to the kernel's log.
            self.send({"kind": "reply", "id": content.get("id"), **reply})

    def _answer(self, method: Any, params: Any) -> Any:
        project = self._project
        if project is None:
            raise StaleError("This view is closed. Run its cell again.")
        if method == "me":
            return as_json(_me(project))
        if method == "set_me":
            me = identity.remember(Parameters(params, ("name",)).text("name"), own=_me(project))
            project.reviewer = me.reviewer
            return as_json(me)
        if method == "project" and isinstance(params, Mapping):
            params = {**params, "path": self.spec["project"]}
        return api.handle(project, str(method), params, me=_me(project), via="kernel")

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        html, text = self._still()
        return {**data, MIME: self.spec, "text/html": html, "text/plain": text}, metadata

    def __repr__(self) -> str:
        return self._still()[1]

    def _still(self) -> tuple[str, str]:
        project = self._project
        if project is None:
            return "", "A closed view"
        if self._matrix is not None:
            return self._matrix.still()
        if self._citekey is not None:
            paper = project[self._citekey]
            return (
                paper_card_html(paper, project.reviewer),
                paper_card_text(paper, project.reviewer),
            )
        page = project.page(self._query or Query(), 0, STATIC_ROWS)
        return papers_table_html(page.rows, page.total), papers_table_text(page.rows, page.total)


def _me(project: Project) -> Me:
    own = identity.who_am_i()
    if project.reviewer is None or project.reviewer == own.reviewer:
        return own
    return Me(project.reviewer, project.reviewer, "given", locked=False)


def _subscribed(view: ReviewView, project: Project) -> Callable[[], None]:
    """Pass the project's changes to the view as long as somebody holds the view."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # A script without an event loop has no front end to be told.
        return _nothing
    known = weakref.ref(view)

    def send(event: ChangedEvent) -> None:
        held = known()
        if held is not None:
            held.tell(event)

    push = ChangePush(loop, send)
    unsubscribe = project.on_change(push)

    def stop() -> None:
        unsubscribe()
        push.close()

    return stop


def _nothing() -> None:
    return None


def _relative(folder: Path) -> str:
    """The folder as seen from here, with `/`; only its name where there is no way."""
    try:
        return Path(os.path.relpath(folder)).as_posix()
    except ValueError:
        # Another drive.
        return folder.name


def _static(name: str) -> str:
    path = _STATIC / name
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingDependencyError(
            f"The view's {name} is not part of this installation of reviewkit. Install a"
            " released package, or build it in a clone (`make install`)."
        ) from error
