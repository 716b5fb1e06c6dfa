import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.session.inline_markup import (
    Pause,
    Value,
    Wait,
    Words,
    examine_markup,
    fill,
    list_values,
    parse_markup,
    to_caption,
)
from coach.session.values.value_kind import ScalarError


def said(text: str, **values: str) -> str:
    return to_caption(fill(parse_markup(text), values))


def test_a_text_is_split_at_its_marks() -> None:
    assert parse_markup("[step] in [step] two[2s] Dag {name}[out]") == (
        Wait(moment="step"),
        Words(text=" in "),
        Wait(moment="step"),
        Words(text=" two"),
        Pause(seconds=2),
        Words(text=" Dag "),
        Value(name="name"),
        Wait(moment="out"),
    )


def test_brackets_and_braces_can_be_literal() -> None:
    assert parse_markup(r"a \[in\] and \{name\}, b] c} d\e") == (Words(text="a [in] and {name}, b] c} d\\e"),)


@pytest.mark.parametrize(
    ("text", "message", "advice", "stretch"),
    [
        ("Adem [inn]", "unknown mark '[inn]'", "did you mean [in]?", "[inn]"),
        ("a [stap] b", "unknown mark '[stap]'", "did you mean [step]?", "[stap]"),
        ("[pause 2s]", "unknown mark '[pause 2s]'", "did you mean [2s]?", "[pause 2s]"),
        ("wait [2] more", "the pause [2] has no unit", "write [2s]", "[2]"),
        ("[0s]", "the pause [0s] has no effect", "leave it out", "[0s]"),
        ("[-2s]", "invalid pause [-2s]: '-2s' is a negative time", "write a pause like [2s]", "[-2s]"),
        ("so [in", "this [ is never closed", "write \\[ for one that belongs to the text", "["),
        ("{ name }", "'{ name }' does not name a value", "write {name}", "{ name }"),
        (
            "[breathe]",
            "unknown mark '[breathe]'",
            "marks are [2s], [in], [out], [hold], [step] and {name}; write \\[ for a bracket that is spoken",
            "[breathe]",
        ),
    ],
)
def test_a_wrong_mark_is_refused_with_its_place(text: str, message: str, advice: str, stretch: str) -> None:
    with pytest.raises(ScalarError) as caught:
        parse_markup(text)
    error = caught.value
    assert (error.message, error.help) == (message, advice)
    assert text[error.offset : error.offset + error.length] == stretch


def test_all_wrong_marks_are_found_at_once() -> None:
    assert [error.message for error in examine_markup("[inn] [2] {")[1]] == [
        "unknown mark '[inn]'",
        "the pause [2] has no unit",
        "this { is never closed",
    ]


@pytest.mark.parametrize(
    ("text", "with_anna", "without"),
    [
        ("Nog even, {name}.", "Nog even, Anna.", "Nog even."),
        ("{name}, goed zo.", "Anna, goed zo.", "Goed zo."),
        ("Hallo {name}, daar ga je.", "Hallo Anna, daar ga je.", "Hallo, daar ga je."),
        ("Mooi. {name}, goed zo.", "Mooi. Anna, goed zo.", "Mooi. Goed zo."),
        ("Goed zo, {name}, rustig.", "Goed zo, Anna, rustig.", "Goed zo, rustig."),
        ("Nog even, [2s] {name}.", "Nog even, Anna.", "Nog even."),
        ("[in] {name}, adem.", "Anna, adem.", "Adem."),
        ("{name}", "Anna", ""),
        ("{name} {name}, ja", "Anna Anna, ja", "Ja"),
    ],
)
def test_an_empty_value_takes_its_comma_along(text: str, with_anna: str, without: str) -> None:
    assert (said(text, name="Anna"), said(text, name="")) == (with_anna, without)


def test_a_value_is_data_and_never_read_as_a_mark() -> None:
    assert fill(parse_markup("Dag {name}!"), {"name": "[2s] {name} \\["}) == (Words(text="Dag [2s] {name} \\[!"),)


def test_a_full_stop_after_a_mark_joins_the_words_before_it() -> None:
    assert fill(parse_markup("Adem in [2s]."), {}) == (Words(text="Adem in."), Pause(seconds=2))


def test_captions_have_no_marks_and_show_values_by_name_until_filled() -> None:
    assert to_caption(parse_markup("Adem  in [2s] , [out] {name} !")) == "Adem in, {name}!"


def test_the_values_of_a_text_are_listed_in_order() -> None:
    assert list_values(parse_markup("{b} {a} {b}")) == ("b", "a", "b")


@settings(deadline=None)
@given(st.text(alphabet="ab ,.[]{}\\n2s", max_size=40))
def test_any_text_is_parts_or_wrong_marks_inside_it(text: str) -> None:
    parts, faults = examine_markup(text)
    assert all(0 <= fault.offset < fault.offset + fault.length <= len(text) for fault in faults)
    assert all(words.text for words in parts if isinstance(words, Words))


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=20))
def test_words_come_out_of_filling_trimmed_and_never_empty(text: str, value: str) -> None:
    parts, faults = examine_markup(text)
    filled = fill(parts, dict.fromkeys(list_values(parts), value)) if not faults else ()
    assert all(words.text == words.text.strip() != "" for words in filled if isinstance(words, Words))
