"""Names of the fields that reviewkit writes into entries, specified in `docs/format.md`."""

from __future__ import annotations

#: A paper's id and the `rev` of what was written.
MARK = "reviewkit"
#: Everybody's rating and status.
RATINGS = "reviewkit-ratings"
#: Everybody's ratings of single criteria, and their hash.
CRITERIA = "reviewkit-criteria"
#: Begins the name of a reviewer's notes: `comment-ana`.
COMMENT = "comment-"
#: What the other side of a merge said and no log may know; read once, then taken out.
THEIRS = "reviewkit-theirs"
