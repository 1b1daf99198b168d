from eval.bench.elsewhere import measure, questions


def test_each_heading_is_asked_of_each_other_place_whose_text_lacks_it(library):
    asked = list(questions(library))
    assert "绍兴市推进医药产业数智化转型由谁牵头？" in asked
    assert "上海市推进医药产业数智化转型由谁牵头？" not in asked
    assert not any("总体要求" in question for question in asked)


def test_questions_that_get_units_are_counted(library):
    asked = list(questions(library))
    counted = measure(library, lambda question: question.startswith("上海市"))
    assert counted["questions"] == len(asked)
    assert counted["with_units"] == sum(q.startswith("上海市") for q in asked) > 0


def test_few_headings_of_one_place_give_units_of_another(library, answerer):
    counted = measure(library, lambda q: any(r.units for r in answerer.ask(q).responsibilities))
    assert counted["questions"] > 300
    assert counted["with_units"] <= 0.1 * counted["questions"]
