/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-commands.h"

#include "linli-case-commands-private.h"

#define CLERK      LINLI_ROLE_CLERK
#define DISPATCHER LINLI_ROLE_DISPATCHER
#define HANDLER    LINLI_ROLE_HANDLER
#define REVIEWER   LINLI_ROLE_REVIEWER
#define WRITERS    (LINLI_ROLE_ANY & ~LINLI_ROLE_AUDITOR)
#define UNDOABLE   LINLI_COMMAND_UNDOABLE

#define RUN(name)  linli_case_##name##_args, linli_case_##name##_run

const LinliCommand linli_case_commands[] = {
  { "case.intake", 1, CLERK | DISPATCHER | LINLI_ROLE_GRID | LINLI_ROLE_SECRETARY, 0, RUN (intake),
    "Take in what a resident brings: a submission and its case." },
  { "case.accept", 1, CLERK | DISPATCHER, UNDOABLE, RUN (accept),
    "Register a received case under a leaf of the duty list." },
  { "case.classify", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (classify),
    "Put a case under another leaf; its clocks keep the moment they started." },
  { "case.edit", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (edit),
    "Correct the clerk's own wording, the place and the marks of a case." },
  { "case.assign", 1, CLERK | DISPATCHER | REVIEWER | LINLI_ROLE_SUPERVISOR | LINLI_ROLE_SECRETARY, UNDOABLE,
    RUN (assign), "Say who at the centre keeps an eye on a case." },
  { "case.dispatch", 1, DISPATCHER, UNDOABLE, RUN (dispatch),
    "Send a registered case to one lead unit and any assisting units." },
  { "case.assist", 1, DISPATCHER, UNDOABLE, RUN (assist),
    "Add assisting units to a case under way." },
  { "case.recall", 1, DISPATCHER, UNDOABLE, RUN (recall),
    "Take a part back from its unit; recalling the lead recalls everybody." },
  { "case.release", 1, DISPATCHER | REVIEWER, UNDOABLE, RUN (release),
    "Let an assisting unit off its part, with a reason." },
  { "case.sign", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (sign),
    "The unit has taken its part on." },
  { "case.contact", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (contact),
    "The unit has spoken to the resident." },
  { "case.work", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (work),
    "The unit reports progress." },
  { "case.done", 1, HANDLER | DISPATCHER, UNDOABLE, RUN (done),
    "The unit reports its result; the last part sends the case to review." },
  { "case.review", 1, REVIEWER, UNDOABLE, RUN (review),
    "Pass the result, or send it back to the lead unit." },
  { "case.close", 1, LINLI_ROLE_CALLBACK | REVIEWER, UNDOABLE, RUN (close),
    "The resident was told; the case is over." },
  { "case.decline", 1, CLERK | REVIEWER, UNDOABLE, RUN (decline),
    "Not to be taken up, for a coded reason that is explained to the resident." },
  { "case.withdraw", 1, CLERK | DISPATCHER, UNDOABLE, RUN (withdraw),
    "The resident takes the matter back." },
  { "case.note", 1, WRITERS, 0, RUN (note),
    "Add words to the timeline, for an audience." },
  { "case.attach", 1, WRITERS, 0, RUN (attach),
    "Add a file that is already in the store's folder." },
  { "case.detach", 1, CLERK | DISPATCHER | REVIEWER, UNDOABLE, RUN (detach),
    "Take a file out of the case; it is kept, and marked as removed." },
  { NULL }
};
