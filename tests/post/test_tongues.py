"""The languages beside English: their files, their gates, their labels, and that a new one is a file."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import evidence, sources
from composer.paths import resource
from composer.post import checks, layout, phrases
from composer.post.builtin import BuiltinWriter
from composer.post.model import Brief, Finished, Post
from composer.post.tongues import model as tongues
from composer.post.tongues.model import spoken_here, tongue
from composer.post.tongues.nouns import label, study
from composer.post.tongues.subjects import subjects
from composer.post.tongues.told import Mouth, tell, written
from composer.sources.model import Segment, Transcript
from composer.text.style import style

HERE = Path(__file__).parent
TALKS = HERE / "fixtures" / "talks"
HERE_SPOKEN = ("de", "es", "fr", "ja", "pt", "zh")
QUOTE = {"de": "„{text}“, sagt {who}.", "fr": "« {text} », dit {who}.", "ja": "「{text}」と{who}さんは話します。"}


def post_of(path: Path, brief: Brief, variant: int = 0) -> Post:
    *_, last = BuiltinWriter().write(evidence.gather([sources.read(path)]), brief, variant)
    assert isinstance(last, Finished)
    return last.post


def mouth(language: str) -> Mouth:
    return Mouth("Brandt", QUOTE.get(language, "“{text}”, {who}."), "")


def table(language: str) -> dict[str, object]:
    return tomllib.loads(resource(f"tongues/{language}.toml").read_text(encoding="utf-8"))


def test_the_languages_that_come_with_the_app() -> None:
    assert spoken_here() == HERE_SPOKEN
    assert ("en", *HERE_SPOKEN) == phrases.LANGUAGES


@pytest.mark.parametrize("language", HERE_SPOKEN)
def test_a_file_is_whole(language: str) -> None:
    whole, here = table("de"), table(language)
    fixed = here["phrases"]
    assert isinstance(fixed, dict)
    for key in ("announce", "announce_list", "opening"):
        assert set(fixed[key]) == set(whole["phrases"][key])  # type: ignore[index]
        for row in fixed[key].values():
            for text in row:
                text.format(
                    speaker="a", names="a", author="a", about="a", event="a", place="a", n="1", topics="a", over="a"
                )
    for key in (
        "conclusion",
        "note",
        "colon",
        "says",
        "question",
        "claim",
        "section",
        "centre",
        "start",
        "more",
        "end",
    ):
        assert fixed[key]
    for key in ("spoken", "gate", "turn", "worth", "people", "headline", "nouns"):
        assert here[key], key
    assert tongue(language).turns
    assert tongue(language).nouns.patterns


OUT = [
    # Greetings, housekeeping, adverts, the room.
    ("de", "Guten Abend zusammen, schön, dass so viele gekommen sind."),
    ("de", "Die Folien bekommen Sie nachher per Mail."),
    ("fr", "Bonsoir à toutes et à tous, merci d'être là malgré la pluie."),
    ("fr", "N'oubliez pas de vous abonner à ce podcast."),
    ("es", "Muchas gracias a todos, si tenéis preguntas estoy por aquí."),
    ("pt", "Obrigado pela atenção, tenho tempo para duas ou três perguntas."),
    ("zh", "大家早上好，非常感谢各位今天来到这里。"),
    ("ja", "本日はお越しいただきありがとうございます。"),
    # A start that leans on what went before.
    ("de", "Das hat in der Ausschreibung damals leider keiner bedacht."),
    ("de", "Sie stehen dann jede Woche wieder vor der Tür."),
    ("fr", "Elle coûte beaucoup plus cher que la transformation."),
    ("es", "Eso cuesta mucho más que un kilómetro de autopista."),
    ("pt", "Isso custa muito mais do que um quilômetro de estrada."),
    ("zh", "这比任何包装都更能保鲜，成本也更低。"),
    ("ja", "それは町で唯一の無料の居場所になりました。"),
    # Half a sentence, a question, a start given up, a pronoun before its noun.
    ("de", "Ein Bordstein, der fünf Zentimeter höher ist als"),
    ("de", "Bei ihm kostet der Umbau der Straße nur die Hälfte."),
    ("de", "Was passiert denn im Winter, wenn alles gefroren ist?"),
    ("fr", "Est-ce que la clôture protège vraiment le troupeau du loup ?"),
    ("es", "El problema del agua es que el pozo es que"),
    ("pt", "A borracha é a borracha é o objeto mais caro da sala."),
    # The listener is spoken to.
    ("de", "Ihr nehmt euch am besten eine Schaufel und einen Eimer mit."),
    ("es", "Vosotros podéis plantar almendros entre las filas de tomates."),
    ("pt", "Vocês podem testar isso com água da torneira em casa."),
    ("zh", "你们可以先从最便宜的蔬菜开始种。"),
]


@pytest.mark.parametrize(("language", "said"), OUT)
def test_what_is_of_the_moment_or_half_is_not_told(language: str, said: str) -> None:
    assert tell(said, mouth(language), tongue(language)) is None


IN = [
    ("de", "Und, ähm, Regen ist halt kein Abfall, sondern der billigste Rohstoff, den eine Stadt hat, ne.",
     "Regen ist kein Abfall, sondern der billigste Rohstoff, den eine Stadt hat."),
    ("de", "Seitdem glaube ich, dass ein fertiges Beispiel mehr überzeugt als zwanzig Versammlungen.",
     "Brandt glaubt, dass ein fertiges Beispiel mehr überzeugt als zwanzig Versammlungen."),
    ("de", "Ich hab drei Jahre gebraucht, um das mit dem Wecker zu verstehen.", None),
    ("de", "Wir haben im ersten Monat dreißig Prozent vom Umsatz verloren.",
     "„Wir haben im ersten Monat dreißig Prozent vom Umsatz verloren“, sagt Brandt."),
    ("fr", "Et en fait, la réunion, elle coûte plus d'une heure à chaque équipe, quoi.",
     "La réunion coûte plus d’une heure à chaque équipe."),
    ("fr", "Je pense que la réunion est devenue une façon de se rassurer.",
     "Selon Brandt, la réunion est devenue une façon de se rassurer."),
    ("es", "Bueno, pues creo que la gente no quiere coches, quiere llegar.",
     "Según Brandt, la gente no quiere coches, quiere llegar."),
    ("es", "O sea, el semáforo más seguro es el que no hace falta, ¿no?",
     "El semáforo más seguro es el que no hace falta."),
    ("pt", "Então, eu acho que a escola trata o erro como sujeira.",
     "Para Brandt, a escola trata o erro como sujeira."),
    ("pt", "Olha, um caderno limpo só mostra que ninguém pensou ali dentro, né?",
     "Um caderno limpo só mostra que ninguém pensou ali dentro."),
    ("zh", "那个，其实呢，顾客不缺少书，顾客缺少的是可以信任的推荐，对吧。",
     "顾客不缺少书，顾客缺少的是可以信任的推荐。"),
    ("zh", "我认为，农业的问题不在田里，而在路上。", "Brandt认为，农业的问题不在田里，而在路上。"),
    ("ja", "えーと、路線バスの最大の問題は、まあ、待ち時間の長さです。",
     "路線バスの最大の問題は、待ち時間の長さです。"),
    ("ja", "私は、バスは乗り物ではなく、約束だと思います。",
     "Brandtさんによれば、バスは乗り物ではなく、約束だといいます。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "written_"), IN)
def test_speech_is_told_as_writing(language: str, said: str, written_: str | None) -> None:
    told = tell(said, mouth(language), tongue(language))
    assert (told.text if told else None) == written_


LABELS = [
    ("de", "Das Teure ist nicht der Bau, sondern die Pflege.", "Die Pflege"),
    ("de", "Ein alter Stadtbaum verdunstet an einem heißen Tag rund vierhundert Liter Wasser.", "Alter Stadtbaum"),
    ("de", "Das Gesetz verlangt die Aufbewahrung der Originale.", "Aufbewahrung der Originale"),
    ("fr", "La fatigue vient surtout du nombre d’interruptions.", "Le nombre d’interruptions"),
    ("fr", "Une matinée coupée ne contient plus une seule heure de vrai travail.", "La matinée coupée"),
    ("es", "Con los árboles bajó mucho la temperatura del suelo.", "La temperatura del suelo"),
    ("pt", "Um exame só serve quando muda a decisão do médico.", "A decisão do médico"),
    ("de", "Eine Brücke aus Holz ist leiser als eine Brücke aus Stahl.", "Leiser als eine Brücke"),
    ("fr", "Un vélo qui roule coûte moins cher que le garage.", "Moins cher que le garage"),
    ("es", "Un río que corre es más barato que un canal.", "Más barato que un canal"),
    ("pt", "Quem cuida da ponte é a prefeitura de Vila Clara.", "A prefeitura de Vila Clara"),
    ("ja", "渡し場で足りないのは船ではなく船頭です。", "船ではなく船頭"),
    ("zh", "没有夜班车的城市，只属于有车的人。", "没有夜班车的城市"),
    ("ja", "世界中の美術館が、百年前と同じ紙を探しています。", "世界中の美術館"),
]


@pytest.mark.parametrize(("language", "text", "name"), LABELS)
def test_a_label_is_a_phrase_of_its_language(language: str, text: str, name: str) -> None:
    found = evidence.gather([Transcript("text", language, None, (Segment(None, None, None, text),))])
    assert label(text, "", study(found, language), set()) == name


@pytest.mark.parametrize("name", ["wecker.txt", "puerto.txt", "diaolv.txt"])
@pytest.mark.parametrize("shape", ["take", "list"])
def test_who_asks_has_no_point_and_no_name_in_the_head(name: str, shape: str) -> None:
    source = sources.read(TALKS / name)
    host = source.speakers[0]
    post = post_of(TALKS / name, Brief(shape=shape))
    for point in post.points:
        assert any(source.segments[at].speaker != host for at in point.trace.segments)
    assert host not in layout.lay(post).plain


@pytest.mark.parametrize("name", ["wecker.txt", "reunions.md", "puerto.txt", "borracha.md", "diaolv.txt", "basu.md"])
def test_every_point_has_a_label_of_its_own_and_the_tags_are_the_talks(name: str) -> None:
    source = sources.read(TALKS / name)
    said = "".join(re.findall(r"\w", " ".join(f"{s.speaker or ''} {s.text}" for s in source.segments).lower()))
    said += "".join(re.findall(r"\w", source.fact("speaker") or "")).lower()
    for variant in (0, 1):
        post = post_of(TALKS / name, Brief(shape="list"), variant)
        labels = [point.label for point in post.points]
        assert all(labels)
        assert len(set(labels)) == len(labels)
        assert all("".join(re.findall(r"\w", tag)).lower() in said for tag in post.hashtags)


def test_subjects_carry_their_article() -> None:
    found = evidence.gather([sources.read(TALKS / "reunions.md")])
    assert all(re.match(r"(?:le|la|les) |l’", one) for one in subjects(found, study(found, "fr"), 3))


def test_each_language_sets_its_own_colon() -> None:
    assert "\u00a0:" in layout.lay(post_of(TALKS / "reunions.md", Brief())).plain
    assert "：" in layout.lay(post_of(TALKS / "diaolv.txt", Brief())).plain


@pytest.mark.parametrize("name", ["reunions.md", "diaolv.txt"])
@pytest.mark.parametrize("shape", ["take", "list"])
def test_a_post_is_read_back(name: str, shape: str) -> None:
    post = post_of(TALKS / name, Brief(shape=shape))
    laid = layout.lay(post)
    again = layout.parse(laid.text, laid=laid, language=post.language)
    assert [point.text for point in again.points] == [point.text for point in post.points]
    assert [point.label for point in again.points] == [point.label for point in post.points]
    assert again.conclusion == post.conclusion


def test_captions_without_stops_come_with_a_notice() -> None:
    cues = "eine hecke ist kein zaun sondern ein lebensraum und sie bremst den wind auf sechzig metern"
    words = cues.split()
    segments = tuple(Segment(float(at), float(at + 1), None, " ".join(words[at % 5 : at % 5 + 8])) for at in range(40))
    found = evidence.gather([Transcript("srt", "de", None, segments, kind="talk")])
    *_, last = BuiltinWriter().write(found, Brief())
    assert isinstance(last, Finished)
    assert any("full stops" in notice for notice in last.post.notices)


ITALIAN = """
[phrases]
conclusion = "Conclusione"
note = "Nota"
and = "e"
comma = ", "
stop = "."
colon = ": "
open_quote = "«"
close_quote = "»"
somebody = "chi parla"
says = "«{text}», dice {who}."
question = ["{topic}: che cosa conta"]
claim = ["{topic}: che cosa resta"]
author_says = "{author}"
comments = "I commenti"
replies = "Le risposte"
more = "Vale la pena sapere"
start = "Da dove parte"
end = "Dove porta"
section = "{topics}"
centre = ["In una frase: {claim}."]
stands_out = "Ecco che cosa resta."
[phrases.announce]
talk = ["Un discorso: {topics}"]
document = ["Appunti: {topics}"]
[phrases.announce_list]
talk = ["{n} idee: {topics}"]
document = ["{n} idee: {topics}"]
[phrases.opening]
talk = ["Si parla di {topics}."]
document = ["Si parla di {topics}."]
[gate]
moment = ["\\\\bgrazie\\\\b"]
"""


def test_a_new_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tongues").mkdir()
    (tmp_path / "tongues" / "it.toml").write_text(ITALIAN, encoding="utf-8")
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path))
    caches = (tongues._file, tongues.spoken_here, tongues.tongue, phrases._tables)
    for one in caches:
        one.cache_clear()
    try:
        text = (
            "Un ponte vecchio non cade di colpo, perde un mattone ogni inverno. Grazie a tutti per essere venuti qui. "
            "La città paga ogni anno tre ponti nuovi e nessuna riparazione. "
            "Un muratore che ascolta il ponte trova la crepa prima di una macchina. "
            "Riparare un ponte costa un decimo di un ponte nuovo."
        )
        found = evidence.gather([Transcript("text", "it", None, (Segment(None, None, None, text),))])
        *_, last = BuiltinWriter().write(found, Brief())
        assert isinstance(last, Finished)
        plain = layout.lay(last.post).plain
        assert "Appunti" in plain or "Un discorso" in plain
        assert "Grazie" not in plain
        assert not last.post.notices
    finally:
        monkeypatch.undo()
        for one in caches:
            one.cache_clear()


@pytest.mark.parametrize("name", ["wecker.txt", "basu.md"])
def test_the_same_bytes_whatever_the_hash_seed(name: str) -> None:
    code = (
        "import sys; from pathlib import Path; from composer import evidence, sources; "
        "from composer.post.builtin import BuiltinWriter; from composer.post.layout import lay; "
        "from composer.post.model import Brief; "
        "*_, e = BuiltinWriter().write(evidence.gather([sources.read(Path(sys.argv[1]))]), Brief()); "
        "sys.stdout.buffer.write(lay(e.post).text.encode())"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code, str(TALKS / name)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=HERE.parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    }
    assert len(outs) == 1


@given(st.sampled_from([*HERE_SPOKEN, "fi"]), st.text(max_size=160))
def test_any_text_is_told_or_passed_over(language: str, text: str) -> None:
    form = tongue(language)
    assert isinstance(written(text, form), str)
    told = tell(text, mouth(language), form)
    assert told is None or told.text


MIXED = ["der", "die", "das", "Haus", "le", "la", "maison", "el", "casa", "o", "a", "que", "qui", "ist", "est", "es"]
MIXED += ["é", "nicht", "pas", "no", "não", "und", "et", "y", "e", "pues", "né", "halt", "1987", "donc,", "bueno,"]


@given(st.sampled_from(["de", "fr", "es", "pt"]), st.lists(st.sampled_from(MIXED), min_size=1, max_size=30))
def test_telling_again_changes_nothing(language: str, words: list[str]) -> None:
    form = tongue(language)
    once = written(" ".join(words), form)
    assert written(once, form) == once


def test_an_accent_in_bold_makes_no_double() -> None:
    bold = style("Le point de départ", "sans_bold")
    assert not [one for one in checks.check(f"{bold}: la tournée commence à six heures.", "linkedin", sources=[])
                if one.kind == "repeat"]  # fmt: skip
