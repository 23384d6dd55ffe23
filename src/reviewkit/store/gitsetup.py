"""Telling git how to merge a project's files, once, for everybody and for this clone."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from reviewkit.errors import ReviewkitError
from reviewkit.store.fs import FS
from reviewkit.store.git import work_tree
from reviewkit.store.gitcalls import git
from reviewkit.store.layout import Layout, find

DRIVER = "reviewkit-bib"
#: What git puts into the command: the common version, ours and theirs.
_MERGE = "merge-bib %O %A %B"


def is_in_git(folder: Path) -> bool:
    """Whether the folder is in a git work tree."""
    return work_tree(folder.absolute(), FS()) is not None


def knows_driver(folder: Path) -> bool:
    """Whether this clone knows how to merge a .bib file."""
    return bool(git(folder, "config", "--get", f"merge.{DRIVER}.driver")[1].strip())


def merges_by_line(path: Path) -> bool:
    """Whether the project is in git, and git does not know (here) how to merge its files."""
    layout = find(path, FS())
    if not is_in_git(layout.root) or git(layout.root, "check-ignore", "-q", ".")[0] != 1:
        return False
    with suppress(OSError):
        if DRIVER.encode() in (layout.root / ".gitattributes").read_bytes():
            return not knows_driver(layout.root)
    return True


def set_up_unasked(layout: Layout, fs: FS) -> None:
    """Set a new project's merging up, unless git ignores it; `init` says what is wrong."""
    root = layout.root
    if work_tree(root, fs) is not None and git(root, "check-ignore", "-q", ".")[0] == 1:
        with suppress(ReviewkitError):
            set_up_git(layout.bib)


def set_up_clone(layout: Layout, fs: FS) -> None:
    """Let this clone merge as the project's `.gitattributes` says it does."""
    tree = work_tree(layout.root, fs)
    if tree is None:
        return
    with suppress(OSError, ReviewkitError):
        wanted = DRIVER.encode() in fs.read(layout.root / ".gitattributes")
        if wanted and DRIVER.encode() not in fs.read(tree.common / "config"):
            set_up_git(layout.bib)


def set_up_git(folder: Path) -> list[str]:
    """Write what is missing of `.gitattributes` and of this clone's configuration.

    Returns
    -------
    list
        What was done, in words; empty if everything was set. Lines of others, also of the
        same file, stay as they are.

    Raises
    ------
    ReviewkitError
        `.gitattributes` cannot be written.
    """
    layout = find(folder, FS())
    done = []
    added = _attributes(layout)
    if added:
        done.append(f"Told git to merge them without conflicts: {', '.join(added)}")
        done[-1] += f" in {layout.root / '.gitattributes'} (commit it)."
    code, known = git(layout.root, "config", "--get", f"merge.{DRIVER}.driver")
    wanted = _command()
    if known.strip() == wanted:
        return done
    if known.strip() and code == 0 and _MERGE not in known:
        return [*done, f"This clone merges .bib files with {known.strip()!r}; it stays so."]
    name = ("config", "--local", f"merge.{DRIVER}.name", "BibTeX by entry and field (reviewkit)")
    code, said = git(layout.root, *name)
    if code == 0:
        code, said = git(layout.root, "config", "--local", f"merge.{DRIVER}.driver", wanted)
    if code == 0:
        done.append(
            f"This clone of {layout.root} merges {layout.bib_name} by entry and field from now "
            "on, and every other one as soon as reviewkit has opened it."
        )
    else:
        done.append(
            f"git could not be told to merge {layout.bib_name} by field ({said.strip()}): it "
            "leaves conflict markers, which are read all the same."
        )
    return done


def _command() -> str:
    """The merge driver: this Python's reviewkit, wherever git is called from.

    If that is gone, the one on the path; if there is none, git does what it does without us:
    markers.
    """
    python = Path(sys.executable).as_posix().replace("'", "'\\''").replace("%", "%%")
    return f"'{python}' -m reviewkit.cli {_MERGE} || reviewkit {_MERGE} || git merge-file %A %O %B"


def _attributes(layout: Layout) -> list[str]:
    """Add the lines that are missing; the patterns that were added."""
    path = layout.root / ".gitattributes"
    try:
        text = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise ReviewkitError(f"{path} cannot be read ({error.strerror}).") from error
    present = {pattern for line in text.splitlines() if (pattern := _pattern(line))}
    lines = {pattern: line for pattern, line in _wanted(layout) if pattern not in present}
    if not lines:
        return []
    newline = b"\r\n" if b"\r\n" in text else b"\n"
    lead = newline if text and not text.endswith(b"\n") else b""
    added = b"".join(line.encode() + newline for line in lines.values())
    try:
        with path.open("ab") as file:
            file.write(lead + added)
    except OSError as error:
        raise ReviewkitError(
            f"{path} cannot be written ({error.strerror}). Give this user the right to, or run "
            "`reviewkit init --no-git`."
        ) from error
    return list(lines)


def _wanted(layout: Layout) -> list[tuple[str, str]]:
    bib = _quoted(layout.bib_name)
    # The bytes of the .bib are its authors': git changes no line end in it, unless it does
    # already, where the first commit after this would be the whole file.
    ends = git(layout.root, "ls-files", "--eol", "--", layout.bib_name)[1].split()[:2]
    exact = "" if ends == ["i/lf", "w/crlf"] else "-text "
    ops, card = ".reviewkit/ops/**/*.jsonl", ".reviewkit/library.json"
    return [
        (ops, f"{ops} -text merge=union"),
        (card, f"{card} merge=union"),
        ("reviews.csv", "reviews.csv text eol=lf merge=union"),
        (bib, f"{bib} {exact}merge={DRIVER}"),
    ]


def _quoted(name: str) -> str:
    """A file's name as a pattern that fits only it."""
    escaped = "".join("\\" + sign if sign in "\\*?[" else sign for sign in name)
    if escaped[0] not in "#!\"'" and not any(sign.isspace() for sign in escaped):
        return escaped
    return '"' + escaped.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pattern(line: bytes) -> str:
    """The file that a line of .gitattributes speaks of; empty for comments."""
    text = line.decode("utf-8", "replace").strip()
    if text.startswith("#") or not text:
        return ""
    if text.startswith('"'):
        return text[: text.find('"', 1) + 1]
    return text.split()[0].removeprefix("/")
