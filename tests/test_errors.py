"""What a notebook shows of an error that was raised on purpose."""

from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

CODE = """
import reviewkit as rk
project = rk.open({folder!r}, reviewer="ana", watch=False)
def mine():
    project.review("a", rating=11)
mine()
"""


def test_a_mistake_is_told_with_ones_own_lines_only(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, title={A}}")
    shell = InteractiveShell()
    with capture_output() as shown:
        done = shell.run_cell(CODE.format(folder=str(tmp_path)))
        shell.user_ns["project"].close()
    assert type(done.error_in_exec).__name__ == "ValueRefusedError"
    assert shown.stdout.strip().splitlines() == [
        "line 5 of this cell: mine()",
        'line 4 of this cell: project.review("a", rating=11)',
        "ValueRefusedError: A rating is a number from 1 (worst) to 5 (best), not 11.",
    ]
