"""The pictures of the tree: those of outputs, attachments, and files near the manuscript."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from reviewkit.errors import ValueRefusedError
from reviewkit.publishing.outputs import base64_bytes
from reviewkit.publishing.pictures import name_of, width_of
from reviewkit.publishing.tree import Node, Nodes, attr, changed, image, node

_EMBEDDED = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*;base64,(?P<data>[A-Za-z0-9+/=\s]*)")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Read = Callable[[str], bytes]


class Showing:
    """Gathers the pictures that are shown; the tree then names them by file.

    Parameters
    ----------
    images
        Pictures by file name that pieces name already.
    read
        Gives the bytes of a file by its path from the manuscript, or raises
        ValueRefusedError saying why not.
    """

    def __init__(self, images: Mapping[str, bytes], read: Read) -> None:
        self._known = images
        self._read = read
        self.images: dict[str, bytes] = {}

    def shown(
        self, blocks: Nodes, attached: Mapping[str, str], tell: Callable[..., None]
    ) -> Nodes:
        """The blocks with pictures that are there; of others, their words.

        `attached` are the cell's attachments, as names of files.
        """

        def change(each: Node) -> Node | Nodes:
            if each["t"] != "Image":
                return each
            (_, _, pairs), alt, (source, _) = each["c"]
            if _REMOTE.match(source):
                tell(f"shows a picture from the network, which is not fetched: {source[:100]!r}")
                words = alt or [node("Str", source)]
                return node("Link", [attr(), words, [source, ""]])
            try:
                name, data = self._picture(source, attached)
            except ValueRefusedError as error:
                tell(f"shows a picture that {error.message}: {source[:100]!r}", anywhere=True)
                return alt or [node("Str", "[picture]")]
            self.images[name] = data
            width = next((text for kind, text in pairs if kind == "width"), width_of(data))
            return image(name, alt, width)

        made: Nodes = changed(blocks, change)
        return made

    def _picture(self, source: str, attached: Mapping[str, str]) -> tuple[str, bytes]:
        name = attached.get(unquote(source).removeprefix("attachment:"), source)
        if name in self._known:
            return name, self._known[name]
        embedded = _EMBEDDED.fullmatch(source)
        if embedded:
            data = base64_bytes(embedded["data"])
        elif _SCHEME.match(source):
            raise ValueRefusedError(
                "is named by an address that is not followed", field="picture", value=source
            )
        else:
            data = self._read(unquote(source))
        found = name_of(data)
        if found is None:
            raise ValueRefusedError("is broken", field="picture", value=source[:50])
        return found, data
