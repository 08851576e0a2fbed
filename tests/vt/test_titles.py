import pytest

from aimux.vt.titles import clean_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("plain", "plain"),
        ("a\x1b\r\n\x07\x9cb", "ab"),
        ("a\u202egpj.exe\u2066\u2069", "agpj.exe"),
        ("a\u2028b\u2029c", "abc"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("a\u200b\u2060\ufeffb", "ab"),
        ("👩\u200d💻 é", "👩\u200d💻 é"),
        ("x" * 300, "x" * 256),
        ("好" * 300, "好" * 128),
        ("\u202e" * 5000 + "x", ""),
    ],
)
def test_a_title_shows_all_that_it_holds_in_at_most_256_cells(text, title) -> None:
    assert clean_title(text) == title
