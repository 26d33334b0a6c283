"""Everything that can be done to a ticket. Nothing else writes its tables."""

from farol.tickets.actions.acceptance import (
    accept_solution,
    approve,
    cancel_ticket,
    close_if_silent,
    decline,
    extend_if_shut_out,
    miss_customer,
    postpone_acceptance,
    reject_solution,
    remind,
    send_solution,
)
from farol.tickets.actions.batches import assign_many, run_batch, transfer_many, undo_batch
from farol.tickets.actions.charges import ask_authorization, record_responsibility
from farol.tickets.actions.conversation import ask_customer, note, reply
from farol.tickets.actions.drafts import attach_to_draft, detach_from_draft, discard_draft, save_draft, sweep_file
from farol.tickets.actions.environment import (
    access_database,
    announce_preparation,
    ask_database,
    copy_database,
    delete_copy,
    log_session,
    record_attempt,
)
from farol.tickets.actions.finding import make_findable
from farol.tickets.actions.following import follow_ticket, unfollow_ticket
from farol.tickets.actions.glances import have_acted, have_read
from farol.tickets.actions.hours import (
    enter_holiday_and_recalculate,
    rehearse,
    remove_holiday_and_recalculate,
    remove_special_day_and_recalculate,
    set_special_day_and_recalculate,
    start_version_and_recalculate,
)
from farol.tickets.actions.opening import continue_ticket, open_ticket
from farol.tickets.actions.quotes import open_document
from farol.tickets.actions.recalculation import correct_pause, recalculate
from farol.tickets.actions.splitting import split_ticket
from farol.tickets.actions.tasks import finish_task, raise_task
from farol.tickets.actions.ties import link_ticket, merge_ticket, undo_link
from farol.tickets.actions.time_log import correct_work, count_time, log_work, withdraw_work
from farol.tickets.actions.unsent import discard_words, keep_words, send_words
from farol.tickets.actions.views import remove_view, save_view
from farol.tickets.actions.work import (
    answer_impact,
    assign_ticket,
    contest_severity,
    reclassify_ticket,
    redirect_ticket,
    transfer_ticket,
    triage_ticket,
)

__all__ = [
    "accept_solution",
    "access_database",
    "announce_preparation",
    "answer_impact",
    "approve",
    "ask_authorization",
    "ask_customer",
    "ask_database",
    "assign_many",
    "assign_ticket",
    "attach_to_draft",
    "cancel_ticket",
    "close_if_silent",
    "contest_severity",
    "continue_ticket",
    "copy_database",
    "correct_pause",
    "correct_work",
    "count_time",
    "decline",
    "delete_copy",
    "detach_from_draft",
    "discard_draft",
    "discard_words",
    "enter_holiday_and_recalculate",
    "extend_if_shut_out",
    "finish_task",
    "follow_ticket",
    "have_acted",
    "have_read",
    "keep_words",
    "link_ticket",
    "log_session",
    "log_work",
    "make_findable",
    "merge_ticket",
    "miss_customer",
    "note",
    "open_document",
    "open_ticket",
    "postpone_acceptance",
    "raise_task",
    "recalculate",
    "reclassify_ticket",
    "record_attempt",
    "record_responsibility",
    "redirect_ticket",
    "rehearse",
    "reject_solution",
    "remind",
    "remove_holiday_and_recalculate",
    "remove_special_day_and_recalculate",
    "remove_view",
    "reply",
    "run_batch",
    "save_draft",
    "save_view",
    "send_solution",
    "send_words",
    "set_special_day_and_recalculate",
    "split_ticket",
    "start_version_and_recalculate",
    "sweep_file",
    "transfer_many",
    "transfer_ticket",
    "triage_ticket",
    "undo_batch",
    "undo_link",
    "unfollow_ticket",
    "withdraw_work",
]
