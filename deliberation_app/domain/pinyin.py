"""Names in pinyin: initials, full readings, the key that finds a name and the key that sorts it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product

from pypinyin import Style, pinyin

from deliberation_app.domain.people import normalise_query
from deliberation_app.domain.script import simplify

# Readings that a character has as a surname; the dictionary knows most of them only as words.
SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "曾": "zeng", "朴": "piao", "盖": "ge",
    "覃": "qin", "任": "ren", "华": "hua", "员": "yun", "繁": "po", "种": "chong", "冼": "xian", "洗": "xian",
    "乐": "yue", "宓": "mi", "缪": "miao", "尹": "yin", "翟": "zhai", "折": "she", "秘": "bi", "黑": "he", "郗": "xi",
    "祭": "zhai", "逄": "pang", "那": "na", "佴": "nai", "晁": "chao", "召": "shao", "车": "che", "尉": "wei",
    "燕": "yan", "应": "ying", "宁": "ning", "万俟": "mo qi", "尉迟": "yu chi", "澹台": "tan tai",
    "长孙": "zhang sun", "鲜于": "xian yu", "令狐": "ling hu", "亓官": "qi guan", "宰父": "zai fu",
    "乐正": "yue zheng", "单于": "chan yu", "夏侯": "xia hou", "皇甫": "huang fu",
}  # fmt: skip
# Words of the field in which a character is not read as it mostly is.
WORDS = {
    "重新": "chong xin", "重复": "chong fu", "重划": "chong hua", "重申": "chong shen", "重阳": "chong yang",
    "长期": "chang qi", "长效": "chang xiao", "延长": "yan chang", "特长": "te chang", "长廊": "chang lang",
    "银行": "yin hang", "行业": "hang ye", "商行": "shang hang", "调解": "tiao jie", "调整": "tiao zheng",
    "协调": "xie tiao", "空调": "kong tiao", "调休": "tiao xiu", "调节": "tiao jie", "微调": "wei tiao",
    "音乐": "yin yue", "乐队": "yue dui", "会计": "kuai ji", "财会": "cai kuai", "还款": "huan kuan",
    "归还": "gui huan", "偿还": "chang huan", "都市": "du shi", "首都": "shou du", "成都": "cheng du",
    "传记": "zhuan ji", "朝阳": "chao yang", "出差": "chu chai", "差旅": "chai lv", "便宜": "pian yi",
    "表率": "biao shuai", "率先": "shuai xian", "校对": "jiao dui", "降服": "xiang fu", "觉得": "jue de",
    "模样": "mu yang", "种植": "zhong zhi", "供给": "gong ji", "自给": "zi ji", "关卡": "guan qia",
    "单于": "chan yu", "宝藏": "bao zang", "西藏": "xi zang", "单薄": "dan bo", "大夫": "dai fu",
}  # fmt: skip
_MOST_FORMS = 8
_SILENT = frozenset({"Cc", "Cf", "Cs", "Mn"})  # besides punctuation, symbols and separators


@lru_cache(maxsize=65536)
def _readings(sign: str) -> tuple[str, ...]:
    found = pinyin(sign, style=Style.NORMAL, heteronym=True, v_to_u=False)
    sounds = tuple(dict.fromkeys(found[0])) if found and found[0][0] else (sign,)
    return tuple(normalise_query(sound) or sign for sound in sounds)


@lru_cache(maxsize=65536)
def _toned(sign: str) -> str:
    """The likeliest reading with its tone, empty where there is none."""
    found = pinyin(sign, style=Style.TONE3, v_to_u=False)
    return found[0][0] if found and found[0] else ""


@lru_cache(maxsize=65536)
def _folded(sign: str) -> str:
    return normalise_query(sign)[:1] or sign


@lru_cache(maxsize=65536)
def _part(sign: str) -> str:
    """A character with its readings, where no surname says otherwise."""
    return f"{_folded(sign)}:{','.join(_readings(sign))}"


@lru_cache(maxsize=65536)
def _silent(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "PSZ" or category in _SILENT


@lru_cache(maxsize=64)
def _simple(name: str) -> str:
    """Asked twice for each name, by what finds it and by what sorts it."""
    return simplify(name)


def _signs(name: str) -> str:
    """The characters that are read: simplified, without blanks, dots, marks and invisible signs."""
    return "".join([sign for sign in _simple(name) if not _silent(sign)])


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """For each character of the name its readings, the likeliest first; a character without one stands for itself."""
    return _read(_signs(name))


def _read(signs: str) -> tuple[tuple[str, ...], ...]:
    sounds = [_readings(sign) for sign in signs]
    for surname in (signs[:2], signs[:1]):
        if surname in SURNAMES:
            for place, sound in enumerate(SURNAMES[surname].split()):
                sounds[place] = tuple(dict.fromkeys((sound, *sounds[place])))
            break
    return tuple(sounds)


def _likely(name: str) -> list[tuple[str, ...]]:
    """The name read in the few likeliest ways: all readings of the surname, the first of the others."""
    return _forms(readings(name))


def _forms(sounds: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    narrowed = [sound if place == 0 else sound[:1] for place, sound in enumerate(sounds)]
    return [form for _, form in zip(range(_MOST_FORMS), product(*narrowed), strict=False)]


def initials(name: str) -> tuple[str, ...]:
    """First letters of the name, one for each likely reading: fla for 范例安; sx, dx, cx for 单雄."""
    return tuple(dict.fromkeys("".join(sound[:1] for sound in form) for form in _likely(name)))


def full_pinyin(name: str) -> tuple[str, ...]:
    """The name in pinyin without tones and blanks, one for each likely reading."""
    return tuple(dict.fromkeys("".join(form) for form in _likely(name)))


def search_key(name: str) -> str:
    """What people.matches compares with: each character with its readings, then the name from each character on.

    A blank stands before each word, so that " " + query is in it when the query begins one: a LIKE in SQL finds it too.
    """
    heard = _signs(name)
    sounds = _read(heard)
    signs = [_folded(sign) for sign in heard]
    named = heard[:2] in SURNAMES or heard[:1] in SURNAMES
    known = [_part(sign) for sign in heard]
    if named:
        known[:2] = [f"{sign}:{','.join(sound)}" for sign, sound in zip(signs[:2], sounds[:2], strict=True)]
    words: dict[str, None] = {}
    for form in _forms(sounds):
        letters = "".join([sound[:1] for sound in form])
        for start in range(len(form)):
            words["".join(form[start:])] = None
            words[letters[start:]] = None
    whole = "".join(signs)
    if len(whole) == len(signs):
        words.update(dict.fromkeys([whole[start:] for start in range(len(whole))]))
    else:
        words.update(dict.fromkeys(["".join(signs[start:]) for start in range(len(signs))]))
    return " ".join(("|".join(known), *words))


def sort_key(name: str) -> str:
    """Puts names in the order of the dictionary: by pinyin with tone, then by character."""
    signs = _simple(name)
    sounds = [_toned(sign) for sign in signs]
    surname = next((part for part in (signs[:2], signs[:1]) if part in SURNAMES), "")
    for place, sound in enumerate(SURNAMES.get(surname, "").split()):
        if sounds[place].rstrip("12345") != sound:
            sounds[place] = sound
    words = (sound or sign for sign, sound in zip(signs, sounds, strict=True))
    return f"{' '.join(words)} {name}"


def spoken(text: str) -> list[str]:
    """A simplified text as it is read, a word for each character: 重新2号 → chong xin 2 hao; marks are left out."""
    heard = [_readings(sign)[0] if not _silent(sign) else "" for sign in text]
    for place in range(len(text) - 1):
        if text[place : place + 2] in WORDS:
            heard[place : place + 2] = WORDS[text[place : place + 2]].split()
    return [sound for sound in heard if sound.isascii() and sound.isalnum()]
