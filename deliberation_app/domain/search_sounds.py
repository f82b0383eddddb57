"""Texts found by how they are read: a word for the first letter of each character, and one for its syllable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

# The syllables of Mandarin, as they are typed: ü is v.
SYLLABLES = frozenset((  # noqa: SIM905 - words in lines can be read, quoted ones not
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen "
    "ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong "
    "cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui "
    "dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua "
    "guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji "
    "jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua "
    "kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu lo "
    "long lou lu luan lun luo lv lve m ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu "
    "n na nai nan nang nao ne nei nen neng ng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o "
    "ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing "
    "qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se "
    "sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si "
    "song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun "
    "tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan "
    "yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang "
    "zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun "
    "zuo"
).split())  # fmt: skip
_LONGEST = 6  # letters in a syllable
_BEGINNINGS = frozenset(one[:size] for one in SYLLABLES for size in range(1, len(one) + 1))
_LEAST, _MOST = 2, 24  # letters typed
_FORMS = 6
_READ = 120  # characters of a text
_BETWEEN = re.compile(r"[\s'’·-]+")
_TYPED = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")

# Words one after the other, and whether the last is only the beginning of one.
Phrase = tuple[tuple[str, ...], bool]


def sounds_of(text: str) -> list[str]:
    """What is written into the index for a folded text: yl yd slu sdeng for 路灯; the beginning of a long one."""
    # Its dictionary takes a while to read, and who only looks does not need it.
    from deliberation_app.domain.pinyin import spoken

    heard = spoken(text[:_READ])
    return [*(f"y{sound[0]}" for sound in heard), *(f"s{sound}" for sound in heard)]


def phrases(typed: str) -> list[Phrase]:
    """What to look for where somebody typed letters: the initials, and each way to read them as syllables."""
    letters = _BETWEEN.sub("", typed.casefold().replace("ü", "v"))
    if not _TYPED.fullmatch(letters) or not _LEAST <= len(letters) <= _MOST:
        return []
    initials = tuple(f"y{sign}" for sign in letters)
    spelt = islice(_spelt(re.sub(r"(?<=[ln])ue", "ve", letters)), _FORMS)
    return [(initials, False), *((tuple(f"s{sound}" for sound in form), True) for form in spelt)]


def _spelt(letters: str) -> Iterator[tuple[str, ...]]:
    """The letters as syllables and single figures, the longest first; the last may be the beginning of one."""
    if letters in _BEGINNINGS or letters.isdecimal():
        yield (letters,) if letters in _BEGINNINGS else tuple(letters)
    sizes = range(min(_LONGEST, len(letters) - 1), 0, -1)
    for size in sizes:
        head = letters[:size]
        if head in SYLLABLES or (size == 1 and head.isdecimal()):
            for rest in _spelt(letters[size:]):
                yield (head, *rest)
