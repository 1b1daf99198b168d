"""Subjects offered to compare: words of headings that documents of two regions have."""

from index.clean import fold
from rag.subjects import shared_subjects


def test_every_subject_offered_can_be_compared_over_two_regions(answerer, library):
    subjects = shared_subjects(library, k=10)
    assert len(subjects) == 10
    for subject in subjects:
        rows = answerer.compare(subject).rows
        regions = {row.citation.document.region for row in rows}
        assert len(regions) > 1, subject


def test_a_subject_is_how_headings_of_two_regions_end(library):
    regions = {d.document_id: d.region for d in library.documents}
    for subject in shared_subjects(library, k=100):
        ending = {
            regions[clause.document_id]
            for clause in library.clauses
            if clause.heading and subject in fold(clause.heading)
        }
        assert len(ending) > 1, subject


def test_parts_of_documents_and_units_are_no_subjects(library):
    subjects = shared_subjects(library, k=100)
    assert not {"总体要求", "重点任务", "保障措施"} & set(subjects)
    units = {unit for c in library.clauses for r in c.responsibilities for unit in r.units}
    assert not [each for each in subjects if any(unit.endswith(each) for unit in units)]


def test_the_longest_come_first_and_the_number_is_kept(library):
    lengths = [len(each) for each in shared_subjects(library, k=7)]
    assert len(lengths) == 7
    assert lengths == sorted(lengths, reverse=True)
