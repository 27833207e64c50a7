/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-inbox-room.h"

#include "linli-inbox-commands.h"
#include "linli-inbox-tables.h"

#define WRITERS (LINLI_ROLE_ANY & ~LINLI_ROLE_AUDITOR)
#define LOCAL   LINLI_COMMAND_LOCAL
#define UNDOABLE LINLI_COMMAND_UNDOABLE

#define RUN(name) linli_##name##_args, linli_##name##_run
#define ASK(name) linli_##name##_args, linli_##name##_query

static const LinliTable *const tables[] = {
  &linli_table_bulk,
  &linli_table_bulk_case,
  &linli_table_template,
  &linli_table_macro,
  NULL
};

static const LinliCommand commands[] = {
  { "bulk.start", 1, WRITERS, LOCAL, RUN (bulk_start),
    "Open the record of an action on many cases." },
  { "bulk.record", 1, WRITERS, LOCAL, RUN (bulk_record),
    "Write down what became of one case of a bulk action." },
  { "bulk.finish", 1, WRITERS, LOCAL, RUN (bulk_finish),
    "Close the record of a bulk action." },
  { "template.save", 1, WRITERS, UNDOABLE, RUN (template_save),
    "Keep a text that is written again and again, with variables." },
  { "template.remove", 1, WRITERS, UNDOABLE, RUN (template_remove),
    "Offer a kept text no longer." },
  { "macro.save", 1, WRITERS, UNDOABLE, RUN (macro_save),
    "Keep several commands under one name." },
  { "macro.remove", 1, WRITERS, UNDOABLE, RUN (macro_remove),
    "Offer a macro no longer." },
  { NULL }
};

static const LinliQuery queries[] = {
  { "bulk.list", ASK (bulk_list), "Actions on many cases with their numbers, latest first." },
  { "bulk.show", ASK (bulk_show), "What became of each case of a bulk action." },
  { "case.context", ASK (case_context), "The same matter nearby, the resident's other matters, the leaf's usual times." },
  { "inbox.find", ASK (jump_find), "Cases, residents and units by number, words, name, initials or telephone.", TRUE },
  { "macro.list", ASK (macro_list), "The macros that one may use." },
  { "macro.record", ASK (macro_record), "What one did last to a case, as the steps of a macro." },
  { "template.fill", ASK (template_fill), "A text with its variables filled in by a case." },
  { "template.list", ASK (template_list), "Kept texts, those for the case's leaf and state first.", TRUE },
  { NULL }
};

const LinliRoom linli_inbox_room = {
  .name = "inbox",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
