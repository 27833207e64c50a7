/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-query-private.h"

#include "linli-case-state.h"
#include "linli-centre-zone.h"
#include "linli-figure-choice.h"
#include "linli-unit-scope.h"

#define SOON (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC) /* 临期: due within a day */

static void
term_free (LinliCaseTerm *term)
{
  g_strfreev (term->texts);
  g_free (term);
}

static void
add_term (LinliCaseQuery *self,
          LinliCaseField  field,
          char          **texts,
          gboolean        excluded)
{
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new ();
  LinliCaseTerm *term;
  gboolean any = FALSE;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *fts = linli_text_to_fts (texts[i], NULL);

      if (fts == NULL)
        continue;
      g_strv_builder_add (kept, texts[i]);
      any = TRUE;
    }
  if (!any)
    return;
  term = g_new0 (LinliCaseTerm, 1);
  term->field = field;
  term->texts = g_strv_builder_end (kept);
  term->excluded = excluded;
  g_ptr_array_add (self->terms, term);
}

/* Searches the clause as it stands in the line, and says so. */
void
linli_query_reader_take_as_words (LinliQueryReader  *self,
                                  const LinliClause *clause)
{
  LinliQueryText *text = self->query->text;
  LinliQueryIssue issue = { LINLI_QUERY_BAD_VALUE, clause->span };
  const char *start = text->source + clause->span.start;
  const char *end = text->source + clause->span.end;
  g_autofree char *words = NULL;
  char *texts[2] = { NULL };

  if (clause->excluded)
    start = g_utf8_next_char (start); /* the minus */
  words = g_strndup (start, (gsize) (end - start));
  texts[0] = words;
  g_array_append_val (text->issues, issue);
  add_term (self->query, LINLI_CASE_FIELD_ANY, texts, clause->excluded);
}

static void
read_states (LinliQueryReader  *self,
             const LinliClause *clause)
{
  guint states = 0;

  for (guint i = 0; clause->values[i] != NULL; i++)
    {
      guint named = linli_case_states_from_text (clause->values[i]);

      if (named == 0)
        {
          linli_query_reader_take_as_words (self, clause);
          return;
        }
      states |= named;
    }
  if (clause->excluded)
    self->unwanted |= states;
  else
    self->wanted |= states;
}

static void
read_days (LinliQueryReader  *self,
           const LinliClause *clause,
           GArray            *spans)
{
  LinliTimeSpan span = { linli_centre_zone_midnight (self->zone, clause->days.from, 0),
                         linli_centre_zone_midnight (self->zone, clause->days.to, 1), clause->excluded };

  g_array_append_val (spans, span);
}

static void
read_overdue (LinliQueryReader  *self,
              const LinliClause *clause)
{
  LinliCaseQuery *query = self->query;
  LinliTimeSpan soon = { query->now, query->now + SOON, clause->excluded };

  if (clause->overdue == LINLI_OVERDUE_SOON)
    g_array_append_val (query->due, soon);
  else
    query->overdue = (clause->overdue == LINLI_OVERDUE_YES) != clause->excluded ? 1 : -1;
}

/* An account by id, name or initials; "me" is whoever asks. */
static gboolean
read_owner (LinliQueryReader  *self,
            const LinliClause *clause,
            GError           **error)
{
  static const char *const me[] = { "me", "我", "本人", NULL };
  char **owner = clause->excluded ? &self->query->not_owner : &self->query->owner;
  g_autofree char *id = NULL;

  if (g_strv_contains (me, clause->values[0]))
    id = g_strdup (self->actor != NULL ? self->actor : "");
  else if (!linli_conn_get_text (self->conn, &id, error,
                                 "SELECT id FROM account WHERE id = ?1 OR lower(name) = ?1 OR pinyin = ?1 "
                                 "ORDER BY pk LIMIT 1", "s", clause->values[0]))
    return FALSE;

  if (id == NULL)
    linli_query_reader_take_as_words (self, clause);
  else
    {
      g_free (*owner);
      *owner = g_steal_pointer (&id);
    }
  return TRUE;
}

static guint
awaits_from_text (const char *text)
{
  static const struct { const char *word; guint awaits; } words[] = {
    { "裁决", LINLI_AWAITS_RULING },       { "ruling", LINLI_AWAITS_RULING },
    { "延期", LINLI_AWAITS_EXTENSION },    { "extension", LINLI_AWAITS_EXTENSION },
    { "挂起", LINLI_AWAITS_SUSPENSION },   { "suspension", LINLI_AWAITS_SUSPENSION },
    { "拆分", LINLI_AWAITS_LOOK },          { "parts", LINLI_AWAITS_LOOK },
    { "审批", LINLI_AWAITS_EXTENSION | LINLI_AWAITS_SUSPENSION },
    { "批", LINLI_AWAITS_EXTENSION | LINLI_AWAITS_SUSPENSION },
    { "decision", LINLI_AWAITS_EXTENSION | LINLI_AWAITS_SUSPENSION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, text))
      return words[i].awaits;
  return 0;
}

static void
read_awaits (LinliQueryReader  *self,
             const LinliClause *clause)
{
  guint awaits = 0;

  for (guint i = 0; clause->values[i] != NULL; i++)
    {
      guint named = awaits_from_text (clause->values[i]);

      if (named == 0)
        {
          linli_query_reader_take_as_words (self, clause);
          return;
        }
      awaits |= named;
    }
  if (clause->excluded)
    self->query->not_awaits |= awaits;
  else
    self->query->awaits |= awaits;
}

static void
read_parts (LinliQueryReader  *self,
            const LinliClause *clause)
{
  guint stages = 0;

  for (guint i = 0; clause->values[i] != NULL; i++)
    {
      guint named = linli_part_stage_from_text (clause->values[i]);

      if (named == 0)
        {
          linli_query_reader_take_as_words (self, clause);
          return;
        }
      stages |= named;
    }
  if (clause->excluded)
    self->query->not_stages |= stages;
  else
    self->query->stages |= stages;
}

static gboolean
read_clause (LinliQueryReader  *self,
             const LinliClause *clause,
             GError           **error)
{
  static const LinliCaseField fields[] = {
    [LINLI_CLAUSE_TERM] = LINLI_CASE_FIELD_ANY,      [LINLI_CLAUSE_UNIT] = LINLI_CASE_FIELD_UNIT,
    [LINLI_CLAUSE_ITEM] = LINLI_CASE_FIELD_ITEM,     [LINLI_CLAUSE_CHANNEL] = LINLI_CASE_FIELD_CHANNEL,
    [LINLI_CLAUSE_PERSON] = LINLI_CASE_FIELD_PEOPLE, [LINLI_CLAUSE_PHONE] = LINLI_CASE_FIELD_PEOPLE,
    [LINLI_CLAUSE_NUMBER] = LINLI_CASE_FIELD_ANY,
  };

  if (linli_query_reader_is_figure (clause))
    return linli_query_reader_read_figure (self, clause, error);
  switch (clause->kind)
    {
    case LINLI_CLAUSE_STATE:    read_states (self, clause); return TRUE;
    case LINLI_CLAUSE_RECEIVED: read_days (self, clause, self->query->received); return TRUE;
    case LINLI_CLAUSE_DUE:      read_days (self, clause, self->query->due); return TRUE;
    case LINLI_CLAUSE_OVERDUE:  read_overdue (self, clause); return TRUE;
    case LINLI_CLAUSE_OWNER:    return read_owner (self, clause, error);
    case LINLI_CLAUSE_AWAITS:   read_awaits (self, clause); return TRUE;
    case LINLI_CLAUSE_PART:     read_parts (self, clause); return TRUE;
    case LINLI_CLAUSE_TERM:
    case LINLI_CLAUSE_UNIT:
    case LINLI_CLAUSE_ITEM:
    case LINLI_CLAUSE_CHANNEL:
    case LINLI_CLAUSE_PERSON:
    case LINLI_CLAUSE_PHONE:
    case LINLI_CLAUSE_NUMBER:
    case LINLI_CLAUSE_DISPATCHED:
    case LINLI_CLAUSE_FINISHED:
    case LINLI_CLAUSE_LIMIT:
    case LINLI_CLAUSE_CLASS:
    case LINLI_CLAUSE_COMMUNITY:
    case LINLI_CLAUSE_LANE:
    case LINLI_CLAUSE_GRADE:
    case LINLI_CLAUSE_FIGURE:
    default:
      add_term (self->query, fields[clause->kind], clause->values, clause->excluded);
      return TRUE;
    }
}

static gboolean
today_in (GTimeZone *zone,
          gint64     now,
          GDate     *today)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  g_date_clear (today, 1);
  if (here != NULL)
    g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (here),
                    (GDateMonth) g_date_time_get_month (here), (GDateYear) g_date_time_get_year (here));
  return g_date_valid (today);
}

/**
 * linli_case_query_load:
 * @line: as typed
 * @now: microseconds UTC, for "overdue" and "today"
 * @actor: (nullable): who asks, and whom "owner:me" means
 * @error: %LINLI_STORE_ERROR
 *
 * Reads a search line; days are the centre's, owners are looked up by name.
 * Somebody at a handling unit asks about its own cases, whatever the line says.
 *
 * Returns: (transfer full): what is asked; any line asks something
 */
LinliCaseQuery *
linli_case_query_load (LinliConn  *conn,
                       const char *line,
                       gint64      now,
                       const char *actor,
                       GError    **error)
{
  g_autoptr(LinliCaseQuery) query = NULL;
  g_autoptr(GTimeZone) zone = NULL;
  LinliQueryReader self = { .conn = conn, .actor = actor };
  GDate today;

  g_return_val_if_fail (conn != NULL && line != NULL, NULL);

  zone = linli_centre_zone_load (conn, error);
  if (zone == NULL)
    return NULL;
  g_return_val_if_fail (today_in (zone, now, &today), NULL);

  query = g_new0 (LinliCaseQuery, 1);
  query->text = linli_query_text_parse (line, &today);
  query->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  query->due = g_array_new (FALSE, FALSE, sizeof (LinliTimeSpan));
  query->received = g_array_new (FALSE, FALSE, sizeof (LinliTimeSpan));
  query->now = now;
  if (!linli_unit_scope_load (conn, actor, &query->unit, error))
    return NULL;
  self.query = query;
  self.zone = zone;
  for (guint i = 0; i < query->text->clauses->len; i++)
    if (!read_clause (&self, &g_array_index (query->text->clauses, LinliClause, i), error))
      return NULL;
  if (query->awaits != 0)
    self.unwanted |= LINLI_CASE_STATES_CLOSED; /* nothing waits any more there: a short list to look through */
  for (guint i = 0; query->figures != NULL && i < query->received->len; i++)
    linli_figure_choice_add_span (query->figures, LINLI_BASIS_RECEIVED,
                                  &g_array_index (query->received, LinliTimeSpan, i));
  query->states = (self.wanted != 0 ? self.wanted : LINLI_CASE_STATES_ALL) & ~self.unwanted;

  return g_steal_pointer (&query);
}

void
linli_case_query_free (LinliCaseQuery *self)
{
  if (self == NULL)
    return;

  linli_query_text_free (self->text);
  linli_figure_choice_free (self->figures);
  g_ptr_array_unref (self->terms);
  g_array_unref (self->due);
  g_array_unref (self->received);
  g_free (self->owner);
  g_free (self->not_owner);
  g_free (self->unit);
  g_free (self);
}

gboolean
linli_time_span_holds (const LinliTimeSpan *span,
                       gint64               time)
{
  gboolean inside = (span->from == 0 || time >= span->from) && (span->before == 0 || time < span->before);

  return inside != span->excluded;
}
