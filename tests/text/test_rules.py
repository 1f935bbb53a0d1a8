"""The rules one by one, on cases a person can read."""

import pytest
import unicodedata2 as ud

from benchmarks.style_cases import CASES
from composer.errors import UsageError
from composer.text.style import (
    STYLES,
    add,
    add_range,
    edit_range,
    remove,
    remove_range,
    style,
    style_range,
    toggle,
    toggle_range,
    unstyle,
    unstyle_range,
)


def test_r0_decomposed_marks_stay_in_canonical_order() -> None:
    assert style("ệ", "sans_bold") == "𝗲\u0323\u0302"
    assert ud.normalize("NFC", style("ệ", "sans_bold")) == style("ệ", "sans_bold")


@pytest.mark.parametrize(
    ("name", "styled"),
    [
        ("serif_bold", "𝐀𝐳𝟎𝛀𝛂"),
        ("serif_italic", "𝐴𝑧0𝛺𝛼"),
        ("serif_bold_italic", "𝑨𝒛0𝜴𝜶"),
        ("script", "𝒜𝓏0Ωα"),
        ("script_bold", "𝓐𝔃0Ωα"),
        ("fraktur", "𝔄𝔷0Ωα"),
        ("double_struck", "𝔸𝕫𝟘Ωα"),
        ("fraktur_bold", "𝕬𝖟0Ωα"),
        ("sans", "𝖠𝗓𝟢Ωα"),
        ("sans_bold", "𝗔𝘇𝟬𝝮𝝰"),
        ("sans_italic", "𝘈𝘻0Ωα"),
        ("sans_bold_italic", "𝘼𝙯0𝞨𝞪"),
        ("monospace", "𝙰𝚣𝟶Ωα"),
        ("underline", "A̲z̲0̲Ω̲α̲"),
        ("strikethrough", "A̶z̶0̶Ω̶α̶"),
        ("circled", "Ⓐⓩ⓪Ωα"),
        ("circled_negative", "🅐z⓿Ωα"),
        ("squared", "🄰z0Ωα"),
        ("squared_negative", "🅰z0Ωα"),
        ("fullwidth", "Ａｚ０Ωα"),
        ("small_caps", "Aᴢ0Ωα"),
        ("superscript", "ᴬᶻ⁰Ωα"),
        ("subscript", "A\u209f₀Ωα"),
    ],
)
def test_r1_letters_digits_and_greek_in_every_style(name: str, styled: str) -> None:
    assert style("Az0Ωα", name) == styled


def test_every_style_has_a_case_above() -> None:
    assert len(STYLES) == 23


@pytest.mark.parametrize(
    ("name", "plain", "styled"),
    [
        ("serif_italic", "h", "ℎ"),
        ("script", "BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ"),
        ("fraktur", "CHIRZ", "ℭℌℑℜℨ"),
        ("double_struck", "CHNPQRZ", "ℂℍℕℙℚℝℤ"),
    ],
)
def test_r2_holes_are_filled_from_letterlike_symbols(name: str, plain: str, styled: str) -> None:
    assert style(plain, name) == styled
    assert unstyle(styled) == plain


def test_r2_the_irregular_letters() -> None:
    assert style("Ϝϝ ıȷ", "serif_bold") == "𝟊𝟋 ıȷ"
    assert style("Ϝϝ ıȷ", "serif_italic") == "Ϝϝ 𝚤𝚥"
    assert unstyle("\U0001d6a6") == "\U0001d6a6"


@pytest.mark.parametrize("text", ["—“”‘’…!?", "ßæøłŁ", "漢字かな", "Привет", "مرحبا", "שלום", "안녕", "\u200b\ue000"])
@pytest.mark.parametrize("name", [n for n in STYLES if n not in ("underline", "strikethrough")])
def test_r3_what_has_no_form_passes_unchanged(text: str, name: str) -> None:
    assert style(text, name) == text


def test_r4_a_precomposed_letter_becomes_its_form_and_its_marks() -> None:
    assert style("Café", "sans_bold") == "𝗖𝗮𝗳𝗲\u0301"
    assert style("é\u0323", "sans_bold") == "𝗲\u0323\u0301"
    assert style("Ά", "serif_bold") == "𝚨\u0301"


def test_r5_only_canonical_decomposition() -> None:
    assert style("ﬁ ™ ① ½ µ ²", "sans_bold") == "ﬁ ™ ① ½ µ ²"
    assert style("\u212b \u212a \u2126", "sans_bold") == "𝗔\u030a 𝗞 𝝮"


@pytest.mark.parametrize("kept", ["각", "\u1100\u1161\u11a8", "й", "и\u0306", "\u0958", "\u0344", "か\u3099", "\u2000"])
def test_r6_clusters_that_do_not_change_keep_their_code_points(kept: str) -> None:
    assert style(f"a 漢{kept} b", "sans_bold") == f"𝗮 漢{kept} 𝗯"
    assert unstyle(f"𝗮 漢{kept} 𝗯") == f"a 漢{kept} b"


@pytest.mark.parametrize(
    "kept",
    [
        "https://example.com/A_(b)?c=D#e",
        "HTTP://EXAMPLE.COM",
        "www.example.com",
        "example.com/path",
        "lnkd.in/aB3",
        "jo.doe+x@example.co.uk",
        "@jo_doe",
        "@jo@example.social",
        "#ISO27001",
        "#Über_2024",
        "＃タグa",
    ],
)
@pytest.mark.parametrize("name", ["sans_bold", "circled", "underline"])
def test_r7_links_addresses_mentions_and_tags_are_never_styled(kept: str, name: str) -> None:
    assert style(kept, name) == kept
    assert style(f"({kept}), ok", name).replace("\u0332", "")[1 : len(kept) + 1] == kept
    assert toggle(kept, "bold") == kept


def test_r7_a_tag_needs_a_letter_and_a_bare_host_is_prose() -> None:
    assert style("#2024", "sans_bold") == "#𝟮𝟬𝟮𝟰"
    assert style("example.com", "sans_bold") == "𝗲𝘅𝗮𝗺𝗽𝗹𝗲.𝗰𝗼𝗺"
    assert style("Node.js/Deno and/or", "sans_bold") == "𝗡𝗼𝗱𝗲.𝗷𝘀/𝗗𝗲𝗻𝗼 𝗮𝗻𝗱/𝗼𝗿"


@pytest.mark.parametrize(
    "kept", ["1️⃣", "2\u20e3", "#️⃣", "7️", "🇩🇪", "👩‍💻", "❤️", "❤", "👍🏽", "a🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "ℹ️", "©", "🅰", "🇦", "👩\u0332"]
)
@pytest.mark.parametrize("name", STYLES)
def test_r8_emoji_are_never_altered(kept: str, name: str) -> None:
    assert style(kept, name) == kept
    assert unstyle(kept) == kept
    assert remove(kept, "underline") == kept


def test_r10_a_style_replaces_a_style() -> None:
    assert style("𝗔𝗯𝟭", "serif_bold") == "𝐀𝐛𝟏"
    assert style("𝗔𝗯𝟭", "sans_italic") == "𝘈𝘣1"
    assert style("𝐡", "serif_italic") == "ℎ"
    assert style("𝗲\u0301 𝝰\u0301", "sans_italic") == "𝘦\u0301 ά"
    assert style("𝗮̲", "sans_italic") == "𝘢̲"


@pytest.mark.parametrize(
    ("before", "attr", "after"),
    [
        ("Ab1", "bold", "𝗔𝗯𝟭"),
        ("Ab1", "italic", "𝘈𝘣1"),
        ("𝘈𝘣1", "bold", "𝘼𝙗𝟭"),
        ("𝗔𝗯𝟭", "italic", "𝘼𝙗𝟭"),
        ("𝐴ℎ", "bold", "𝑨𝒉"),
        ("𝐀𝐡𝟎", "italic", "𝑨𝒉𝟎"),
        ("𝒜ℬ", "bold", "𝓐𝓑"),
        ("𝔄ℭ", "bold", "𝕬𝕮"),
        ("𝖠𝟢", "bold", "𝗔𝟬"),
        ("𝙰𝔸ⓐ", "bold", "𝙰𝔸ⓐ"),
        ("𝒜𝔄𝙰𝔸", "italic", "𝒜𝔄𝙰𝔸"),
        ("α", "bold", "𝝰"),
        ("α", "italic", "α"),
        ("é", "italic", "𝘦\u0301"),
    ],
)
def test_r11_adding(before: str, attr: str, after: str) -> None:
    assert add(before, attr) == after


@pytest.mark.parametrize(
    ("before", "attr", "after"),
    [
        ("𝘼𝙗𝟭", "bold", "𝘈𝘣1"),
        ("𝘼𝙗𝟭", "italic", "𝗔𝗯𝟭"),
        ("𝑨𝒉", "bold", "𝐴ℎ"),
        ("𝑨𝒉", "italic", "𝐀𝐡"),
        ("𝗔𝟬𝐀", "bold", "A0A"),
        ("𝘈𝐴ℎ", "italic", "AAh"),
        ("𝓐𝓑𝕬𝕮", "bold", "𝒜ℬ𝔄ℭ"),
        ("𝞪", "bold", "𝞪"),
        ("𝖠𝙰𝔸", "bold", "𝖠𝙰𝔸"),
        ("𝗲\u0301", "bold", "é"),
        ("a̶̲", "underline", "a̶"),
        ("a̶̲", "strikethrough", "a̲"),
    ],
)
def test_r11_removing_leaves_the_rest(before: str, attr: str, after: str) -> None:
    assert remove(before, attr) == after


def test_r12_toggle() -> None:
    assert toggle("ab", "bold") == "𝗮𝗯"
    assert toggle("𝗮b", "bold") == "𝗮𝗯"
    assert toggle("𝗮, 𝗯 漢 👍 𝚡", "bold") == "a, b 漢 👍 𝚡"
    assert toggle("𝟭 𝘢", "italic") == "𝟭 a"
    assert toggle("a̲ b̲", "underline") == "a b"
    assert toggle("a̲ b", "underline") == "a̲ b̲"
    assert toggle("漢字 👍", "bold") == "漢字 👍"


def test_r13_unstyle_is_not_nfkc() -> None:
    for kept in "…™²½ﬁ①№℃ℹℓℏⅅⅆⓐ🄰ａᴀᵃₐ":
        assert unstyle(kept) == kept
    assert unstyle("𝗲\u0301 \u212b 𝗮̲b̶") == "é \u212b ab"


def test_r14_unstyle_gives_the_text_back() -> None:
    text = "Ệ naïve ﬁ ½ 각 й 1️⃣ #Tag https://a.example.com/é 👩‍💻 Ωμέγα"
    for name in ("sans_bold", "serif_italic", "double_struck", "monospace"):
        assert unstyle(style(text, name)) == text
    assert unstyle(style("e\u0301 и\u0306", "sans_bold")) == "é и\u0306"


def test_r15_lines() -> None:
    assert style("a b\n", "underline") == "a̲ b̲\n"
    assert style("é", "strikethrough") == "é\u0336"
    assert style("a\u0323\u0301", "underline") == "ạ\u0332\u0301"
    assert style("👍 1️⃣ x\u200b", "underline") == "👍 1️⃣ x̲\u200b"
    assert style("각क्षि", "underline") == "각̲क्षि̲"
    assert style(style("ab", "underline"), "underline") == "a̲b̲"
    assert unstyle("\u1100\u1161\u0332") == "가"


def test_r16_a_selection_is_widened() -> None:
    assert style_range("e\u0301x", 1, 2, "sans_bold") == "𝗲\u0301x"
    assert style_range("abc", 1, 2, "sans_bold") == "a𝗯c"
    assert add_range("e\u0301x", 1, 2, "underline") == "é\u0332x"
    assert remove_range("a̲b̲", 1, 2, "underline") == "ab̲"
    assert toggle_range("ab", 0, 1, "italic") == "𝘢b"
    assert unstyle_range("𝗮𝗯", 1, 2) == "𝗮b"
    assert style_range("👩‍💻a", 1, 2, "sans_bold") == "👩‍💻a"
    assert style_range("abc", 2, 2, "sans_bold") == "abc"
    assert style_range("abc", -5, 99, "sans_bold") == "𝗮𝗯𝗰"
    assert style_range("a\r\nb", 1, 2, "underline") == "a\r\nb"


def test_r16_a_part_of_a_link_is_still_a_link() -> None:
    text = "see https://example.com/path now"
    assert style_range(text, 8, 20, "sans_bold") == text
    assert style_range(text, 0, 20, "sans_bold") == "𝘀𝗲𝗲 https://example.com/path now"
    assert edit_range(text, 0, 3, "style", "sans_bold").replacement == "𝘀𝗲𝗲"


def test_r17_decorative_letters_are_one_way() -> None:
    for text in ("ⓐⒷ①", "🅐⓿", "🄰", "🅰", "ａＢ", "ᴀʙ", "ᵃᴮ²", "ₐ₁"):
        assert unstyle(text) == text
        assert style(text, "sans_bold") == text
        for attr in ("bold", "italic"):
            assert add(text, attr) == remove(text, attr) == toggle(text, attr) == text
    assert style("𝗮", "circled") == "ⓐ"
    assert style("𝘄x", "subscript") == "\u209dₓ"


def test_unknown_names_are_refused_with_a_list() -> None:
    with pytest.raises(UsageError, match="sans_bold, sans_italic"):
        style("a", "comic")
    for change in (add, remove, toggle):
        with pytest.raises(UsageError, match="bold, italic, underline, strikethrough"):
            change("a", "sans_bold")
    with pytest.raises(UsageError, match="toggle, unstyle"):
        edit_range("a", 0, 1, "embolden", "bold")


def test_lone_surrogates_and_empty_text_pass() -> None:
    assert style("", "sans_bold") == unstyle("") == toggle("", "bold") == ""
    assert style("\ud800a", "sans_bold") == "\ud800𝗮"


def test_the_cases_that_other_packages_are_measured_by() -> None:
    for case in CASES:
        result = style(case.text, case.name) if case.operation == "style" else unstyle(case.text)
        assert result == case.expected, case
