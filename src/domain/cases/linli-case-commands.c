/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-commands.h"

#include "linli-case-commands-private.h"
#include "linli-handling-rules.h"

#define CLERK      LINLI_ROLE_CLERK
#define DISPATCHER LINLI_ROLE_DISPATCHER
#define HANDLER    LINLI_ROLE_HANDLER
#define REVIEWER   LINLI_ROLE_REVIEWER
#define CALLBACK   LINLI_ROLE_CALLBACK
#define SUPERVISOR LINLI_ROLE_SUPERVISOR
#define WRITERS    (LINLI_ROLE_ANY & ~LINLI_ROLE_AUDITOR)
#define IMPORTERS  (LINLI_ROLE_ADMIN | CLERK | DISPATCHER)
#define UNDOABLE   LINLI_COMMAND_UNDOABLE

#define BULK       LINLI_COMMAND_BULK

#define RUN(name)  linli_##name##_args, linli_##name##_run

const LinliCommand linli_case_commands[] = {
  { "case.intake", 1, CLERK | DISPATCHER | LINLI_ROLE_GRID | LINLI_ROLE_SECRETARY, 0, RUN (case_intake),
    "Take in what a resident brings: a submission and its case." },
  { "case.accept", 1, CLERK | DISPATCHER, UNDOABLE, RUN (case_accept),
    "Register a received case under a leaf of the duty list." },
  { "case.classify", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_classify),
    "Put a case under another leaf; its clocks keep the moment they started." },
  { "case.edit", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_edit),
    "Correct the clerk's own wording, the place and the marks of a case.", linli_case_edit_fill },
  { "case.assign", 1, CLERK | DISPATCHER | REVIEWER | LINLI_ROLE_SUPERVISOR | LINLI_ROLE_SECRETARY, UNDOABLE,
    RUN (case_assign), "Say who at the centre keeps an eye on a case." },
  { "case.dispatch", 1, DISPATCHER, UNDOABLE, RUN (case_dispatch),
    "Send a registered case to one lead unit and any assisting units." },
  { "case.assist", 1, DISPATCHER, UNDOABLE, RUN (case_assist),
    "Add assisting units to a case under way." },
  { "case.recall", 1, DISPATCHER, UNDOABLE, RUN (case_recall),
    "Take a part back from its unit; recalling the lead recalls everybody." },
  { "case.release", 1, DISPATCHER | REVIEWER, UNDOABLE, RUN (case_release),
    "Let an assisting unit off its part, with a reason." },
  { "case.sign", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_sign),
    "The unit has taken its part on." },
  { "case.contact", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_contact),
    "The unit has spoken to the resident." },
  { "case.work", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_work),
    "The unit reports progress." },
  { "case.done", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_done),
    "The unit reports its result; the last part sends the case to review." },
  { "case.return", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_return),
    "The unit gives its part back, under a clause of the duty list; too often, and it waits for a ruling." },
  { "case.rule", 1, DISPATCHER | REVIEWER, UNDOABLE, RUN (case_rule),
    "Rule whose a matter is, by what law, and send it there; that unit cannot return it." },
  { "case.ask-extension", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_ask_extension),
    "The lead unit asks for more time, before the limit runs out." },
  { "case.ask-suspension", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_ask_suspension),
    "The lead unit asks to stop the clocks until a day." },
  { "case.withdraw-request", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_withdraw_request),
    "The unit takes back what it asked for." },
  { "case.decide-extension", 1, HANDLER | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_decide_extension),
    "Agree for the unit, or grant or refuse for the centre, an extension that another person asked for." },
  { "case.decide-suspension", 1, REVIEWER, UNDOABLE, RUN (case_decide_suspension),
    "Grant or refuse a suspension that another person asked for." },
  { "case.suspend", 1, REVIEWER, UNDOABLE, RUN (case_suspend),
    "Stop the clocks of a case until a day, for a reason." },
  { "case.resume", 1, HANDLER | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_resume),
    "A suspended case goes on now." },
  { "case.resume-due", 1, WRITERS, 0, RUN (case_resume_due),
    "Let every suspended case whose day has come go on, from the opening of that day." },
  { "case.review", 1, REVIEWER, UNDOABLE, RUN (case_review),
    "Pass the result, or send it back to the lead unit." },
  { "case.close", 1, CALLBACK | REVIEWER, UNDOABLE, RUN (case_close),
    "The resident was told; the case is over." },
  { "case.notify-resident", 1, CALLBACK | REVIEWER | CLERK, UNDOABLE, RUN (case_notify),
    "A resident, or everybody who waits for a reply, was told the result." },
  { "case.callback", 1, CALLBACK | REVIEWER, UNDOABLE, RUN (case_callback),
    "A resident was called back, or could not be reached; closes the case or sends it back in the same step." },
  { "case.redo", 1, CALLBACK | REVIEWER | DISPATCHER, UNDOABLE, RUN (case_redo),
    "It is not solved: dispatch it once more; the first clocks stay for the statistics." },
  { "case.supervise", 1, SUPERVISOR | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_supervise),
    "Press a unit: remind, urge, order, criticise, by hand or because a rule calls for it." },
  { "case.explain", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (case_explain),
    "The unit answers a supervision." },
  { "case.lift", 1, SUPERVISOR | REVIEWER, UNDOABLE, RUN (case_lift),
    "Take the supervision of a case away, with a reason." },
  { "case.decline", 1, CLERK | REVIEWER, UNDOABLE, RUN (case_decline),
    "Not to be taken up, for a coded reason that is explained to the resident." },
  { "case.withdraw", 1, CLERK | DISPATCHER, UNDOABLE, RUN (case_withdraw),
    "The resident takes the matter back." },
  { "case.merge", 1, DISPATCHER, UNDOABLE, RUN (case_merge),
    "Make one matter of several cases: their residents, each with number and call-back, go to the target." },
  { "case.unmerge", 1, DISPATCHER, UNDOABLE, RUN (case_unmerge),
    "Take a merge back at any later time; what came to the target since is assigned by choice." },
  { "case.answer", 1, CLERK | DISPATCHER, UNDOABLE, RUN (case_answer),
    "Answer a received case on the spot from what the centre knows, and close it." },
  { "case.split", 1, DISPATCHER, UNDOABLE, RUN (case_split),
    "Make parts of a case, each with its own leaf and limits; the case waits for them." },
  { "case.note", 1, WRITERS, 0, RUN (case_note),
    "Add words to the timeline, for an audience." },
  { "case.attach", 1, WRITERS, 0, RUN (case_attach),
    "Add a file that is already in the store's folder." },
  { "case.detach", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (case_detach),
    "Take a file out of the case; it is kept, and marked as removed." },
  { "import.start", 1, IMPORTERS, 0, RUN (import_start),
    "Begin to bring in a file; its rows follow in case.import." },
  { "case.import", 1, IMPORTERS, BULK, RUN (case_import),
    "Bring in rows of a file: new ones become cases, known ones are counted." },
  { "import.finish", 1, IMPORTERS, 0, RUN (import_finish),
    "The file is read to its end." },
  { "import.undo", 1, IMPORTERS, BULK, RUN (import_undo),
    "Take an import back, except what was worked on since; again until nothing is left." },
  { "view.save", 1, LINLI_ROLE_ANY, UNDOABLE, RUN (view_save),
    "Keep a search under a name, or change what is kept." },
  { "view.move", 1, LINLI_ROLE_ANY, UNDOABLE, RUN (view_move),
    "Put a kept search before another of the same kind." },
  { "view.remove", 1, LINLI_ROLE_ANY, UNDOABLE, RUN (view_remove),
    "Take a kept search out of the list." },
  { "handling.set-rule", 1, LINLI_ROLE_ADMIN, UNDOABLE, RUN (handling_set_rule),
    "Set a bound of returning, extending or suspending, from now or a later moment on." },
  { "clock.recompute", 1, LINLI_ROLE_ADMIN | DISPATCHER, BULK, RUN (clock_recompute),
    "Compute open deadlines anew after the calendar changed, and list what moved." },
  { NULL }
};
