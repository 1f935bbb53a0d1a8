"""Words that may stand for each other: the groups as written, and what `related` makes of them."""

from collections import Counter

import pytest

from composer.post import related as module
from composer.post.related import groups, languages, related
from composer.post.terms import content, stem

TOLD = {
    "de": "gegründet/entstanden gekauft/erworben verkauft/verkauf kosten/preis bezahlt/kosten "
    "gestorben/tod wuchs/wachstum "
    "gesunken/rückgang Länge/lang Höhe/hoch Gewicht/wiegt Mitarbeiter/Belegschaft "
    "Leiterin/leitet gewählt/Wahl Arzt/Ärztin "
    "jährlich/Jahr geboren/Geburt gebaut/errichtet Zug/Bahn Fehler/Panne Lohn/Gehalt",
    "en": "founded/started employs/staff cost/paid died/dead cut/reduction evicted/eviction "
    "long/length high/height "
    "youth/young growing/growth deaths/died sold/sale bought/purchase wide/width "
    "deep/depth weighs/weight annual/year "
    "daily/day chairman/chair director/boss elected/vote stole/theft injured/injury ordered/order studying/studied "
    "begin/beginning flew/flight founder/founded prices/cost borrowed/loan hired/recruit readers/read error/bug",
    "es": "fundó/creó compró/compra vendió/venta costó/precio pagó/pago murió/falleció "
    "creció/aumento bajó/descenso "
    "largo/longitud alto/altura pesa/peso empleados/plantilla directora/jefe votó/votación "
    "médico/doctor nació/nacimiento "
    "construyó/edificio sueldo/salario niños/niña anual/año",
    "fr": "fondé/créé acheté/achat vendu/vente coûté/prix payé/paiement mort/décès "
    "croissance/hausse baissé/diminution "
    "long/longueur haut/hauteur pèse/poids salariés/personnel directrice/dirigé voté/scrutin médecin/docteur "
    "construit/chantier vélo/bicyclette quotidien/jour embauché/recruté jeune/jeunesse",
    "ja": "創業した/設立 開業/開店した 買った/購入 売れた/販売 増えた/増加 減った/減少 社長/代表 "
    "従業員/社員 宿泊/泊まった 値段/価格 "
    "亡くなった/死亡 生まれた/誕生 建てた/建設 故障/不具合 遅れ/遅延 住民/人口",
    "pt": "fundou/criou comprou/compra vendeu/venda custou/preço pagou/pagamento morreu/faleceu "
    "cresceu/aumento caiu/queda "
    "longo/comprimento alto/altura pesa/peso funcionários/empregado diretora/chefe votou/votação colheita/safra "
    "nasceu/nascimento construiu/obra empréstimo/emprestou aluno/estudante",
    "zh": "创办/成立 买了/购买 卖了/出售 花了/成本 涨到/上升 降到/下降 员工/职工 老板/店主 "
    "去世/死亡 出生/生于 建成/修建 每天/日均 故障/失灵 "
    "顾客/客户 医生/大夫 盘点/清点",
}
APART = {
    "de": "geboren/gestorben gekauft/verkauft Schule/Krankenhaus Zug/Kuh Regen/Wahl Brot/Gericht Vater/Mutter",
    "en": "bread/court begin/end rise/fall born/died bought/sold school/hospital train/cow rain/vote war/bread "
    "doctor/lawyer river/salary father/mother winter/summer song/tax",
    "es": "nació/murió compró/vendió subió/bajó escuela/hospital tren/vaca lluvia/voto pan/juez padre/madre",
    "fr": "naissance/mort acheté/vendu hausse/baisse école/hôpital train/vache pluie/vote pain/juge père/mère",
    "ja": "生まれた/死亡 購入/販売 増加/減少 学校/病院 列車/家畜 父/母 開業/廃業",
    "pt": "nasceu/morreu comprou/vendeu subiu/caiu escola/hospital trem/vaca chuva/voto pão/juiz pai/mãe",
    "zh": "出生/去世 买了/卖了 上升/下降 学校/医院 火车/动物 父亲/母亲 开业/倒闭",
}


def _stem(word: str, language: str) -> str:
    return next(term for term, _, _ in content(word, language) if term)


def _pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(tag, *pair.split("/", 1)) for tag, row in table.items() for pair in row.split()]


@pytest.mark.parametrize(("language", "one", "other"), _pairs(TOLD))
def test_words_of_one_idea_come_near_each_other(language: str, one: str, other: str) -> None:
    first, second = _stem(one, language), _stem(other, language)
    assert first == second or (second in related(first, language) and first in related(second, language))


@pytest.mark.parametrize(("language", "one", "other"), _pairs(APART))
def test_words_of_two_ideas_do_not(language: str, one: str, other: str) -> None:
    first, second = _stem(one, language), _stem(other, language)
    assert first != second
    assert second not in related(first, language)


@pytest.mark.parametrize("language", languages())
def test_a_group_is_two_words_or_more_and_none_twice(language: str) -> None:
    seen = Counter(frozenset(group) for group in groups(language))
    for group in groups(language):
        assert len(group) == len(set(group)) > 1, group
        assert seen[frozenset(group)] == 1, group


@pytest.mark.parametrize("language", languages())
def test_every_word_has_a_stem(language: str) -> None:
    for word in {word for group in groups(language) for word in group}:
        assert any(term for term, _, _ in content(word, language)), word


@pytest.mark.parametrize("language", languages())
def test_not_everything_is_related_to_everything(language: str) -> None:
    counted = Counter(word for group in groups(language) for word in group)
    assert max(counted.values()) <= 5
    assert max(len(related(_stem(word, language), language)) for word in counted) <= 60


def test_a_word_is_not_its_own_kin_and_a_strange_one_has_none() -> None:
    assert stem("grow") not in related(stem("grow"), "en")
    assert related("xyzzy", "en") == related("grow", "tlh") == frozenset()
    assert related(stem("price"), "en-GB") == related(stem("price"), "en")


def test_the_groups_are_read_once() -> None:
    module._index.cache_clear()
    module._together.cache_clear()
    assert related(stem("price"), "en") == related(stem("price"), "en")
    related(stem("child"), "en")
    assert module._index.cache_info().misses == 1
