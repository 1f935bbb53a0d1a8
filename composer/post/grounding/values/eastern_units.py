"""The units of Chinese and Japanese."""

from functools import cache

from composer.post.grounding.values.numerals import units


@cache
def unit_table() -> list[tuple[str, str, float]]:
    """Every unit with its dimension and size, the longest name first."""
    known = units()
    as_in_english = {
        "years": "年间 年間 年", "months": "个月 個月 か月 ヶ月 カ月 ヵ月 箇月", "weeks": "个星期 星期 周 週間 週 礼拜",
        "days": "日間 天 日", "hours": "个小时 個小時 小时 小時 個鐘頭 个钟头 時間",
        "minutes": "分钟 分鐘 分間 分", "seconds": "秒钟 秒鐘 秒間 秒",
        "kilometres": "公里 千米 キロメートル", "metres": "米 メートル", "cm": "厘米 公分 センチメートル センチ",
        "mm": "毫米 ミリメートル ミリ", "kg": "公斤 千克 キログラム", "tonnes": "吨 噸 トン", "grams": "克 グラム",
        "litres": "公升 升 リットル", "hectares": "公顷 公頃 ヘクタール",
    }  # fmt: skip
    table = [(name, *known[word]) for word, names in as_in_english.items() if word in known for name in names.split()]
    table += [(name, dimension, 1.0) for dimension, names in {
        "CNY": "元人民币 块钱 塊錢 元 块", "USD": "美元 美金 ドル", "EUR": "欧元 歐元 ユーロ",
        "GBP": "英镑 英鎊 ポンド",
        "JPY": "日元 円", "money": "港元 港币 台币", "times": "倍", "people": "个人 個人 人 名 位",
        "斤": "市斤 斤", "km": "キロ", "age": "岁 歳 歲 才", "square": "平方米 平方公尺 平米 平方メートル ㎡",
        "cubic": "立方米 立方メートル",
        "坪": "坪", "mu": "亩 畝",
    }.items() for name in names.split()]  # fmt: skip
    table += [("毛钱", "CNY", 0.1), ("毛", "CNY", 0.1)]
    return sorted(table, key=lambda row: (-len(row[0]), row[0]))
