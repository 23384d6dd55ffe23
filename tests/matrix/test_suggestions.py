from reviewkit.matrix.column import made
from reviewkit.matrix.suggestions import (
    Reading,
    about_of,
    quoted,
    read,
    suggested_column,
    suggested_names,
    suggestions,
)

TEXT = (
    "Others need 300 ms. We propose Fast, which is 2.5x faster than BERT on ImageNet and COCO "
    "with an A100 GPU, and cuts latency to 0.2 s. Code: https://github.com/a/fast."
)


def reading(text: str = TEXT, **names: tuple[str, ...]) -> Reading:
    return read(text, names.get("datasets", ()), names.get("hardware", ()), "abstract")


def texts(name: str, kind: str, text: str = TEXT, **options: object) -> list[object]:
    column = made(name, kind, about=about_of(name), **options)  # type: ignore[arg-type]
    return [one.entry.value for one in suggestions(column, [reading(text)])]


def test_a_column_s_name_says_what_is_suggested() -> None:
    assert texts("Speed-up", "number", unit="x") == [2.5]
    assert texts("Data sets", "text") == ["ImageNet; COCO"]
    assert texts("hardware", "text") == ["A100 GPU"]
    assert texts("code", "text") == ["https://github.com/a/fast"]
    assert texts("Remarks", "text") == []


def test_quantities_come_in_the_column_s_unit_the_paper_s_own_first() -> None:
    assert texts("Latency", "number", unit="ms") == [200, 300]
    assert texts("Latency", "number", unit="J") == []


def test_each_suggestion_has_its_words_and_their_place() -> None:
    column = made("speedup", "number", unit="x", about="speedup")
    entry = suggestions(column, [reading()])[0].entry
    assert TEXT[entry.start : entry.end] == "2.5"
    assert entry.quote.startswith("We propose Fast") and entry.quote in TEXT
    assert entry.source == "abstract"


def test_choices_are_found_as_whole_words() -> None:
    assert texts("Model", "choice", choices=["bert", "CNN", "a"], text="A BERT. Then beta.") == [
        "bert", "a",
    ]  # fmt: skip


def test_a_project_s_own_names_are_found() -> None:
    found = reading(
        "On OurBench (v2) with a Foo-9000.", datasets=("OurBench (v2)",), hardware=("Foo-9000",)
    )
    assert [(one.text, one.kind) for one in found.mentions] == [
        ("OurBench (v2)", "dataset"), ("Foo-9000", "hardware"),
    ]  # fmt: skip


def test_columns_nobody_made_are_guessed_from_their_name() -> None:
    made_ = suggested_column("speedup", [], [reading()])
    assert made_ is not None
    assert (made_.type, made_.unit, made_.about, made_.defined) == (
        "number",
        "x",
        "speedup",
        False,
    )
    tag = suggested_column("Edge", ["edge"], [])
    assert tag is not None and (tag.type, tag.about) == ("tag", "edge")
    assert suggested_column("no such thing", ["edge"], [reading()]) is None
    assert dict(suggested_names([reading()]))["dataset"] == 1


def test_only_quotes_of_a_note_are_the_paper_s_words() -> None:
    assert (
        quoted("Mine: 9x.\n\n> It is 3x faster\n> than B.\n\nNot 7x.")
        == "It is 3x faster\nthan B."
    )
