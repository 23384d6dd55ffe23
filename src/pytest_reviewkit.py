"""The options of reviewkit's pytest plug-in.

Every run of pytest in an environment with reviewkit loads this file, so it stands outside of
the package and imports nothing: what does the work is loaded when somebody asks for it.
"""

from typing import Any


def pytest_addoption(parser: Any) -> None:
    """Add the options, for the command line and for pytest's own settings."""
    group = parser.getgroup("reviewkit", "manuscripts and linked claims")
    group.addoption(
        "--reviewkit",
        action="store_true",
        help="check manuscripts (notebooks, Markdown, Quarto, LaTeX) against their project",
    )
    group.addoption(
        "--reviewkit-record",
        action="store_true",
        help="with --nbval: note on the papers' cards what came of the linked cells",
    )
    group.addoption(
        "--reviewkit-reviewer",
        metavar="NAME",
        help="on whose behalf; without it, whoever runs this",
    )
    parser.addini(
        "reviewkit_manuscripts",
        type="args",
        default=[],
        help="patterns of the manuscripts to check, from the root folder; without any, those "
        "named on the command line, and in its folders all that cite",
    )
    parser.addini(
        "reviewkit_project",
        default="",
        help="the project's folder; without it, the one that holds the manuscript",
    )
    parser.addini(
        "reviewkit_record", type="bool", default=False, help="as --reviewkit-record, always"
    )


def pytest_configure(config: Any) -> None:
    """Load what does the work, if somebody asked for it."""
    if config.getoption("reviewkit") or config.getoption("reviewkit_record"):
        config.pluginmanager.import_plugin("reviewkit.testing.plugin")
