/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-choice.h"

#include <string.h>

#include "linli-text.h"

#define CLASS_SEPARATOR " / "
#define NO_NAME         "-" /* 单位:=- finds the cases without a unit */

typedef struct
{
  LinliHead    head;
  LinliCaseSet words;
  gboolean     excluded;
} Names;

static const struct { const char *id; const char *column; } bases[] = {
  [LINLI_BASIS_RECEIVED] = { "received", "received_at" },
  [LINLI_BASIS_DISPATCHED] = { "dispatched", "dispatched_at" },
  [LINLI_BASIS_FINISHED] = { "finished", "finished_at" },
  [LINLI_BASIS_LIMIT] = { "limit", "limit_at" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (bases) == LINLI_N_BASES);

const char *
linli_figure_basis_to_id (LinliFigureBasis basis)
{
  g_return_val_if_fail (basis < LINLI_N_BASES, NULL);

  return bases[basis].id;
}

gboolean
linli_figure_basis_from_id (const char       *id,
                            LinliFigureBasis *basis)
{
  for (guint i = 0; id != NULL && i < LINLI_N_BASES; i++)
    if (g_str_equal (bases[i].id, id))
      {
        *basis = (LinliFigureBasis) i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: (transfer full): the first part of "class / group / leaf" */
char *
linli_figure_class_of (const char *item)
{
  const char *end = strstr (item, CLASS_SEPARATOR);

  return end != NULL ? g_strndup (item, (gsize) (end - item)) : g_strdup (item);
}

static void
names_clear (gpointer names)
{
  linli_case_set_clear (&((Names *) names)->words);
}

LinliFigureChoice *
linli_figure_choice_new (void)
{
  LinliFigureChoice *self = g_new0 (LinliFigureChoice, 1);

  for (guint i = 0; i < LINLI_N_BASES; i++)
    self->spans[i] = g_array_new (FALSE, FALSE, sizeof (LinliTimeSpan));
  self->names = g_array_new (FALSE, FALSE, sizeof (Names));
  g_array_set_clear_func (self->names, names_clear);

  return self;
}

void
linli_figure_choice_free (LinliFigureChoice *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < LINLI_N_BASES; i++)
    g_array_unref (self->spans[i]);
  g_array_unref (self->names);
  g_free (self);
}

void
linli_figure_choice_add_span (LinliFigureChoice   *self,
                              LinliFigureBasis     basis,
                              const LinliTimeSpan *span)
{
  g_return_if_fail (self != NULL && basis < LINLI_N_BASES);

  g_array_append_val (self->spans[basis], *span);
}

/* @typed is folded, the stored name as it was first written. */
static gboolean
is_meant (const char    *stored,
          const char    *folded,
          const char    *typed,
          LinliNameMatch match)
{
  g_autofree char *first = NULL;
  g_autofree char *class_folded = NULL;

  if (match == LINLI_NAMES_CONTAINS)
    return strstr (folded, typed) != NULL;
  if (match == LINLI_NAMES_EXACT)
    return g_str_equal (folded, typed);
  first = linli_figure_class_of (stored);
  class_folded = linli_text_fold (first, -1);

  return match == LINLI_NAMES_CLASS ? g_str_equal (class_folded, typed) : strstr (class_folded, typed) != NULL;
}

static void
take_word (Names         *self,
           LinliStmt     *stmt,
           LinliNameMatch match,
           char         **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (is_meant (linli_stmt_get_text (stmt, 1), linli_stmt_get_text (stmt, 2), names[i], match))
      linli_case_set_add (&self->words, linli_stmt_get_int (stmt, 0));
}

/**
 * linli_figure_choice_add_names:
 * @names: any of these, folded; "-" is no name at all
 * @excluded: none of these instead
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_figure_choice_add_names (LinliFigureChoice *self,
                               LinliConn         *conn,
                               LinliHead          head,
                               LinliNameMatch     match,
                               char             **names,
                               gboolean           excluded,
                               GError           **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT word, name, folded FROM case_word WHERE head = ?1",
                                                "i", (gint64) head);
  Names added = { head, { 0 }, excluded };
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && linli_stmt_step (stmt, &row, error);

  while (ok && row)
    {
      take_word (&added, stmt, match, names);
      ok = linli_stmt_step (stmt, &row, error);
    }
  if (g_strv_contains ((const char *const *) names, NO_NAME))
    linli_case_set_add (&added.words, 0);
  if (!ok)
    {
      names_clear (&added);
      return FALSE;
    }
  g_array_append_val (self->names, added);

  return TRUE;
}

/* The statement yields pk, measure and, with words, heads. */
static LinliStmt *
prepare (LinliFigureChoice *self,
         LinliConn         *conn,
         gboolean           with_words,
         GError           **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT pk, " LINLI_MEASURE_COLUMNS);
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  LinliStmt *stmt;

  if (with_words)
    g_string_append (sql, ", " LINLI_MEASURE_HEADS);
  g_string_append (sql, " FROM case_measure WHERE 1 = 1");
  for (guint basis = 0; basis < LINLI_N_BASES; basis++)
    for (guint i = 0; i < self->spans[basis]->len; i++)
      {
        LinliTimeSpan *span = &g_array_index (self->spans[basis], LinliTimeSpan, i);
        gint64 from = MAX (span->from, 1);
        gint64 before = span->before != 0 ? span->before : G_MAXINT64;

        g_array_append_val (values, from);
        g_array_append_val (values, before);
        g_string_append_printf (sql, " AND %s(%s >= ?%u AND %s < ?%u)", span->excluded ? "NOT " : "",
                                bases[basis].column, values->len - 1, bases[basis].column, values->len);
        if (!span->excluded && basis != LINLI_BASIS_RECEIVED)
          g_string_append_printf (sql, " AND %s > 0", bases[basis].column); /* names the partial index */
      }
  stmt = linli_conn_prepare (conn, sql->str, error);
  for (guint i = 0; stmt != NULL && i < values->len; i++)
    linli_stmt_bind_int (stmt, (int) i + 1, g_array_index (values, gint64, i));

  return stmt;
}

static gboolean
has_names (LinliFigureChoice *self,
           const guint       *words)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      Names *names = &g_array_index (self->names, Names, i);

      if (linli_case_set_contains (&names->words, words[names->head]) == names->excluded)
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_figure_choice_scan:
 * @now: microseconds UTC, for what is overdue
 * @with_words: whether @take wants them
 * @error: %LINLI_STORE_ERROR
 *
 * Calls @take with every case of the choice, in no order.
 */
gboolean
linli_figure_choice_scan (LinliFigureChoice *self,
                          LinliConn         *conn,
                          gint64             now,
                          gboolean           with_words,
                          LinliFigureTake    take,
                          gpointer           data,
                          GError           **error)
{
  gboolean need_words = with_words || self->names->len > 0;
  g_autoptr(LinliStmt) stmt = prepare (self, conn, need_words, error);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      guint words[LINLI_N_HEADS] = { 0 };
      LinliCaseMeasure measure;
      guint64 sets;

      linli_case_measure_read (&measure, stmt, 1);
      sets = linli_figure_sets_of (&measure, now);
      for (guint head = 0; need_words && head < LINLI_N_HEADS; head++)
        words[head] = (guint) linli_stmt_get_int (stmt, 1 + LINLI_MEASURE_N_COLUMNS + (int) head);
      if ((sets & self->wanted) == self->wanted && (sets & self->unwanted) == 0 &&
          (self->lanes == 0 || self->lanes >> measure.lane & 1) && has_names (self, words))
        take (linli_stmt_get_int (stmt, 0), &measure, sets, words, data);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static void
add_to_set (gint64                  pk,
            const LinliCaseMeasure *measure,
            guint64                 sets,
            const guint            *words,
            gpointer                data)
{
  linli_case_set_add (data, pk);
}

/* Adds the keys of the cases of the choice to @set. */
gboolean
linli_figure_choice_select (LinliFigureChoice *self,
                            LinliConn         *conn,
                            gint64             now,
                            LinliCaseSet      *set,
                            GError           **error)
{
  return linli_figure_choice_scan (self, conn, now, FALSE, add_to_set, set, error);
}
