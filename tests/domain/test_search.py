"""What is found: words by their beginnings, in any script, whatever their accents and case."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4l.domain.search import Piece, excerpt, folded, holds, marked, phrases


def found(text: str, sought: str) -> list[str]:
    """The marked words of a text; none where not all that is sought stands in it."""
    wanted = phrases([sought])
    return [piece.text for piece in marked(text, wanted) if piece.found] if holds(text, wanted) else []


@pytest.mark.parametrize(
    ("text", "sought", "words"),
    [
        ("asked about the renewal", "renewal", ["renewal"]),
        ("asked about the renewal", "ren", ["renewal"]),
        ("asked about the renewal", "newal", []),
        ("asked about the renewal", "RENEWAL asked", ["asked", "renewal"]),
        ("asked about the renewal", "renewal price", []),
        ("the plan, and the plan after it", "plan", ["plan", "plan"]),
        ("Zoë's café", "zoe cafe", ["Zoë", "café"]),
        ("Zoe's cafe", "ZOË CAFÉ", ["Zoe", "cafe"]),
        ("Łódź, Ærø and the Straße", "lodz aero strasse", ["Łódź", "Ærø", "Straße"]),
        ("sent by e-mail", "e-mail", ["e-mail"]),
        ("sent by e-mail", "e mail", ["e", "mail"]),
        ("an e of mail", "e-mail", []),
        ("for 12,500 a year", "12,5", ["12,500"]),
        ("an a-b-c of it", "a-b-c b", ["a-b-c"]),
        ("tender q\u0303 and more", "q", ["q\u0303"]),
        ("don't send it", "don't", ["don't"]),
        ("契約書の草案を送る", "草案", ["草案"]),
        ("契約書の草案を送る", "契約 送る", ["契約", "送る"]),
        ("契約書の草案を送る", "案草", []),
        ("デザインの相談", "ザイン", ["ザイン"]),
        ("Q3計画を見る", "計画", ["計画"]),
        ("สัญญาเช่าใหม่", "เช่า", ["เช่า"]),
        ("договор Алёны", "алены", ["Алёны"]),
        ("계약서를 보냈다", "계약", ["계약서를"]),
        ("हिन्दी में", "हिन्दी", ["हिन्दी"]),
        ("کتاب‌ها", "کتاب", ["کتاب‌ها"]),
        ("Ver\u00adtrag", "vertrag", ["Ver\u00adtrag"]),
        ("２０２６年", "2026", ["２０２６"]),
        ("", "plan", []),
    ],
)
def test_words_are_found_and_marked(text: str, sought: str, words: list[str]) -> None:
    assert found(text, sought) == words


@pytest.mark.parametrize("typed", ["", "  ", "&", "😀 !", "--"])
def test_what_is_no_word_is_not_sought(typed: str) -> None:
    assert phrases([typed]) == ()
    assert phrases([f"plan {typed}"]) == (("plan",),)


def test_a_word_typed_twice_is_sought_once() -> None:
    assert phrases(["plan", "Plan plän"]) == (("plan",),)


texts = st.text(
    st.sampled_from("aA éÉ-'ßŁ契約のがか\u3099\u0301ั12₂½𠀀계\u1112\u1161\u200c\u00ad\n.😀"), max_size=20
) | st.text(max_size=12)


@given(texts)
def test_every_text_with_a_word_is_found_by_each_of_its_words(text: str) -> None:
    for word in text.split():
        assert holds(text, phrases([word]))
    assert holds(text, phrases([text]))


@given(texts, texts)
def test_marking_loses_nothing_but_how_a_letter_was_composed(text: str, sought: str) -> None:
    pieces = marked(text, phrases([sought]))

    assert "".join(piece.text for piece in pieces) == unicodedata.normalize("NFC", text)
    assert all(piece.text for piece in pieces)


@given(texts, texts)
def test_what_is_found_is_marked_and_what_is_not_holds_nothing(text: str, sought: str) -> None:
    wanted = phrases([sought])
    for phrase in wanted:
        assert holds(text, [phrase]) == any(piece.found for piece in marked(text, [phrase]))
    assert holds(text, wanted) == all(holds(text, [phrase]) for phrase in wanted)


@given(texts)
def test_accents_and_case_and_composition_change_nothing(text: str) -> None:
    """A text is found by its own words however both are typed."""
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        assert folded(other) == folded(text)
    if text.isascii():
        assert folded(text.upper()) == folded(text)


# Excerpts


def shown(text: str, sought: str) -> str:
    return "".join(
        f"[{piece.text}]" if piece.found else piece.text for piece in excerpt(marked(text, phrases([sought])))
    )


def test_a_short_text_is_shown_whole() -> None:
    assert shown("asked about the renewal", "renewal") == "asked about the [renewal]"


def test_of_a_long_text_the_part_around_the_first_word_found_is_shown() -> None:
    text = f"{'before ' * 100}the renewal {'after ' * 100}"

    assert shown(text, "renewal").startswith("…before before")
    assert "before the [renewal] after" in shown(text, "renewal")
    assert shown(text, "renewal").endswith("after…")
    assert len(shown(text, "renewal")) < 220


def test_however_often_a_word_is_found_an_excerpt_is_short() -> None:
    assert len(shown("plan " * 300, "plan")) < 260


@given(st.text(st.sampled_from("ab 契"), max_size=900), st.sampled_from("ab契"))
def test_an_excerpt_is_short_and_shows_a_word_found(text: str, sought: str) -> None:
    pieces = marked(text, phrases([sought]))
    part = excerpt(pieces)

    assert sum(len(piece.text) for piece in part) <= 40 + 160 + 2
    assert any(piece.found for piece in part) == any(piece.found for piece in pieces)
    assert excerpt(part) == part


def test_pieces_without_a_word_found_are_cut_from_the_start() -> None:
    assert excerpt([Piece("word " * 100, False)])[0].text.startswith("word word")
