"""The languages beside English, read as an editor would: what a native would strike does not come through."""

import re
from pathlib import Path

import pytest

from composer import evidence, sources
from composer.post import layout
from composer.post.builtin import BuiltinWriter
from composer.post.model import Brief, Finished, Post
from composer.post.tongues.claims import claims
from composer.post.tongues.head import titled
from composer.post.tongues.model import tongue
from composer.post.tongues.told import Mouth, tell, written
from composer.sources.model import Segment, Transcript

TALKS = Path(__file__).parent / "fixtures" / "talks"


def post_of(path: Path, brief: Brief, variant: int = 0) -> Post:
    *_, last = BuiltinWriter().write(evidence.gather([sources.read(path)]), brief, variant)
    assert isinstance(last, Finished)
    return last.post


def mouth() -> Mouth:
    return Mouth("Brandt", "“{text}”, {who}.", "")


NO_PARTNER = [
    # A connector that leans on the sentence before goes, and the rest stands.
    ("de", "Ein Leuchtturm braucht aber immer zwei Wärter.", "Ein Leuchtturm braucht immer zwei Wärter."),
    ("de", "Die Glocken kommen übrigens aus einer kleinen Gießerei.", "Die Glocken kommen aus einer kleinen Gießerei."),
    ("de", "Man muss also für jede Brücke zweimal zahlen.", "Man muss für jede Brücke zweimal zahlen."),
    ("de", "Allerdings, ein Deich hält nur so lange wie sein Fuß.", "Ein Deich hält nur so lange wie sein Fuß."),
    ("fr", "Toutefois, les vergers gèlent plus tôt qu'avant.", "Les vergers gèlent plus tôt qu’avant."),
    ("fr", "Réparer un puits coûte donc moins cher que le creuser.",
     "Réparer un puits coûte moins cher que le creuser."),
    ("es", "Por otra parte, los molinos trabajan mejor de noche.", "Los molinos trabajan mejor de noche."),
    ("pt", "Por outro lado, o moinho gasta menos água de noite.", "O moinho gasta menos água de noite."),
    ("zh", "相反，保留渡口的村子人口没有减少。", "保留渡口的村子人口没有减少。"),
    ("ja", "あるいは、渡し船を残した村は人口が減っていません。", "渡し船を残した村は人口が減っていません。"),
    # A recogniser leaves out the comma that the language asks for.
    ("de", "Die Stadt behauptet dass jede Laterne bezahlt ist.", "Die Stadt behauptet, dass jede Laterne bezahlt ist."),
    ("es", "El precio no depende del molino depende del río.", "El precio no depende del molino, depende del río."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "written_"), NO_PARTNER)
def test_a_connector_without_its_partner_goes(language: str, said: str, written_: str) -> None:
    told = tell(said, mouth(), tongue(language))
    assert told is not None
    assert told.text == written_


NO_CLAIM = [
    ("de", "Inwieweit der Deich noch hält, sei dahingestellt."),
    ("de", "Ob die Fähre im Winter fährt, ist offen."),
    ("de", "Nicht zuletzt hat auch der Müller seinen Anteil daran."),
    ("fr", "La question du barrage reste entière."),
    ("fr", "En Bretagne ils l'ont supprimé, et les phares ferment."),
    ("fr", "Il en manque trois mille, parce que la formation coûte cher."),
    ("es", "Cabe preguntarse si el puente aguantará otro invierno."),
    ("pt", "Não se sabe ao certo para onde vai a lenha."),
    ("pt", "Cada forno gasta um saco de lenha quer dizer gasta um saco por dia."),
    ("zh", "渡口是否恢复，还需要进一步研究。"),
    ("ja", "火を弱めると器が割れると言われていました。"),
    # A start that was given up, and what the recogniser made of one.
    ("de", "Das Moor ist ein stilles Wunder ein stilles Rätsel für alle."),
    ("fr", "Le filet coûte trois trois euros au marché du port."),
    ("pt", "Parte dele volta ao mercado como lenha barata."),
]


@pytest.mark.parametrize(("language", "said"), NO_CLAIM)
def test_what_claims_nothing_or_points_back_is_passed_over(language: str, said: str) -> None:
    assert tell(said, mouth(), tongue(language)) is None


TOLD = [
    # A subject that is taken up again is said once.
    ("de", "Der Deichgraf, ein Bauer aus dem Süden, der hat die Fähre gebaut.",
     "Der Deichgraf, ein Bauer aus dem Süden, hat die Fähre gebaut."),
    ("de", "Die Fähre, die liegt seit neun Jahren im Hafen.", "Die Fähre liegt seit neun Jahren im Hafen."),
    ("fr", "La meunière, Odile Ferrand, elle garde les clés du moulin.",
     "La meunière, Odile Ferrand, garde les clés du moulin."),
    # What is made of a thing is no filler.
    ("fr", "Le moulin est vieux, et on en fait un musée.", "Le moulin est vieux, et on en fait un musée."),
    # Who is meant stands without the "seu" of speech.
    ("pt", "O forno mais velho é do seu Anselmo Prates e dura o dia todo.",
     "O forno mais velho é de Anselmo Prates e dura o dia todo."),
    # Marks as the language sets them.
    ("zh", "渡口停了三年,村里的人口少了一半。", "渡口停了三年，村里的人口少了一半。"),
    ("ja", "窯を開ける人は,村の石田さんです。", "窯を開ける人は、村の石田さんです。"),
    # What speech runs together, and a sentence that ends in a figure.
    ("ja", "村の窯では今も毎朝職人が火を入れて走ってます。", "村の窯では今も毎朝職人が火を入れて走っています。"),
    ("ja", "窯の修理には半年、費用は九百万円。", "窯の修理には半年、費用は九百万円です。"),
    ("ja", "灰の値段は去年上がりましたけど、器の値段は同じです。",
     "灰の値段は去年上がりましたが、器の値段は同じです。"),
    # A sentence that ends inside its quotation has had its stop.
    ("de", "Der Müller sagt dazu nur: „Wer mahlt, der zahlt.“", "Der Müller sagt dazu nur: „Wer mahlt, der zahlt.“"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "told"), TOLD)
def test_what_speech_does_to_a_sentence_is_mended(language: str, said: str, told: str) -> None:
    found = tell(said, mouth(), tongue(language))
    assert found is not None
    assert found.text == told


UNTOLD = [
    # Taken back, half of a quotation, a share of what was said before, the list of who sits there.
    ("fr", "Le moulin broie cent sacs, non, pardon, mille sacs par an."),
    ("es", "El molino muele cien sacos, perdón, mil sacos al año."),
    ("fr", "Le meunier le répète : « Une roue qui dort ne moud rien."),
    ("de", "18 Prozent hängen noch an der alten Leitung."),
    ("es", "El 60 por ciento lo pone la provincia."),
    ("pt", "Em 2015, oitenta por cento ia para o porto vizinho."),
    ("pt", "A equipe dele ficou em terceiro lugar no torneio."),
    ("de", "Auf dem Podium sitzen der Bürgermeister und zwei Fischer."),
    ("es", "Acta transcrita de la junta del molino, tres de mayo."),
    ("ja", "一番多かったのは、灰の匂いです。"),
    ("zh", "说错了，是一千袋面粉，不是一百袋。"),
    # Who is pointed at; a heading; half of an answer; what somebody felt.
    ("de", "Die lernt jetzt in der Stadt das Müllern."),
    ("de", "Heute ist die auf fünf Monate ausgebucht."),
    ("ja", "【対談】「火を弱める窯がいちばん長く残る」村の陶工に聞きます。"),
    ("zh", "国庆以后开工的话，十一月二十号之前。"),
    # A pronoun that begins a sentence, behind which a word follows.
    ("fr", "Il vient au moulin depuis neuf ans déjà."),
    ("es", "Lo pagó la provincia con dinero del puerto."),
]


@pytest.mark.parametrize(("language", "said"), UNTOLD)
def test_what_a_stranger_cannot_follow_is_passed_over(language: str, said: str) -> None:
    assert tell(said, mouth(), tongue(language)) is None


@pytest.mark.parametrize(
    ("language", "said", "quoted"),
    [
        ("fr", "On vend douze mille sacs de farine par an au marché.",
         "“On vend douze mille sacs de farine par an au marché”, Brandt."),
        ("de", "Wir brauchen 30 Boote statt der alten 18 im Hafen.",
         "“Wir brauchen 30 Boote statt der alten 18 im Hafen”, Brandt."),
        ("es", "Damos de comer a 400 familias sin pedir nada.",
         "“Damos de comer a 400 familias sin pedir nada”, Brandt."),
    ],
)  # fmt: skip
def test_a_group_that_counts_is_quoted_and_not_everybody(language: str, said: str, quoted: str) -> None:
    told = tell(said, mouth(), tongue(language))
    assert told is not None
    assert told.quoted
    assert told.text == quoted


def test_a_clause_beside_it_gives_a_sentence_no_verb() -> None:
    told = tell("Un molino de piedra, que muele mil sacos al año.", mouth(), tongue("es"))
    assert told is None or not told.sure
    for said in (
        "Eine Mühle am Fluss, geliefert von der alten Gießerei.",
        "Ein Rad, ein Stein, insgesamt neunzig Teile.",
    ):
        told = tell(said, mouth(), tongue("de"))
        assert told is None or not told.sure


def test_who_asks_is_the_host_under_every_label(tmp_path: Path) -> None:
    turns = [
        "Animatrice (Jeanne Aubry) : Bonjour à tous, nous parlons du moulin avec Paul Rive.",
        "Paul : Le moulin broie mille sacs par an, et la rivière ne coûte rien.",
        "Jeanne : Et combien de meuniers reste-t-il ?",
        "Paul : La vallée comptait neuf meuniers, il en reste un seul pour trois villages.",
        "Jeanne : Qui paie la roue ?",
        "Paul : La commune paie la roue, parce que sans roue le marché du samedi disparaît.",
    ]
    path = tmp_path / "moulin.txt"
    path.write_text("\n\n".join(turns), encoding="utf-8")
    post = post_of(path, Brief())
    assert "Jeanne" not in layout.lay(post).plain


POLITE = [
    ("この窯は村でただ一つの窯である。", "この窯は村でただ一つの窯です。"),
    ("窯の火は三日のあいだ消えない。", "窯の火は三日のあいだ消えません。"),
    ("灰を集める人は村に誰もいない。", "灰を集める人は村に誰もいません。"),
    ("土は休ませるとよく伸びる。", "土は休ませるとよく伸びます。"),
    ("煙突が低いと火は長く残る。", "煙突が低いと火は長く残ります。"),
    ("職人の数は十年で半分に減った。", "職人の数は十年で半分に減りました。"),
    ("土の値段は十年前よりも高い。", "土の値段は十年前よりも高いです。"),
    ("窯を開けるのは春だけだった。", "窯を開けるのは春だけでした。"),
    ("灰は手で集めるしかない。", "灰は手で集めるしかありません。"),
    ("割れるのは器のせいではなかった。", "割れるのは器のせいではありませんでした。"),
]


@pytest.mark.parametrize(("said", "polite"), POLITE)
def test_a_japanese_post_is_polite_from_end_to_end(said: str, polite: str) -> None:
    form = tongue("ja")
    assert written(said, form) == polite
    assert written(polite, form) == polite
    assert not form.plain.search(polite.rstrip("。"))


@pytest.mark.parametrize(
    ("claim", "head"),
    [
        ("陶工が辞める理由は、給料ではなく腰です", "陶工が辞める理由は、給料ではなく腰"),
        ("土の良し悪しは色ではなく匂いで決まるのです", "土の良し悪しは色ではなく匂いで決まる"),
        ("窯が消えると村の冬も消えます", "窯が消えると村の冬も消える"),
        ("灰を捨てる窯は長く続きません", "灰を捨てる窯は長く続きません"),
    ],
)
def test_a_japanese_headline_ends_plainly(claim: str, head: str) -> None:
    assert titled(claim, tongue("ja")) == head


def test_only_what_asks_has_a_question_mark() -> None:
    for name in ("wecker.txt", "reunions.md", "faros.json", "borracha.md", "diaolv.txt", "basu.md"):
        for variant in (0, 1):
            post = post_of(TALKS / name, Brief(), variant)
            asks = re.search(r"(?i)\b(?:was|worauf|que|qué|où|onde|dónde)\b|什么|哪里|怎么|か$", post.headline)
            assert post.headline_emoji != "❓" or asks, post.headline
            assert post.headline_emoji not in [point.emoji for point in post.points]


def gathered(text: str, language: str) -> evidence.Evidence:
    return evidence.gather([Transcript("text", language, None, (Segment(None, None, None, text),))])


def test_the_spoken_article_before_a_name_goes_and_the_one_before_a_noun_stays() -> None:
    text = (
        "Der Brandner hat den Turm dreimal umgebaut. Josef Brandner war Zimmermann in Halsbach. "
        "Brandner hat auch die Brücke gebaut. Der Turm hat heute keine Glocke mehr. "
        "Für Josef Brandner war jede Brücke ein Versprechen an das andere Ufer."
    )
    found = claims(gathered(text, "de"), "de")
    told = " ".join(claim.text for claim in found)
    assert "Brandner hat den Turm dreimal umgebaut." in told
    assert "Der Brandner" not in told
    assert "Der Turm hat" in told


def test_pauses_stand_for_the_marks_a_recogniser_leaves_out() -> None:
    text = (
        "大家好 我在渡口工作了很多年 渡船最贵的不是柴油 是等人的时间 一条船每天只坐满两次 所以票价降不下来 "
        "码头搬到车站旁边以后 乘客多了一倍 老人坐船不要钱 老人坐船的时间最早 年轻人坐桥上的车 "
        "桥上的车比渡船贵 但是桥上的车比渡船快 渡船慢有慢的好处 船上的人会说话 车上的人看手机 "
        "下雨天渡船不开 桥也不好走 渡口的灯必须亮到最后一个人回家 灯一灭 村子就远了 "
        "船票三十年没有涨过 修船的钱每年都在涨 县里给的补贴不够买油 没有渡口的村子留不住老师 "
        "学生坐船上学 风大就要等 等船的时候他们写作业 谢谢大家"
    )
    found = claims(gathered(text, "zh"), "zh")
    assert any(claim.text == "渡船最贵的不是柴油，是等人的时间。" for claim in found)
    assert not any("谢谢" in claim.text or "大家好" in claim.text for claim in found)


def test_chatter_gives_a_few_of_its_own_words_and_says_so() -> None:
    cues = [
        "vai chover no telhado da Zilda", "quem guarda a panela não guarda o segredo", "a Zilda foi buscar a lenha",
        "olha aqui o gato", "eu não vi nada", "o gato da Zilda dorme na panela", "ai gente que calor",
        "o telhado da Zilda caiu com o gato", "só volta com a lenha amanhã a Zilda",
    ]  # fmt: skip
    segments = tuple(Segment(float(at), float(at + 2), None, cues[at % len(cues)]) for at in range(27))
    found = evidence.gather([Transcript("srt", "pt", None, segments, kind="talk")])
    for shape in ("take", "list"):
        *_, last = BuiltinWriter().write(found, Brief(shape=shape))
        assert isinstance(last, Finished)
        assert 0 < len(last.post.points) <= 4
        assert all(point.text.startswith("“") for point in last.post.points)
        assert not last.post.conclusion
        assert "Tudo cabe" not in layout.lay(last.post).plain


def test_who_only_asks_without_a_mark_is_the_host() -> None:
    turns = [
        ("水沢", "戸田さんは何年ほど窯を守っているのですか。"),
        ("戸田", "もう三十年になります。窯の火は、薪の量ではなく風で決まります。"),
        ("水沢", "薪はどこから来るのですか。"),
        ("戸田", "薪は隣の村の松です。松は油が多いので、火がよく伸びます。松がなくなると、この色は出ません。"),
        ("水沢", "お弟子さんはいますか。"),
        ("戸田", "弟子は二人います。二人とも町から来ました。窯を継ぐのは、生まれた人ではなく残った人です。"),
    ]
    segments = tuple(Segment(None, None, name, text) for name, text in turns)
    found = evidence.gather([Transcript("text", "ja", None, segments, kind="conversation")])
    *_, last = BuiltinWriter().write(found, Brief())
    assert isinstance(last, Finished)
    plain = layout.lay(last.post).plain
    assert "戸田さんに聞く" in plain
    assert "水沢" not in plain


def test_a_text_that_greets_is_a_talk() -> None:
    text = (
        "Guten Abend zusammen. Ein Moor speichert mehr Wasser als jeder Stausee. Ein nasses Moor brennt nicht. "
        "Wer ein Moor entwässert, verkauft den Regen von morgen. Vielen Dank fürs Zuhören."
    )
    *_, last = BuiltinWriter().write(gathered(text, "de"), Brief())
    assert isinstance(last, Finished)
    assert "Vortrag" in last.post.announcing
