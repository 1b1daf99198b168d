import pytest

from index.clean import fold
from rag.intent import Intent, Role, read_intent


def intent(question, *, names_unit=False):
    return read_intent(fold(question), names_unit=names_unit)


@pytest.mark.parametrize(
    "question",
    [
        "湖泊巡查谁牵头？",
        "由哪个部门牵头",
        "牵头单位是谁",
        "这件事谁抓总？",
        "归谁抓总",
        "谁来领头干",
        "哪个单位挑头",
        "总负责的是哪家",
        "主办单位是哪家",
        "誰牽頭？",
        "牽頭單位是哪個？",
        "這項工作由誰抓總？",
        "Who leads it?",
        "Which agency takes the lead?",
        "Who is in charge of lake patrols?",
        "Which department spearheads this?",
    ],
)
def test_who_leads_is_asked(question):
    ask = intent(question)
    assert (ask.intent, ask.wants_lead) == (Intent.LEAD, True)


@pytest.mark.parametrize(
    "question",
    [
        "湖泊巡查谁来抓？",
        "这事归谁管？",
        "责任单位有哪些？",
        "哪些部门配合？",
        "由谁负责落实？",
        "该找哪个部门？",
        "涉及几个部门？",
        "谁参与？",
        "哪几家单位配合？",
        "建设水华预警平台的责任单位是哪几个？",
        "職責分工是什麼？",
        "責任單位有哪些？",
        "由誰負責？",
        "Who is responsible for lake patrols?",
        "Which departments are involved?",
    ],
)
def test_who_is_responsible_is_asked(question):
    ask = intent(question)
    assert (ask.intent, ask.wants_lead) == (Intent.UNITS, False)


@pytest.mark.parametrize("question", ["单位的法定代表人是谁？", "办公室负责人叫什么名字？"])
def test_a_person_is_no_unit(question):
    assert intent(question).intent is not Intent.UNITS


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("省水利厅牵头哪些任务？", Role.LEAD),
        ("省水利廳牽頭哪些工作？", Role.LEAD),
        ("市公安局参与哪些任务？", Role.MEMBER),
        ("市財政局參與哪些任務？", Role.MEMBER),
        ("What does 省水利厅 take part in?", Role.MEMBER),
        ("市水务局负责哪些工作？", Role.EITHER),
        ("省水利厅要做什么？", Role.EITHER),
        ("省水利厅的职责有哪些？", Role.EITHER),
        ("省水利厅对湖泊有什么职责？", Role.EITHER),
        ("生态环境部指导哪方面的工作？", Role.EITHER),
        ("财政局要干啥", Role.EITHER),
        ("省水利厅牵头和参与的任务有哪些", Role.EITHER),
    ],
)
def test_tasks_of_a_unit_are_asked_in_a_role(question, role):
    ask = intent(question, names_unit=True)
    assert (ask.intent, ask.role) == (Intent.TASKS, role)


def test_without_a_unit_no_tasks_of_a_unit_are_asked():
    assert intent("要做什么？").intent is Intent.CONTENT


@pytest.mark.parametrize(
    "question",
    [
        "到2027年要达到多少？",
        "驿站哪年建成？",
        "问题多久办结？",
        "补助标准是多少？",
        "比例要达到百分之几？",
        "截止时间是什么时候？",
        "何時完成？",
        "要達到多少？",
        "By when must it be built?",
        "How many boats are planned?",
        "What percentage of lakes?",
        "What is the deadline?",
    ],
)
def test_a_target_or_deadline_is_asked(question):
    assert intent(question).intent is Intent.TARGET


@pytest.mark.parametrize(
    "question",
    [
        "“一湖一档”是什么意思？",
        "什么是生态红线？",
        "生态红线指的是什么？",
        "何谓生态红线？",
        "怎么理解生态红线",
        "生態紅線如何定義？",
        "什麼叫一湖一檔？",
        "What does “one lake one file” mean?",
        "What is meant by ecological red line?",
    ],
)
def test_the_meaning_of_a_term_is_asked(question):
    assert intent(question).intent is Intent.DEFINITION


@pytest.mark.parametrize(
    "question",
    [
        "哪些文件提到环湖绿道？",
        "有几份文件写了绿道？",
        "哪些地方提到了绿道？",
        "哪份文件提到绿道",
        "哪些文件提到綠道？",
        "Which documents mention greenways?",
        "How many documents mention it?",
    ],
)
def test_which_documents_cover_a_subject_is_asked(question):
    assert intent(question).intent is Intent.COVERAGE


@pytest.mark.parametrize(
    "question",
    [
        "湖泊巡查怎么做？",
        "对湖泊巡查有什么要求？",
        "湖泊巡查的具体措施",
        "湖泊巡查怎麼做？",
        "How should lakes be patrolled?",
    ],
)
def test_anything_else_asks_for_content(question):
    assert intent(question).intent is Intent.CONTENT


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("文号是什么？", "number"),
        ("這份文件的文號是什麼？", "number"),
        ("What is the document number?", "number"),
        ("这个文件是谁发布的？", "issuer"),
        ("发文机关是谁？", "issuer"),
        ("發文機關是哪個？", "issuer"),
        ("Who issued it?", "issuer"),
        ("什么时候印发的？", "date"),
        ("什麼時候發布的？", "date"),
        ("When was it issued?", "date"),
        ("正式实施了吗？", "status"),
        ("是草案还是正式文件？", "status"),
        ("什么时候施行？", "status"),
        ("是不是徵求意見稿？", "status"),
        ("Is it in force?", "status"),
        ("Is it a draft?", "status"),
        ("主送哪些单位？", "addressee"),
        ("抄送给谁？", "addressee"),
        ("Who is it addressed to?", "addressee"),
        ("制定依据是什么？", "basis"),
        ("贯彻落实国家哪个文件？", "basis"),
        ("制定依據是什麼？", "basis"),
        ("文件标题是什么？", "title"),
        ("What is the full title?", "title"),
        ("能对外公开吗？", "publicity"),
        ("有效期多久？", "repeal"),
        ("还有效吗？", "repeal"),
        ("什麼時候失效？", "repeal"),
        ("Is it still valid?", "repeal"),
        ("征求意见截止到什么时候？", "consultation"),
        ("When does the consultation period end?", "consultation"),
    ],
)
def test_a_fact_about_the_document_is_asked(question, fact):
    ask = intent(question)
    assert (ask.intent, ask.fact and ask.fact.value) == (Intent.DOCUMENT, fact)


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("两地分别由谁牵头？", True),
        ("湖北和武汉有什么区别？", True),
        ("各自由谁负责？", True),
        ("湖北和武漢的要求有何不同？", True),
        ("Compare Hubei and Wuhan", True),
        ("Who leads in both cities?", True),
        ("谁牵头？", False),
        ("这项有什么要求？", False),
        ("Who leads it?", False),
    ],
)
def test_a_comparison_asks_for_each(question, each):
    assert intent(question).each is each


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("是不是省水利厅牵头？", True),
        ("是不是由省水利廳牽頭？", True),
        ("省水利厅牵头吗？", True),
        ("为什么由省水利厅牵头？", True),
        ("Is it 省水利厅 that leads?", True),
        ("省水利厅牵头的有谁配合？", False),
    ],
)
def test_a_question_that_assumes_the_lead_is_marked(question, premise):
    assert intent(question, names_unit=True).premise is premise


def test_no_unit_named_nothing_assumed():
    assert not intent("是不是有人牵头？").premise
