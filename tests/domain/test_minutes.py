"""The record reads as it should: the demonstration's meetings word for word, and nothing said is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.minutes import (
    Heading,
    JudgedVote,
    Paragraph,
    Record,
    Statement,
    Table,
    Vote,
    compose,
    correctable,
    missing,
)
from deliberation_app.domain.minutes_entries import in_order

NAMES = (
    "shandalu194-consultation",
    "shandalu194-owners-vote",
    "ronghuishanshui-hybrid",
    "branch-assembly-admission",
    "theme-day",
)
CONSULTATION = NAMES[0]
Sample = Callable[[str], dict[str, Any]]
Judge = Callable[[Mapping[str, Any]], dict[str, JudgedVote]]
RecordOf = Callable[..., Record]


@pytest.fixture(scope="module")
def record_of(sample: Sample, judge: Judge) -> RecordOf:
    """The record of a sample by its name."""

    def composed(name: str, **options: Any) -> Record:
        document = sample(name)
        return compose(document, judge(document), **options)

    return composed


def labelled(record: Record, label: str) -> list[str]:
    """The texts of all paragraphs under a label."""
    return [block.text for block in record.blocks if isinstance(block, Paragraph) and block.label == label]


def of_type(record: Record, kind: type) -> list[Any]:
    """The blocks of one type."""
    return [block for block in record.blocks if isinstance(block, kind)]


def test_before_it_is_opened_nobody_is_said_to_be_absent(sample: Sample) -> None:
    document = sample(CONSULTATION)
    meeting = document["meeting"]
    for name in ("opened_at", "closed_at", "sessions"):
        meeting.pop(name, None)
    for entry in meeting["agenda"]:
        entry["votes"], entry["statements"] = [], []
    for entry in meeting["attendance"]:
        entry["status"] = "absent"
        for name in ("arrived_at", "left_at", "away", "reason"):
            entry.pop(name, None)
    record = compose(document, {})
    assert labelled(record, "到会人数：") == ["应到22人，会议尚未召开，到会情况未登记。"]
    [roll] = [block for block in of_type(record, Table) if "到会情况" in block.columns]
    assert roll.totals == "应到22人"
    assert {row[4] for row in roll.rows} == {"", "列席"}
    assert "会议尚未召开。" in labelled(record, "")
    meeting["opened_at"] = meeting["starts_at"]
    assert "缺席22人" in labelled(compose(document, {}), "到会人数：")[0]


def test_title_number_and_mark(record_of: RecordOf) -> None:
    record = record_of(CONSULTATION)
    assert (record.unit, record.title) == ("山大路194号院党支部", "庭院民主协商会记录")
    assert (record.number, record.copy, record.mark) == ("〔2026〕第3次", "archive", "存档件")


def test_the_opening_of_the_consultation_word_for_word(record_of: RecordOf) -> None:
    record = record_of(CONSULTATION)
    start = record.blocks.index(Heading(text="一、会议情况"))
    end = record.blocks.index(Heading(text="二、会议议程"))
    told = [f"{block.label}{block.text}" for block in record.blocks[start + 1 : end] if isinstance(block, Paragraph)]
    assert told == [
        "会议名称：“当面锣对面鼓”庭院民主协商会：停车位重新划分与停车收费，〔2026〕第3次。",
        "会议类型：庭院民主协商会，现场召开。",
        "召开单位：山大路194号院党支部（所属：试例街道、山大社区）。",
        "时间：2026年3月21日14时32分至17时05分（原定14时30分）。",
        "通知发出：2026年3月18日9时00分（会前3日）。",
        "地点：庭院党群之家居民议事厅。",
        "主持人：范例安（支部书记）。记录人：尹记录（宣传委员）。",
        "到会人数：应到22人，实到19人，请假2人（林请假，陪护病人；何请假，出差），缺席1人（吕缺席，未说明）。",
        "列席：3人：片警徐某（社区民警）、律师曹某（社区法律顾问）、记者丛某（旁听居民）。",
        "协商主体：党组织代表2人，楼长代表4人，有车居民代表2人，无车居民代表2人，承租人代表1人，商户代表1人，"
        "志愿服务队代表2人，居务监督委员会代表1人，网格员1人，人民调解员1人，共建单位代表1人，社区居委会代表1人。",
    ]


def test_headings_stand_in_the_order_of_the_law_of_records(record_of: RecordOf) -> None:
    headings = [heading.text for heading in of_type(record_of(CONSULTATION), Heading)]
    assert headings == [
        "一、会议情况",
        "二、会议议程",
        "三、协商情况",
        "（一）核对到会人数，宣读协商规则",
        "（二）通报摸底情况和党员大会讨论结果",
        "（三）当面锣对面鼓：停车位怎么划、收不收费、钱怎么用",
        "（四）路灯维修经费",
        "（五）宣读会议结果，各方代表签字",
        "四、承诺事项",
        "五、散会",
        "附：到会人员名册",
    ]


def test_a_question_is_followed_by_its_answer_and_a_promise_has_its_day(record_of: RecordOf) -> None:
    first, second, _third, fourth = of_type(record_of(CONSULTATION), Statement)[:4]
    assert (first.side, first.speaker, first.time, first.answer) == ("锣", "冯㛃（有车居民代表）", "14:50", False)
    assert (second.side, second.speaker, second.answer) == ("鼓", "陶堃（无车居民代表）", True)
    assert fourth.note == "承诺 5月5日前"


def test_answers_to_answers_stand_under_their_question(record_of: RecordOf) -> None:
    told = of_type(record_of("ronghuishanshui-hybrid"), Statement)
    assert [(one.side, one.time) for one in told[:5]] == [
        *(("锣", "19:38"), ("鼓", "19:42"), ("鼓", "19:51"), ("鼓", "19:55"), ("法", "19:46")),
    ]
    assert told[0].speaker == "冯㛃〔居民小组长（6号楼）〕"


def test_dissent_is_kept_word_for_word_and_without_a_name_where_none_was_given(record_of: RecordOf) -> None:
    dissents = [one for one in of_type(record_of(CONSULTATION), Statement) if "原话照记" in one.note]
    assert [one.speaker for one in dissents] == ["买买提·吐尔逊（3号楼楼长）", "未具名"]
    assert dissents[0].text == "反对第二车150元/月，请把我的意见一字不改记下来。"


def test_common_ground_difference_resolution_and_where_it_goes_follow_the_votes(record_of: RecordOf) -> None:
    record = record_of(CONSULTATION)
    assert labelled(record, "分歧：") == ["第二辆车是否每月收150元。"]
    assert labelled(record, "共识：")[0].startswith("楼门口2米、轮椅通道、消防车通道不划位；")
    assert labelled(record, "议定意见：")[0].startswith("一、A案形成多数意见")
    assert labelled(record, "去向：")[0] == "提交业主共同决定（《中华人民共和国民法典》第二百七十八条）。"
    kinds = [type(block) for block in record.blocks]
    common = next(place for place, block in enumerate(record.blocks) if getattr(block, "label", "") == "共识：")
    assert kinds[common - 1] is Vote


def test_options_are_told_once_in_full(record_of: RecordOf) -> None:
    record = record_of(CONSULTATION)
    assert labelled(record, "B案：") == ["划38个车位，不收费，由楼长轮值管理。"]


def test_a_straw_poll_prints_numbers_arithmetic_and_outcome(record_of: RecordOf) -> None:
    vote = of_type(record_of(CONSULTATION), Vote)[0]
    assert vote.method == "举手表决，16时20分，意向表决"
    assert vote.numbers == "应到22人，到会19人；赞成12人，反对4人，弃权3人"
    assert "19×3＝57≥22×2＝44" in vote.explanation
    assert (vote.outcome, vote.passed) == ("形成多数意见。", True)


def test_promises_are_listed_with_who_what_and_when(record_of: RecordOf) -> None:
    table = of_type(record_of(CONSULTATION), Table)[0]
    assert table.columns == ("序号", "承诺人", "承诺内容", "期限")
    assert table.rows[3] == ("4", "李和安（“和安”志愿队队长）", "三十分钟内免费，值守人员登记。", "5月20日前")
    assert len(table.rows) == 6


def test_the_roll_ends_with_its_totals(record_of: RecordOf) -> None:
    roll = of_type(record_of(CONSULTATION), Table)[-1]
    assert roll.rows[2] == ("3", "龚龑", "1号楼楼长", "1号楼1单元101", "到会", "")
    assert roll.rows[19] == ("20", "林请假", "有车居民代表", "", "请假", "陪护病人")
    assert roll.totals == "应到22人，实到19人，请假2人，缺席1人，列席3人"
    assert all(len(row) == len(roll.columns) == len(roll.widths) for row in roll.rows)


def test_each_party_and_each_dissenter_signs(record_of: RecordOf) -> None:
    labels = [signature.label for signature in record_of(CONSULTATION).signatures]
    assert labels[:3] == ["主持人（签名）", "记录人（签名）", "党组织代表（签名）"]
    assert "商户代表（签名）" in labels
    assert labels[-2:] == ["保留意见人买买提·吐尔逊（签名）", "签名日期"]


def test_the_branch_counts_full_and_probationary_members_apart(record_of: RecordOf) -> None:
    record = record_of("branch-assembly-admission")
    assert labelled(record, "到会人数：")[0].startswith(
        "应到24人（其中有表决权的正式党员23人，预备党员1人）；实到20人（其中有表决权的正式党员19人，预备党员1人）；请假3人（"
    )
    assert labelled(record, "到会较晚：")[0].startswith("钟宝山（10时05分到会）")
    assert [s.label for s in record.signatures[2:5]] == ["监票人（签名）", "计票人（签名）", "唱票人（签名）"]


def test_an_admission_prints_papers_and_written_opinions(record_of: RecordOf) -> None:
    vote = of_type(record_of("branch-assembly-admission"), Vote)[1]
    assert vote.numbers == (
        "应到23人，到会19人；表决票发出19张，收回19张；赞成20票，反对1票，弃权0票，无效0票（含会前书面意见2份）"
    )
    assert vote.outcome == "通过。"


def test_owners_are_counted_by_heads_and_area(record_of: RecordOf) -> None:
    record = record_of("shandalu194-owners-vote")
    vote = of_type(record, Vote)[2]
    assert vote.numbers == (
        "表决票发出96张，收回79张，未收回17张；全体业主95人、6720.00平方米；参与表决77人、5444.70平方米；"
        "同意58人、3999.95平方米；反对15人、1149.45平方米；弃权4人、295.30平方米；无效（不计入参与表决）1人、62.35平方米"
    )
    assert (vote.outcome, vote.passed) == ("未通过。", False)
    assert labelled(record, "时间：") == ["2026年4月13日8时00分至2026年4月22日21时00分。"]
    assert labelled(record, "书面委托代理：") == ["1人：司徒代理代陶堃。"]
    assert labelled(record, "到会人数：")[0].startswith("应参加表决95人，参加表决77人，未参加18人（")


def test_reasons_shared_by_many_are_said_once_and_owners_are_called_so(record_of: RecordOf) -> None:
    record = record_of("shandalu194-owners-vote")
    assert labelled(record, "到会人数：")[0].count("未交回表决票") == 1
    roll = of_type(record, Table)[-1]
    assert roll.rows[1] == ("2", "秦淑珍", "业主", "1号楼1单元201", "参加", "")
    assert roll.totals == "应参加表决95人，参加表决77人，未参加18人，列席5人"


def test_those_online_are_counted_apart(record_of: RecordOf) -> None:
    record = record_of("theme-day")
    assert labelled(record, "到会人数：") == [
        "应到26人（其中有表决权的正式党员24人，预备党员2人）；实到18人（其中有表决权的正式党员17人，预备党员1人）；"
        "线上参加6人（其中有表决权的正式党员5人，预备党员1人）：金国栋、陈玉梅、夏志强、黄佳宁、郭振华、孔芳；"
        "请假1人（赵永福，夜班）；缺席1人（陆晓东，未说明）。"
    ]
    assert labelled(record, "提前离会：") == ["周春生（10时10分离会）。"]


def test_what_law_decides_is_not_put_to_the_vote(record_of: RecordOf) -> None:
    record = record_of("ronghuishanshui-hybrid")
    assert labelled(record, "说明：") == ["本事项依法应当办理，不就是否办理进行表决，只商议怎样办理。"]


def changed(sample: Sample) -> dict[str, Any]:
    """The consultation with everything rare in it."""
    document = sample(CONSULTATION)
    meeting = document["meeting"]
    meeting["sessions"] = [
        {"opened_at": "2026-03-21T14:32:00+08:00", "closed_at": "2026-03-21T15:40:00+08:00"},
        {"opened_at": "2026-03-21T07:55:00Z", "closed_at": "2026-03-21T17:05:00+08:00"},
    ]
    meeting["attendance"][4]["away"] = [
        {"from": "2026-03-21T15:00:00+08:00", "to": "2026-03-21T15:20:00+08:00"},
        {"from": "2026-03-21T16:50:00+08:00"},
    ]
    entry = meeting["agenda"][2]
    vote = entry["votes"][0]
    vote["method"] = "roll_call"
    vote["recounts"] = [
        {
            "at": "2026-03-21T16:15:00+08:00",
            "counts": {"in_favour": 11, "against": 5},
            "by": meeting["chair"],
            "reason": "举手不齐",
        }
    ]
    vote["overrides"] = [{"gate": "G3", "reason": "时间紧"}, {"gate": "G99", "reason": "旧案"}]
    vote["ballots"] = [
        {"voter": meeting["chair"], "choice": "in_favour"},
        {"voter": meeting["recorder"], "choice": "against"},
    ]
    meeting["agenda"][3]["statements"] = []
    meeting["agenda"][3]["no_statements"] = True
    return document


def test_recess_absence_recount_override_and_named_votes(sample: Sample, judge: Judge) -> None:
    document = changed(sample)
    record = compose(document, judge(document))
    assert labelled(record, "会议分段：") == ["第1段14时32分至15时40分；第2段15时55分至17时05分，其间休会。"]
    assert labelled(record, "中途离场：") == [
        "买买提·吐尔逊（15时00分至15时20分）、买买提·吐尔逊（16时50分离场，未返回）。"
    ]
    assert labelled(record, "发言：") == ["主持人征求意见，无人发言。"]
    assert of_type(record, Vote)[0].remarks == (
        "第1次计票（16时15分）：赞成11、反对5，范例安提出重新计票，理由：举手不齐。此次计票作废，以最后一次为准。",
        "“重要事项先经支部委员会”未满足，说明理由后继续表决。理由：时间紧",
        "“G99”未满足，说明理由后继续表决。理由：旧案",
        "赞成：范例安。",
        "反对：尹记录。",
    )


def test_an_election_names_the_elected_and_the_seats_left_empty(sample: Sample, judge: Judge) -> None:
    document = sample("branch-assembly-admission")
    vote = document["meeting"]["agenda"][1]["votes"][0]
    chair, recorder = document["meeting"]["chair"], document["meeting"]["recorder"]
    vote |= {"rule": "branch_election", "method": "secret_ballot", "seats": 2}
    vote |= {"ballots_issued": 18, "ballots_returned": 18}
    vote["candidates"] = [{"person": chair, "in_favour": 17, "against": 1}, {"person": recorder, "in_favour": 8}]
    elected = JudgedVote(eligible=23, present=18, quorate=True, passed=False, elected=(chair,))
    judged = {**judge(document), vote["id"]: elected}
    told = of_type(compose(document, judged), Vote)[0]
    assert told.outcome == "当选：范例和。应选2名，尚缺1名。"
    assert told.remarks == ("范例和：赞成17票，反对1票，当选。", "尹文书：赞成8票。")
    assert told.numbers == "应到23人，到会18人；表决票发出18张，收回18张"


def test_a_vote_not_counted_and_a_vote_without_quorum_say_so(sample: Sample) -> None:
    document = sample(CONSULTATION)
    first, second = document["meeting"]["agenda"][2]["votes"][:2]
    few = JudgedVote(eligible=22, present=9, quorate=False, passed=False)
    told = of_type(compose(document, {second["id"]: few}), Vote)
    assert first["motion"] == told[0].motion
    assert (told[0].numbers, told[0].outcome) == ("尚未计票", "尚未计票。")
    assert told[1].outcome == "参加人数未达到规定，表决无效。"


def test_a_meeting_that_is_still_open_has_no_end(sample: Sample) -> None:
    document = sample(CONSULTATION)
    del document["meeting"]["closed_at"]
    record = compose(document, {})
    assert "会议尚未散会。" in labelled(record, "")
    assert labelled(record, "时间：") == ["2026年3月21日14时32分（原定14时30分）开始。"]


@pytest.mark.parametrize("name", NAMES)
def test_correctable_texts_are_what_was_written_and_can_be_replaced(name: str, record_of: RecordOf) -> None:
    before = record_of(name)
    keys = correctable(before)
    corrections = {key: f"更正{place}。" for place, key in enumerate(keys)}
    after = record_of(name, corrections=corrections)
    assert correctable(after) == corrections
    assert of_type(after, Vote) == of_type(before, Vote)
    assert len(keys) == len(set(keys)) > 0


def test_a_summary_with_common_ground_is_corrected_as_one_text(sample: Sample, record_of: RecordOf) -> None:
    entry = sample(CONSULTATION)["meeting"]["agenda"][2]
    key = f"entry/{entry['id']}/summary"
    assert correctable(record_of(CONSULTATION))[key] == entry["summary"]
    corrected = record_of(CONSULTATION, corrections={key: "先通报。共识：划线。分歧：收多少。共识：公示。"})
    assert labelled(corrected, "共识：") == ["划线。", "公示。"]
    assert labelled(corrected, "分歧：") == ["收多少。"]


def test_the_option_is_named_where_the_motion_does_not_say_it(sample: Sample) -> None:
    document = sample(CONSULTATION)
    document["meeting"]["agenda"][2]["votes"][1]["motion"] = "是否同意"
    told = of_type(compose(document, {}), Vote)
    assert (told[0].remarks, told[1].remarks) == ((), ("所表决的方案：B案：划38个车位。",))


def test_a_correction_reaches_the_list_of_promises(sample: Sample, record_of: RecordOf) -> None:
    document = sample(CONSULTATION)
    promise = document["meeting"]["agenda"][2]["statements"][3]
    record = record_of(CONSULTATION, corrections={f"statement/{promise['id']}": "每月五日张贴。"})
    assert of_type(record, Table)[0].rows[0][2] == "每月五日张贴。"


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


said = st.tuples(words, st.integers(-1, 12), st.sampled_from(["raise", "answer", "law", None]))


@given(spoken=st.lists(said, max_size=12))
def test_no_statement_is_ever_lost_or_told_twice(spoken: list[tuple[str, int, str | None]], sample: Sample) -> None:
    statements = []
    for place, (text, answers, side) in enumerate(spoken):
        statement: dict[str, Any] = {"id": f"s{place}", "text": text}
        if side:
            statement["side"] = side
        if answers >= 0:
            statement["answers"] = f"s{answers}"  # may be missing, itself, or go round in a circle
        statements.append(statement)
    document = sample(CONSULTATION)
    document["meeting"]["agenda"] = [{"id": "e", "title": "议题", "statements": statements}]
    told = of_type(compose(document, {}), Statement)
    assert sorted(one.key for one in told) == sorted(f"statement/s{place}" for place in range(len(spoken)))
    expected = {f"statement/s{place}": text for place, (text, _, _) in enumerate(spoken)}
    assert {one.key: one.text for one in told} == expected


def test_statements_that_answer_nothing_keep_their_order() -> None:
    statements = [{"id": "a", "answers": "b"}, {"id": "b", "answers": "a"}, {"id": "c"}, {"id": "d", "answers": "c"}]
    assert [one["id"] for one, _ in in_order(statements)] == ["c", "d", "a", "b"]


@given(text=words.filter(lambda text: text.strip() and "共识：" not in text and "分歧：" not in text))
def test_a_summary_is_never_shortened(text: str, sample: Sample) -> None:
    document = sample(CONSULTATION)
    entry = document["meeting"]["agenda"][0]
    entry["summary"] = text
    told = correctable(compose(document, {}))[f"entry/{entry['id']}/summary"]
    assert told.removesuffix("。").strip() == text.strip().removesuffix("。").strip()


REQUIRED = frozenset({
    "format", "version", "unit", "people", "items", "meeting", "id", "name", "kind", "title", "stage", "starts_at",
    "attendance", "agenda", "person", "capacity", "status", "text", "motion", "method", "rule", "gate", "voter",
    "choice", "in_favour", "from", "counts", "item", "posted_on", "days", "courtyard", "building", "room",
})  # fmt: skip


def required(value: dict[str, Any]) -> frozenset[str]:
    """The keys that an object of a meeting file must have."""
    sitting = {"opened_at"} if set(value) <= {"opened_at", "closed_at"} else set()
    recount = {"at"} if "counts" in value and "motion" not in value else set()
    override = {"reason"} if "gate" in value else set()
    return REQUIRED | sitting | recount | override


def thinned(value: Any, chance: Random) -> Any:
    """A copy without some of the keys that a meeting file may lack."""
    if isinstance(value, dict):
        kept = [key for key in value if key in required(value) or chance.random() < 0.6]
        return {key: thinned(value[key], chance) for key in kept}
    return [thinned(part, chance) for part in value] if isinstance(value, list) else value


@given(seed=st.integers(0, 2**32), name=st.sampled_from(NAMES), posted=st.booleans())
def test_what_a_file_may_lack_never_stops_the_record(sample: Sample, seed: int, name: str, posted: bool) -> None:
    document = thinned(changed(sample) if name == CONSULTATION else sample(name), Random(seed))
    record = compose(document, {}, posted=posted)
    assert record.blocks[0] == Heading(text="一、会议情况")
    assert all(finding.place.startswith("/") for finding in missing(document, {}))
