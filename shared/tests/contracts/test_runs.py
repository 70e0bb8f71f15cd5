"""The texts of runs and plans keep their codes and figures."""

from shared.contracts.runs import Plan, PlannedAction, coded_problems, with_codes
from shared.contracts.translatable import translatables
from shared.translatable import about, all_of, title_by, translatable

AWAY = translatable("remote.timed_out", "GET timed out", call="GET")
OFF = translatable("plan.no_upgrades", "No quality profile upgrades owned books.")


def test_the_details_of_a_run_have_the_codes_of_its_texts_by_their_place() -> None:
    details = with_codes({"note": OFF, "added": ["Ozma", AWAY], "seen": 2, "plan": {"notes": [OFF]}}, ["away", AWAY])
    assert set(details.pop("translatable")) == {"note", "added.1", "problems.1"}
    assert details == {"note": OFF, "added": ["Ozma", AWAY], "seen": 2, "plan": {"notes": [OFF]}}


def test_details_without_a_coded_text_stay_as_they_are() -> None:
    assert with_codes({"seen": 2}, ["away"]) == {"seen": 2}


def test_other_problems_replace_the_codes_of_the_problems_and_of_nothing_else() -> None:
    before = with_codes({"note": OFF}, [AWAY])
    stored = {**before, "note": str(OFF)}
    assert [translatables(words=each) for each in coded_problems([str(AWAY)], stored)] == [translatables(words=AWAY)]
    assert set(with_codes(stored, ["cancelled", AWAY])["translatable"]) == {"note", "problems.1"}
    assert set(with_codes(stored, ["cancelled"])["translatable"]) == {"note"}


def test_a_plan_has_the_codes_of_its_actions_and_notes() -> None:
    action = PlannedAction.of("grab", title_by("Ozma", ["Baum"]), AWAY)
    plan = Plan.of([action, PlannedAction.of("grab", "Emma")], notes=["a note", OFF])
    assert plan.translatable == translatables(**{"notes.1": OFF})
    assert plan.actions[0].translatable == translatables(what=title_by("Ozma", ["Baum"]), words=AWAY)
    assert plan.actions[1].translatable == {}


def test_sentences_are_put_together_with_their_codes() -> None:
    whole = all_of([about("Ozma", AWAY), "a text"])
    assert whole == "Ozma: GET timed out; a text"
    (parts,) = translatables(words=whole).values()
    assert [each if isinstance(each, str) else each["code"] for each in parts.figures["sentences"]] == [
        "text.about",
        "a text",
    ]
    assert all_of([]) == all_of([""]) == ""
    assert title_by("Ozma", []) == "Ozma"
