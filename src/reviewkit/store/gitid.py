"""The id of a project that is begun in a git work tree: the same in all its clones.

Two members who both begin, before either has pushed, write the same card, and no merge stops
at it. Forks begin alike as well; what that shares is only what one user has on one machine.
"""

from __future__ import annotations

from pathlib import Path

from reviewkit.ops.ids import digest
from reviewkit.store.fs import FS
from reviewkit.store.git import work_tree
from reviewkit.store.gitcalls import git


def id_in_git(folder: Path, fs: FS) -> str | None:
    """The id made from the repository's first commit and the folder's path in it.

    None outside of git, before the first commit, or where git or its history is not there.
    """
    tree = work_tree(folder, fs)
    # The oldest commit of a shallow clone is another one than everybody else's.
    if tree is None or fs.exists(tree.common / "shallow"):
        return None
    code, said = git(folder, "rev-list", "--max-parents=0", "--first-parent", "HEAD")
    first = said.split()
    if code or len(first) != 1:
        return None
    return f"lib-{digest(['library', first[0], folder.relative_to(tree.root).as_posix()], 16)}"
