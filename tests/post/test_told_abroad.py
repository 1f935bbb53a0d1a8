"""What German, French, Spanish, Portuguese, Chinese and Japanese say in their own way, and a post in another."""

import pytest

from composer.post.grounding import check

AROUND = {
    "de": "Das ist ein ruhiger Satz davor. {} Danach sprechen wir vom Wetter und vom Garten.",
    "fr": "Voici une phrase calme avant. {} Ensuite on parle du temps et du jardin.",
    "es": "Esta es una frase tranquila antes. {} Luego hablamos del tiempo y del jardín.",
    "pt": "Esta é uma frase calma antes. {} Depois falamos do tempo e do jardim.",
    "zh": "这是前面的一句话，说的是天气。{}后来我们又聊了花园和孩子们。",
    "ja": "これは前の文で、天気の話をしています。{}そのあと庭と子どもたちの話をしました。",
}
# (language, what the source says, what a true post says, what a wrong one says)
SAID = [
    ("de", "Eine Kiste geht etwa vierzigmal herum.", "Eine Kiste geht rund 40-mal herum.", "Sie geht 60-mal herum."),
    ("de", "Ein gutes Viertel davon ist verkauft.", "Gut ein Viertel ist verkauft.", "Gut ein Drittel ist verkauft."),
    ("de", "wir haben montags zu und samstags bis zwölf auf", "Montags zu.", "Dienstags zu."),
    ("de", "Der Bus kam um drei viertel acht an.", "Der Bus kam um 7:45 Uhr an.", "Der Bus kam um 8:45 Uhr an."),
    ("de", "Zwei von drei Filtern halten.", "Zwei Drittel der Filter halten.", "Ein Drittel der Filter hält."),
    ("fr", "On a perdu soixante-douze pour cent des plants.", "Près des trois quarts.", "Près de la moitié."),
    ("fr", "Dans les années soixante-dix on a semé.", "Semé dans les années 70.", "Semé dans les années 80."),
    ("fr", "La récolte a été multipliée par cinq.", "Cinq fois plus de récolte.", "Sept fois plus de récolte."),
    ("fr", "Sept fois sur dix, ça tient.", "Dans 70 % des cas, ça tient.", "Dans 80 % des cas, ça tient."),
    ("fr", "Tous les lundis on se voit.", "Chaque lundi, on se voit.", "Chaque mardi, on se voit."),
    ("es", "En los ochenta se plantó.", "Se plantó en los años 80.", "Se plantó en los años 70."),
    ("es", "El barco sale a las diez de la noche.", "Salida: 22 h.", "Salida: 21 h."),
    ("es", "Siete de cada diez días sopla.", "El 70 % de los días sopla.", "El 80 % de los días sopla."),
    ("es", "Un euro con cincuenta cada uno.", "1,50 € cada uno.", "1,70 € cada uno."),
    ("es", "Sopló fuerte a las 4:51 del martes.", "Antes de las cinco de la mañana.", "Antes de las tres de la tarde."),
    ("pt", "das duas às quatro da tarde a quadra é deles", "A quadra é deles das 14h às 16h.", "Deles das 13h às 16h."),
    ("pt", "O barco sai ao meio-dia e meia.", "O barco sai às 12h30.", "O barco sai às 13h30."),
    ("pt", "Um real e cinquenta centavos o quilo.", "R$ 1,50 o quilo.", "R$ 1,70 o quilo."),
    ("pt", "Na segunda tem ensaio.", "Ensaio na segunda-feira.", "Ensaio na quinta-feira."),
    ("zh", "房租大概是两千五一个月。", "每月房租约2500元。", "每月房租约3500元。"),
    ("zh", "每斤八毛钱。", "每斤0.8元。", "每斤0.6元。"),
    ("zh", "第一年收了八吨半。", "第一年收成：8.5吨。", "第一年收成：8.9吨。"),
    ("zh", "十个人里有七个回来。", "七成的人回来。", "九成的人回来。"),
    ("zh", "利息是四点三五个点。", "利率4.35%。", "利率5.34%。"),
    ("zh", "打七折。", "七折优惠。", "五折优惠。"),
    ("zh", "一五年开始没人来了。", "2015年开始没人来。", "2016年开始没人来。"),
    ("es", "Llegué en dos mil once. En dos mil dieciocho me fui.", "Siete años.", "Se fue en 2019."),
    ("pt", "A vila pagou dois terços e a empresa pagou o resto.", "A empresa pagou um terço.", "A vila pagou metade."),
    ("ja", "隣の白波町にも店を出します。町は港です。", "白波町にも店を出す。", "黒波町にも店を出す。"),
    ("zh", "后来我女儿罗思琪给我拍视频。", "女儿罗思琪拍的视频。", "女儿罗思雨拍的视频。"),
    ("ja", "第二土曜日に開きます。", "毎月第2土曜日に開く。", "毎月第3土曜日に開く。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "true", "wrong"), SAID)
def test_figures_said_in_the_way_of_a_language(language: str, source: str, true: str, wrong: str) -> None:
    text = AROUND[language].format(source)
    assert check(true, text) == []
    assert check(wrong, text)


TALK_DE = """Moderatorin: Frau Lohmüller, wie fing das an?
Anke Lohmüller: Wärme ist, sag ich mal, ein Versprechen, kein Produkt. Wir haben in Weidenau elf Stunden gefroren.
Moderatorin: Und dann?
Anke Lohmüller: Dann kam der Speicher, und die Weidenauer waren stolz."""
TALK_FR = """Animateur : Maëlle, et les échecs ?
Maëlle Garrigou : Le lait, voyez-vous, ça ne ment pas, c'est les hommes qui comptent mal. C'est ce que disait ma
grand-mère Fernande. Moi, je compte tous les soirs.
Animateur : Merci, Maëlle Garrigou."""
TALK_ES = """Damián Urreta: ¿No es un cementerio de palabras?
Yareli Solís: Para nosotros es más bien un jardín de infancia, y lo abrimos cada mañana.
Damián Urreta: ¿Y quién lo paga?
Yareli Solís: Nadie, de momento."""


@pytest.mark.parametrize(
    ("source", "post"),
    [
        (TALK_DE, "„Wärme ist ein Versprechen, kein Produkt“, sagt Anke Lohmüller."),
        (TALK_DE, "Stadtwerke-Chefin Anke Lohmüller auf Weidenauer Art."),
        (TALK_DE, "Betriebsleiterin Lohmüller hat elf Stunden gefroren."),
        (TALK_FR, "« Le lait, ça ne ment pas, c'est les hommes qui comptent mal », disait sa grand-mère Fernande."),
        (TALK_FR, "Mme Garrigou compte tous les soirs."),
        (TALK_FR, "Signé Maëlle Garrigou."),
        (TALK_ES, "Damián Urreta preguntó y la respuesta fue: «Para nosotros es más bien un jardín de infancia»."),
    ],
)
def test_names_and_quotations_that_are_right(source: str, post: str) -> None:
    assert check(post, source) == []


@pytest.mark.parametrize(
    ("source", "post"),
    [
        (TALK_DE, "„Wärme ist ein Produkt, kein Versprechen“, sagt Anke Lohmüller."),
        (TALK_FR, "« Le lait, ça ment, c'est les hommes qui comptent bien », disait Fernande."),
        (TALK_FR, "Claire Garrigou compte tous les soirs."),
        (TALK_ES, "Damián Urreta dice: «Para nosotros es más bien un jardín de infancia»."),
    ],
)
def test_names_and_quotations_that_are_wrong(source: str, post: str) -> None:
    assert check(post, source)


CAPTION_ZH = (
    "喂喂能听到吗好那我开始了我叫褚远山是蓝湾合作社的理事长今天讲讲网箱我们村以前有四百六十个筏子"
    "二零一八年九月来了个台风一晚上打掉三百九十个我老婆坐在堤上哭我说别哭了木头的命就是这么长"
    "后来合作社借了三百二十万水质从四类升到二类有个种麦子的老乡叫郝满仓他寄来五十斤面粉"
    "第一家店明年三月在昆明开业"
)
TALK_JA = (
    "夜の図書館を発案したのは当時二十四歳の司書、三浦さやかです。館長の小野寺薫さんは反対しました。"
    "相方が言うんですよ、三百十二人が釣りしてくれたなら漁村一個分じゃん、と。"
    "正解率は七十一パーセントから九十六パーセントになりました。"
)


@pytest.mark.parametrize(
    ("source", "true", "wrong"),
    [
        (CAPTION_ZH, "郝满仓寄来50斤面粉。", "种麦子的苗满仓寄来50斤面粉。"),
        (CAPTION_ZH, "第一家店在昆明开业。", "第一家店在成都开业。"),
        (CAPTION_ZH, "水质从四类升到二类。", "水质从四类升到三类。"),
        (CAPTION_ZH, "褚远山说：“别哭了，木头的命就是这么长。”", "褚远山说：“别哭了，木头的命就是这么短。”"),
        (TALK_JA, "発案したのは三浦さやかさん。", "夜の図書館を発案したのは小野寺薫さん。"),
        (TALK_JA, "「312人が釣りしてくれたなら、漁村一個分じゃん」", "「321人が釣りしてくれたなら、漁村一個分じゃん」"),
        (TALK_JA, "正解率は71%から96%に。", "正解率は71%から99%に。"),
    ],
)
def test_chinese_and_japanese_talk_without_marks(source: str, true: str, wrong: str) -> None:
    assert check(true, source) == []
    assert check(wrong, source)
