"""Writing down what a team says and does often, and doing it."""

from farol.playbook.actions.answers import remove_answer, write_answer
from farol.playbook.actions.macros import remove_macro, run_macro, undo_run, write_macro

__all__ = ["remove_answer", "remove_macro", "run_macro", "undo_run", "write_answer", "write_macro"]
