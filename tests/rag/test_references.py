import pytest

from rag.references import references
from tests.made import index_of

HIGH = "国务院办公厅关于加强古籍保护工作的意见\n\n国办发〔2021〕9号\n\n一、加强普查。\n"
TEXT = (
    "某省人民政府办公厅关于加强古籍保护工作的通知\n\n某政办发〔2022〕3号\n\n各市：\n\n"
    "为贯彻《国务院办公厅关于加强古籍保护工作的意见》（国办发[2021] 9 号），现通知如下：\n\n"
    "一、落实\U0001f4dc国办发〔2021〕9号文件。某政办发〔2022〕3号自行废止。\n\n"
    "二、《某市办法》和国办发〔2021〕90号另行执行。\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("naming"), {"high": HIGH, "low": TEXT})


def test_numbers_and_titles_of_documents_held_are_found_at_their_exact_place(index):
    text = index.text("low")
    found = references(index, "low")
    assert [text[each.start : each.end] for each in found] == [
        "《国务院办公厅关于加强古籍保护工作的意见》",
        "国办发[2021] 9 号",
        "国办发〔2021〕9号",
    ]
    assert {each.document_id for each in found} == {"high"}


def test_a_document_that_names_none_has_no_references(index):
    assert references(index, "high") == ()


def test_the_seeds_name_one_another(library):
    named = {
        document.document_id: {
            each.document_id for each in references(library, document.document_id)
        }
        for document in library.documents
    }
    assert named["zj-2021-68"] == named["shanxi-2021-101"] == {"state-council-2021-16"}
    assert named["state-council-2021-16"] == set()
