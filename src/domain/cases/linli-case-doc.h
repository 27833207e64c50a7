/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-fresh.h"
#include "linli-case-state.h"
#include "linli-conn.h"

G_BEGIN_DECLS

/* What the search index knows of a case: one text a column, fields within a
 * column apart by LINLI_TEXT_BREAK, so that no phrase runs from one into the
 * next. A free word is looked for in all of them. */
typedef enum
{
  LINLI_CASE_DOC_WORDS,  /* number, title, place, what was written: by residents, in the timeline;
                          * numbers and titles of the cases merged into it */
  LINLI_CASE_DOC_PEOPLE, /* residents: names, initials, telephones and their last four digits */
  LINLI_CASE_DOC_UNIT,   /* handling unit: name, initials */
  LINLI_CASE_DOC_ITEM,   /* duty item: name, code, initials */
  LINLI_CASE_DOC_MARKS,  /* state and channel, as linli_case_doc_state_mark() and _channel_mark() */
  LINLI_N_CASE_DOC,
} LinliCaseDocColumn;

#define LINLI_CASE_DOC_COLUMNS "words, people, unit, item, marks"

typedef struct
{
  char *columns[LINLI_N_CASE_DOC];
} LinliCaseDoc;

/* Half of every state's mark: by itself, as a prefix, it means any case. */
#define LINLI_CASE_DOC_MARK_ANY "\U000F0001"

LinliCaseDoc *linli_case_doc_build        (LinliConn          *conn,
                                           gint64              pk,
                                           GError            **error);
LinliCaseDoc *linli_case_doc_of           (const LinliCaseFresh *fresh,
                                           LinliConn          *conn,
                                           GError            **error);
LinliCaseDoc *linli_case_doc_read         (LinliConn          *conn,
                                           gint64              pk,
                                           GError            **error);
gboolean      linli_case_doc_equal        (const LinliCaseDoc *a,
                                           const LinliCaseDoc *b);
void          linli_case_doc_free         (LinliCaseDoc       *self);
char         *linli_case_doc_state_mark   (LinliCaseState      state);
char         *linli_case_doc_channel_mark (const char         *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseDoc, linli_case_doc_free)

G_END_DECLS
