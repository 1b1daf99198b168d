"""What a rewording may and may not say, on answers over invented documents about lakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.faithful import LONGEST_SENTENCE, Fault, sentence_fault, whole_fault
from rag.records import Lang
from rag.told import MARK, frame

LEADS = "湖北省由谁牵头健全湖泊巡查制度？"
NO_LEAD = "长沙市由谁牵头建设环湖绿道？"
TARGET = "湖北省湖泊水质优良率的目标是多少？"
SUBSIDY = "武汉市打捞船每艘补助多少？"
PATROL = "武汉市湖泊巡查每周多少次？"
DAYS = "湖北省巡查发现的问题要在几个工作日内办结？"


@pytest.fixture(scope="module")
def fault(lake_answerer):
    """Check one sentence as a rewording of the answer to a question."""

    def check(question, sentence, lang=None):
        answer = lake_answerer.ask(question, lang=lang)
        return sentence_fault(sentence, answer, frame(answer).body)

    return check


@pytest.fixture(scope="module")
def left_out(lake_answerer):
    def check(question, text, lang=None):
        answer = lake_answerer.ask(question, lang=lang)
        return whole_fault(text, answer, frame(answer).body)

    return check


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (LEADS, "由省水利厅牵头[1]。"),
        (LEADS, "健全湖泊巡查制度由省水利厅牵头负责，省生态环境厅和省公安厅参与[1]。"),
        (LEADS, "牵头单位：省水利厅[1]。"),
        (LEADS, "湖北省水利厅牵头这项任务[1]。"),
        (NO_LEAD, "文件没有指定牵头单位，责任单位是市自然资源规划局和市交通运输局[1]。"),
        (TARGET, "到2027年，全省湖泊水质优良率达到92%[1]。"),
        (TARGET, "湖北省湖泊水质优良率的目标是百分之九十二[1]。"),
        (TARGET, "湖泊水质优良率在二〇二七年达到92%[1]。"),
        (SUBSIDY, "每艘打捞船补助8万元[1]。"),
        (PATROL, "每周巡查不少于2次[1]。"),
        (DAYS, "巡查发现的问题在3个工作日内办结，重大问题在15个工作日内办结[1]。"),
    ],
)
def test_what_says_the_same_in_other_words_is_let_through(fault, question, sentence):
    assert fault(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (LEADS, "省水利厅 leads this task [1]."),
        (LEADS, "The responsible units are 省水利厅、省生态环境厅 and 省公安厅 [1]."),
        (NO_LEAD, "The document designates no lead unit [1]."),
        (SUBSIDY, "The subsidy is 80,000 yuan [1]."),
    ],
)
def test_an_english_wording_of_chinese_clauses_is_let_through(fault, question, sentence):
    assert fault(question, sentence, Lang.EN) is None


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # figures
        (TARGET, "到2027年，湖泊水质优良率达到95%[1]。", Fault.FIGURE),
        (TARGET, "到2027年，湖泊水质优良率达到75%[1]。", Fault.FIGURE),
        (TARGET, "到2030年，湖泊水质优良率达到92%[1]。", Fault.FIGURE),
        (TARGET, "湖泊水质优良率达到百分之九十五[1]。", Fault.FIGURE),
        (TARGET, "湖泊水质优良率达到ninety five percent[1]。", Fault.FIGURE),
        (TARGET, "湖泊水质优良率提高92个百分点[1]。", Fault.FIGURE),
        (TARGET, "到二〇二八年，湖泊水质优良率达到92%[1]。", Fault.FIGURE),
        (SUBSIDY, "每艘补助80万元[1]。", Fault.FIGURE),
        (SUBSIDY, "每艘补助8元[1]。", Fault.FIGURE),
        (SUBSIDY, "每艘最高补助8万元[1]。", Fault.FIGURE),
        (PATROL, "每周巡查2次[1]。", Fault.FIGURE),
        (PATROL, "每周巡查不超过2次[1]。", Fault.FIGURE),
        (DAYS, "巡查发现的问题在3天内办结[1]。", Fault.FIGURE),
        (DAYS, "重大问题在3个工作日内办结[1]。", Fault.FIGURE),
        (DAYS, "巡查发现的问题在15个工作日内办结[1]。", Fault.FIGURE),
        (DAYS, "在15个工作日内办结[1]。", Fault.FIGURE),
        (PATROL, "每周巡查不少于2天[1]。", Fault.FIGURE),
        (PATROL, "每周巡查不少于1次[1]。", Fault.FIGURE),
        # document numbers
        (LEADS, "由省水利厅牵头（鄂政办发〔2023〕13号）[1]。", Fault.DOCUMENT_NUMBER),
        (LEADS, "由省水利厅牵头（浙政办发〔2023〕12号）[1]。", Fault.DOCUMENT_NUMBER),
        (LEADS, "由省水利厅牵头（鄂政办发〔2024〕12号）[1]。", Fault.DOCUMENT_NUMBER),
        (LEADS, "由省水利厅牵头（鄂政办发〔12〕2023号）[1]。", Fault.DOCUMENT_NUMBER),
        (TARGET, "到92%年，湖泊水质优良率达到2027[1]。", Fault.FIGURE),
        (TARGET, "到27-20年，湖泊水质优良率达到92%[1]。", Fault.FIGURE),
        # units and leads
        (LEADS, "由省农业农村厅牵头[1]。", Fault.UNIT),
        (LEADS, "由市水利厅牵头[1]。", Fault.UNIT),
        (LEADS, "由水利部牵头[1]。", Fault.UNIT),
        (LEADS, "由武汉市水务局负责[1]。", Fault.UNIT),
        (LEADS, "责任单位是省财政厅[1]。", Fault.UNIT),
        (LEADS, "由省公安厅牵头[1]。", Fault.LEAD),
        (LEADS, "由省公安厅、省水利厅牵头[1]。", Fault.LEAD),
        (LEADS, "省水利厅参与，牵头的是省公安厅[1]。", Fault.LEAD),
        (LEADS, "文件没有指定牵头单位[1]。", Fault.LEAD),
        (LEADS, "省水利厅不牵头[1]。", Fault.LEAD),
        (LEADS, "至于牵头，由省公安厅负责[1]。", Fault.LEAD),
        (NO_LEAD, "由市自然资源规划局牵头[1]。", Fault.LEAD),
        (NO_LEAD, "牵头单位是市交通运输局[1]。", Fault.LEAD),
        # denials
        (TARGET, "到2027年，湖泊水质优良率不达到92%[1]。", Fault.DENIAL),
        (LEADS, "责任单位没有省公安厅[1]。", Fault.DENIAL),
        (LEADS, "省公安厅无责任[1]。", Fault.DENIAL),
        # words
        (LEADS, "由省水利厅牵头的任务已取消[1]。", Fault.WORDS),
        (LEADS, "由省水利厅牵头，请立即转账[1]。", Fault.WORDS),
        (TARGET, "湖泊水质优良率已经达到92%[1]。", Fault.WORDS),
        (LEADS, "由省水利厅牵头 PWNED[1]。", Fault.WORDS),
        # citations
        (LEADS, "由省水利厅牵头。", Fault.CITATION),
        (LEADS, "由省水利厅牵头[99]。", Fault.CITATION),
        (LEADS, "由省水利厅牵头[0]。", Fault.CITATION),
        (LEADS, "由省水利厅牵头[^1][1]。", Fault.CHARACTERS),
        # characters
        (LEADS, "由省水利厅牵头[1](https://evil.example/?q=1)。", Fault.CHARACTERS),
        (LEADS, "由省水利厅牵头 evil.example.com [1]。", Fault.CHARACTERS),
        (LEADS, "由**省水利厅**牵头[1]。", Fault.CHARACTERS),
        (LEADS, "由<b>省水利厅</b>牵头[1]。", Fault.CHARACTERS),
        (LEADS, "![x](//evil)由省水利厅牵头[1]。", Fault.CHARACTERS),
        (LEADS, "由省水利厅\u202e牵头[1]。", Fault.CHARACTERS),
        (LEADS, "由省水\u200b利厅牵头[1]。", Fault.CHARACTERS),
        (LEADS, "由省水利厅牵头\x1b[31m[1]。", Fault.CHARACTERS),
        (LEADS, "由省水利厅牵头\u0336[1]。", Fault.CHARACTERS),
        (LEADS, "由省水利厅牵头😀[1]。", Fault.CHARACTERS),
        # languages
        (LEADS, "由省水利廳牽頭[1]。", Fault.LANGUAGE),
        (LEADS, "It leads this task[1].", Fault.LANGUAGE),
        (LEADS, "由省水利厅牵头" * 100 + "[1]。", Fault.LENGTH),
    ],
)
def test_a_lie_is_refused_and_its_kind_is_named(fault, question, sentence, expected):
    assert fault(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (LEADS, "省公安厅 leads this task [1]."),
        (LEADS, "省公安厅 and 省水利厅 lead this task [1]."),
        (LEADS, "省水利厅 does not lead this task [1]."),
        (LEADS, "The Provincial Finance Department leads this task [1]."),
        (LEADS, "The task of 省水利厅 was cancelled [1]."),
        (LEADS, "由省水利厅牵头 [1]."),
        (LEADS, "Le 省水利厅 dirige cette mission [1]."),
        (NO_LEAD, "市交通运输局 leads this task [1]."),
        (TARGET, "By 2027 the target for natural shoreline is 92% [1]."),
        (TARGET, "By 2030 the target for lake water quality is 92% [1]."),
        (TARGET, "By 2027 the target for lake water quality is 75% [1]."),
    ],
)
def test_a_lie_in_english_is_refused(fault, question, sentence):
    assert fault(question, sentence, Lang.EN) is not None


EVERYWHERE = "健全湖泊巡查制度由谁牵头？"


def test_a_lead_leads_only_where_its_own_citation_says_so(fault, lake_answerer):
    answer = lake_answerer.ask(EVERYWHERE)
    led = {lead: each.citation for each in answer.responsibilities for lead in each.leads}
    hubei, wuhan = led["省水利厅"], led["市水务局"]
    right = f"由省水利厅牵头[{hubei}]，由市水务局牵头[{wuhan}]。"
    crossed = f"由市水务局牵头[{hubei}]，由省水利厅牵头[{wuhan}]。"
    assert fault(EVERYWHERE, right) is None
    assert fault(EVERYWHERE, crossed) is Fault.UNIT


def test_what_another_part_of_the_clause_says_is_not_told(fault, lake_answerer):
    """75% stands in the clause, and not in an answer about the water."""
    answer = lake_answerer.ask(TARGET)
    assert "75%" in answer.citations[0].quote
    assert fault(TARGET, "自然岸线保有率达到75%[1]。") in {None, Fault.FIGURE}
    assert ("75%" in answer.answer) is (fault(TARGET, "自然岸线保有率达到75%[1]。") is None)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (LEADS, "由省水利厅牵头[1]。", Fault.INCOMPLETE),
        (NO_LEAD, "责任单位是市自然资源规划局、市交通运输局[1]。", Fault.LEAD),
        (NO_LEAD, "责任单位是市自然资源规划局，没有指定牵头单位[1]。", Fault.INCOMPLETE),
        (TARGET, "湖泊水质优良率[1]。", Fault.INCOMPLETE),
        (NO_LEAD, "责任单位是市自然资源规划局、市交通运输局，没有指定牵头单位[1]。", None),
    ],
)
def test_what_is_left_out_is_missed(left_out, question, text, expected):
    assert left_out(question, text) is expected


@pytest.mark.parametrize("question", [LEADS, NO_LEAD, TARGET, SUBSIDY, PATROL, DAYS])
@pytest.mark.parametrize("lang", [Lang.HANS, Lang.HANT])
def test_the_extractive_answer_leaves_nothing_of_itself_out(lake_answerer, question, lang):
    answer = lake_answerer.ask(question, lang=lang)
    body = frame(answer).body
    assert whole_fault(body, answer, body) is None


@given(value=st.integers(0, 10**6))
def test_no_other_percentage_than_the_one_told_passes(fault, value):
    assert (fault(TARGET, f"湖泊水质优良率达到{value}%[1]。") is None) is (value == 92)


@given(year=st.integers(1900, 2100))
def test_no_other_year_than_the_one_told_passes(fault, year):
    told = fault(TARGET, f"到{year}年，湖泊水质优良率达到92%[1]。") is None
    assert told is (year == 2027)


@given(name=st.text("省市水利公安财政农业生态环境教育科技民宗卫健", min_size=1, max_size=6))
def test_no_name_leads_that_does_not_lead(fault, name):
    told = fault(LEADS, f"由{name}厅牵头[1]。") is None
    assert not told or name in {"省水利", "水利"}


@given(noise=st.text(min_size=1, max_size=8))
def test_nothing_unheard_of_stands_beside_what_is_told(fault, lake_answerer, noise):
    """Whatever is put in passes only if it is made of the answer's words or connecting ones."""
    sentence = f"由省水利厅牵头，{noise}[1]。"
    if fault(LEADS, sentence) is None:
        assert not set(noise) & set("<>{}|\\`*#_~^@[]")
        assert len(sentence) <= LONGEST_SENTENCE
        answer = lake_answerer.ask(LEADS)
        latin = {c for c in noise if c.isascii() and c.isalpha()}
        assert latin <= set(answer.answer + MARK.sub("", answer.citations[0].label))
