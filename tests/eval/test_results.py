import json

from eval.bench.results import about, report, table


def test_a_table_shows_shares_with_three_places_and_counts_with_separators():
    assert table([{"a": 0.12345, "b": 12_345, "c": "x"}, {"a": 12.5, "b": 1}]).splitlines() == [
        "| a | b | c |",
        "|---|---|---|",
        "| 0.123 | 12,345 | x |",
        "| 12.50 | 1 | - |",
    ]
    assert table([]) == ""


def test_the_command_names_no_folder_of_the_machine(tmp_path):
    told = about(
        "seeds", ["--data", str(tmp_path / "kit"), f"--out={tmp_path / 'o'}", "--gold", "a/b"]
    )
    assert told["command"] == "python -m eval.bench.seeds --data kit --out=o --gold a/b"
    assert str(tmp_path) not in json.dumps(told)


def test_machine_versions_and_date_are_told():
    told = about("seeds", [])
    assert told["machine"]["memory_gib"] >= 1
    assert set(told["machine"]["versions"]) >= {"python", "numpy", "faiss-cpu", "tokenizers"}
    assert len(told["date"]) == len("2026-01-31")


def test_json_and_table_are_written_and_one_of_them_printed(tmp_path, capsys):
    report("x", {"value": 1}, [{"value": 1}], out=tmp_path / "new", notes=["A note."])
    page = (tmp_path / "new" / "x.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == page
    assert page.startswith("# x\n")
    assert "| value |\n|---|\n| 1 |\n\nA note.\n" in page
    assert json.loads((tmp_path / "new" / "x.json").read_bytes())["value"] == 1
    report("x", {"value": 2}, [], out=tmp_path, as_json=True)
    assert json.loads(capsys.readouterr().out)["value"] == 2
