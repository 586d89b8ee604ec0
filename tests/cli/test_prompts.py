"""Questions: on stderr, only where somebody can answer, and whatever is typed comes back whole."""

import pytest

from tests.cli.test_app import ROOT, SAMPLE
from tests.conftest import Cli, Result, Terminal
from tests.sample import TABLE


@pytest.mark.parametrize("command", ["ask", "confirm", "choose"])
def test_without_a_terminal_the_error_names_the_option_and_nothing_is_read(cli: Cli, command: str) -> None:
    assert cli(command, stdin="y\n1\n", table=TABLE) == Result(2, "", "c4l: error: nobody can be asked\n  say --yes\n")


def test_a_piped_yes_answers_nothing(terminal: Terminal) -> None:
    line = f"echo y | {' '.join(SAMPLE)} confirm"
    answered = terminal("-c", line, program=["bash"], env={"PYTHONPATH": str(ROOT)})

    assert (answered.code, answered.out) == (2, "c4l: error: nobody can be asked\n  say --yes\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("y\n", True), ("YES\n", True), ("n\n", False), ("No\n", False), ("\n", False), ("perhaps\ny\n", True)],
)
def test_yes_or_no(cli: Cli, typed: str, meant: bool) -> None:
    answered = cli("confirm", stdin=typed, tty=True, table=TABLE)

    assert (answered.code, answered.out) == (0, f"{meant}\n")
    assert answered.err == "Sure? [y/N] " * typed.count("\n")


def test_a_line_of_text_comes_back_whole(cli: Cli) -> None:
    answered = cli("ask", stdin="  Zoë — «ünïcode» 😀, with\ttab \nin Köln\n", tty=True, table=TABLE)

    assert answered.out == "'Zoë — «ünïcode» 😀, with\\ttab'\n'in Köln'\n"
    assert answered.err == "Who? Where? [at home]: "


def test_without_a_default_the_question_comes_again_and_with_one_it_is_taken(cli: Cli) -> None:
    answered = cli("ask", stdin="\n  \nJane\n\n", tty=True, table=TABLE)

    assert answered.out == "'Jane'\n'at home'\n"
    assert answered.err.count("Who? ") == 3


@pytest.mark.parametrize(("typed", "index"), [("1\n", 0), ("3\n", 2), ("0\n4\n-1\nJo\n\n²\n2\n", 1)])
def test_a_choice_is_one_of_the_numbers_shown(cli: Cli, typed: str, index: int) -> None:
    answered = cli("choose", stdin=typed, tty=True, table=TABLE)

    assert answered.out == f"{index}\n"
    assert answered.err.startswith("  1  Jane �Doe\n  2  Jo Stone\n  3  Joan Reed\nWhich? [1-3]: ")


@pytest.mark.parametrize("command", ["ask", "confirm", "choose"])
def test_end_of_input_interrupts(cli: Cli, command: str) -> None:
    answered = cli(command, stdin="", tty=True, table=TABLE)

    assert (answered.code, answered.out) == (130, "")
    assert answered.err.endswith("\n")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_interrupt(terminal: Terminal, key: str) -> None:
    answered = terminal("confirm", program=SAMPLE, typed=[("[y/N]", key)], env={"PYTHONPATH": str(ROOT)})

    assert answered.code == 130
    assert "Traceback" not in answered.out
    assert "False" not in answered.out


def test_questions_and_answers_on_a_real_terminal(terminal: Terminal) -> None:
    typed = [("Who?", "Zoë\r"), ("Where?", "\r")]
    answered = terminal("ask", program=SAMPLE, typed=typed, env={"PYTHONPATH": str(ROOT)})

    assert answered.code == 0
    assert "'Zoë'" in answered.out
    assert "'at home'" in answered.out
