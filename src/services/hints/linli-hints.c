/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hints.h"

#include "linli-answers.h"

#define LEAVES     3
#define DUPLICATES 5
#define ANSWERS    3
#define LEAST_TEXT 4 /* characters: less is a beginning, not a matter */

/* @knowledge: (nullable): without it no leaves are suggested */
LinliHintQuestion *
linli_hint_question_new (const char         *text,
                         gint64              now,
                         LinliLeafKnowledge *knowledge)
{
  LinliHintQuestion *self = g_new0 (LinliHintQuestion, 1);

  self->text = g_strdup (text);
  self->now = now;
  self->days = LINLI_DUPLICATE_DAYS;
  self->knowledge = knowledge != NULL ? linli_leaf_knowledge_ref (knowledge) : NULL;

  return self;
}

void
linli_hint_question_free (LinliHintQuestion *self)
{
  g_free (self->text);
  g_free (self->appellant);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->place);
  g_free (self->place_id);
  g_free (self->item_code);
  g_free (self->leave_out);
  linli_leaf_knowledge_unref (self->knowledge);
  g_free (self);
}

void
linli_hints_free (LinliHints *self)
{
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
find_duplicates (LinliConn         *conn,
                 LinliHintQuestion *question,
                 GError           **error)
{
  const LinliDuplicateQuestion asked = {
    .text = question->text, .appellant = question->appellant, .name = question->name, .phone = question->phone,
    .place = question->place, .place_id = question->place_id, .item_code = question->item_code,
    .leave_out = question->leave_out, .now = question->now, .days = question->days,
  };

  return linli_case_duplicates_find (conn, &asked, DUPLICATES, error);
}

/**
 * linli_hints_find:
 * @error: %LINLI_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Runs in the reading lane.
 *
 * Returns: (transfer full): nothing of any kind for a text that says nothing
 */
LinliHints *
linli_hints_find (LinliConn         *conn,
                  LinliHintQuestion *question,
                  GError           **error)
{
  g_autoptr(LinliHints) hints = g_new0 (LinliHints, 1);
  gboolean enough = g_utf8_strlen (question->text, -1) >= LEAST_TEXT;

  hints->leaves = enough && question->knowledge != NULL
                    ? linli_leaf_knowledge_suggest (question->knowledge, question->text, LEAVES) : g_ptr_array_new ();
  hints->duplicates = enough ? find_duplicates (conn, question, error) : g_ptr_array_new ();
  if (hints->duplicates == NULL)
    return NULL;
  hints->answers = enough ? linli_answers_match (conn, question->text, question->now, ANSWERS, error) : g_ptr_array_new ();

  return hints->answers != NULL ? g_steal_pointer (&hints) : NULL;
}
