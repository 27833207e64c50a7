/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-query.h"

#include <string.h>

#include "linli-case-span.h"
#include "linli-case-state.h"
#include "linli-text.h"

/* What an operator does with its value; FALSE when it makes no sense of it. */
typedef gboolean (*Apply) (LinliCaseQuery *self,
                           const char     *value, /* folded */
                           gboolean        excluded,
                           GTimeZone      *zone);

static void
term_free (LinliCaseTerm *term)
{
  g_free (term->text);
  g_free (term);
}

static void
warning_free (LinliCaseWarning *warning)
{
  g_free (warning->text);
  g_free (warning);
}

static void
warn (LinliCaseQuery      *self,
      LinliCaseWarningKind kind,
      const char          *text)
{
  LinliCaseWarning *warning = g_new0 (LinliCaseWarning, 1);

  warning->kind = kind;
  warning->text = g_strdup (text);
  g_ptr_array_add (self->warnings, warning);
}

static void
add_term (LinliCaseQuery *self,
          LinliCaseField  field,
          const char     *text,
          gboolean        excluded)
{
  LinliTextReason reason = LINLI_TEXT_SEARCHABLE;
  g_autofree char *fts = linli_text_to_fts (text, &reason);
  LinliCaseTerm *term;

  if (reason != LINLI_TEXT_SEARCHABLE)
    {
      if (reason != LINLI_TEXT_EMPTY)
        warn (self, reason == LINLI_TEXT_TOO_LONG ? LINLI_CASE_WARNING_TOO_LONG
                                                  : LINLI_CASE_WARNING_NOT_SEARCHABLE, text);
      return;
    }
  term = g_new0 (LinliCaseTerm, 1);
  term->field = field;
  term->text = g_strdup (text);
  term->excluded = excluded;
  g_ptr_array_add (self->terms, term);
}

static gboolean
apply_state (LinliCaseQuery *self,
             const char     *value,
             gboolean        excluded,
             GTimeZone      *zone)
{
  g_autoptr(GString) list = g_string_new (value);
  g_auto(GStrv) parts = NULL;
  guint states = 0;

  g_string_replace (list, "、", ",", 0);
  parts = g_strsplit_set (list->str, ",|", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint part = linli_case_states_from_text (g_strstrip (parts[i]));

      if (part == 0)
        return FALSE;
      states |= part;
    }
  if (excluded)
    self->unwanted |= states;
  else
    self->wanted |= states;
  return TRUE;
}

static gboolean
apply_overdue (LinliCaseQuery *self,
               const char     *value,
               gboolean        excluded,
               GTimeZone      *zone)
{
  static const char *const yes[] = { "是", "yes", "1", "true", "y", NULL };
  static const char *const no[] = { "否", "no", "0", "false", "n", NULL };

  if (!g_strv_contains (yes, value) && !g_strv_contains (no, value))
    return FALSE;
  self->overdue = g_strv_contains (yes, value) != excluded ? 1 : -1;
  return TRUE;
}

static gboolean
apply_due (LinliCaseQuery *self,
           const char     *value,
           gboolean        excluded,
           GTimeZone      *zone)
{
  if (excluded || !linli_time_span_from_text (value, self->now, zone, &self->due))
    return FALSE;
  self->has_due = TRUE;
  return TRUE;
}

static gboolean
apply_received (LinliCaseQuery *self,
                const char     *value,
                gboolean        excluded,
                GTimeZone      *zone)
{
  if (excluded || !linli_time_span_from_text (value, self->now, zone, &self->received))
    return FALSE;
  self->has_received = TRUE;
  return TRUE;
}

static const struct
{
  const char    *name;
  Apply          apply; /* (nullable): then it is a word in a field */
  LinliCaseField field;
} operators[] = {
  { "state", apply_state },       { "状态", apply_state },
  { "overdue", apply_overdue },   { "超期", apply_overdue },
  { "due", apply_due },           { "到期", apply_due },
  { "received", apply_received }, { "收件", apply_received },
  { "unit", NULL, LINLI_CASE_FIELD_UNIT },       { "单位", NULL, LINLI_CASE_FIELD_UNIT },
  { "item", NULL, LINLI_CASE_FIELD_ITEM },       { "事项", NULL, LINLI_CASE_FIELD_ITEM },
  { "channel", NULL, LINLI_CASE_FIELD_CHANNEL }, { "渠道", NULL, LINLI_CASE_FIELD_CHANNEL },
  { "owner", NULL, LINLI_CASE_FIELD_OWNER },     { "负责", NULL, LINLI_CASE_FIELD_OWNER },
  { "person", NULL, LINLI_CASE_FIELD_PEOPLE },   { "人", NULL, LINLI_CASE_FIELD_PEOPLE },
  { "诉求人", NULL, LINLI_CASE_FIELD_PEOPLE },   { "phone", NULL, LINLI_CASE_FIELD_PEOPLE },
  { "电话", NULL, LINLI_CASE_FIELD_PEOPLE },     { "no", NULL, LINLI_CASE_FIELD_ANY },
  { "编号", NULL, LINLI_CASE_FIELD_ANY },
};

static void
apply_operator (LinliCaseQuery *self,
                const char     *name,
                const char     *value,
                gboolean        excluded,
                const char     *piece,
                GTimeZone      *zone)
{
  g_autofree char *folded = linli_text_fold (value, -1);

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      if (!g_str_equal (operators[i].name, name))
        continue;
      if (operators[i].apply == NULL)
        add_term (self, operators[i].field, value, excluded);
      else if (!operators[i].apply (self, g_strstrip (folded), excluded, zone))
        {
          warn (self, LINLI_CASE_WARNING_UNKNOWN_VALUE, piece);
          add_term (self, LINLI_CASE_FIELD_ANY, piece, excluded);
        }
      return;
    }

  warn (self, LINLI_CASE_WARNING_UNKNOWN_OPERATOR, piece);
  add_term (self, LINLI_CASE_FIELD_ANY, piece, excluded);
}

/**
 * linli_case_query_parse:
 * @line: as typed
 * @now: microseconds UTC, for "overdue" and "today"
 * @zone: where a day begins
 * @actor: (nullable): whom "owner:me" means
 *
 * Returns: (transfer full): what is asked; any line asks something
 */
LinliCaseQuery *
linli_case_query_parse (const char *line,
                        gint64      now,
                        GTimeZone  *zone,
                        const char *actor)
{
  LinliCaseQuery *self;
  g_auto(GStrv) pieces = NULL;

  g_return_val_if_fail (line != NULL && zone != NULL, NULL);

  self = g_new0 (LinliCaseQuery, 1);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) warning_free);
  self->now = now;
  self->actor = g_strdup (actor);

  pieces = g_strsplit_set (line, " ", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gboolean excluded = pieces[i][0] == '-';
      const char *piece = pieces[i] + excluded;
      const char *colon = strchr (piece, ':');
      g_autofree char *name = colon != NULL ? g_strndup (piece, (gsize) (colon - piece)) : NULL;

      if (name != NULL && *name != '\0' && colon[1] != '\0')
        apply_operator (self, name, colon + 1, excluded, piece, zone);
      else
        add_term (self, LINLI_CASE_FIELD_ANY, piece, excluded);
    }
  self->states = (self->wanted != 0 ? self->wanted : LINLI_CASE_STATES_ALL) & ~self->unwanted;

  return self;
}

void
linli_case_query_free (LinliCaseQuery *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->warnings);
  g_free (self->actor);
  g_free (self);
}
