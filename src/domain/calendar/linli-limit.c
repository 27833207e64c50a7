/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units of limits: their names for people, files and programs. */

#include "config.h"

#include "linli-limit.h"
#include "linli-json.h"

G_DEFINE_QUARK (linli-limit-error-quark, linli_limit_error)

/* Indexed by LinliLimitUnit. */
static const struct
{
  const char *id;
  const char *zh;
  const char *en_one;
  const char *en_many;
  gboolean    working;
  gboolean    days;
} units[LINLI_LIMIT_N_UNITS] = {
  [LINLI_LIMIT_MINUTE]        = { "minute",        "分钟",       "minute",        "minutes",        TRUE,  FALSE },
  [LINLI_LIMIT_WORKING_HOUR]  = { "working_hour",  "工作时",     "working hour",  "working hours",  TRUE,  FALSE },
  [LINLI_LIMIT_WORKING_DAY]   = { "working_day",   "工作日",     "working day",   "working days",   TRUE,  TRUE },
  [LINLI_LIMIT_URGENT_MINUTE] = { "urgent_minute", "紧急分钟",   "urgent minute", "urgent minutes", FALSE, FALSE },
  [LINLI_LIMIT_URGENT_HOUR]   = { "urgent_hour",   "紧急工作时", "urgent hour",   "urgent hours",   FALSE, FALSE },
  [LINLI_LIMIT_HOUR]          = { "hour",          "自然时",     "hour",          "hours",          FALSE, FALSE },
  [LINLI_LIMIT_DAY]           = { "day",           "自然日",     "day",           "days",           FALSE, TRUE },
};

/**
 * linli_limit_unit_to_id:
 *
 * Returns: (transfer none): the name of @unit in JSON and in the store
 */
const char *
linli_limit_unit_to_id (LinliLimitUnit unit)
{
  g_return_val_if_fail (unit < LINLI_LIMIT_N_UNITS, NULL);

  return units[unit].id;
}

gboolean
linli_limit_unit_from_id (const char     *id,
                          LinliLimitUnit *unit)
{
  g_return_val_if_fail (unit != NULL, FALSE);

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].id, id))
      {
        *unit = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * linli_limit_unit_is_working:
 *
 * Returns: whether @unit passes only in working hours, so that a calendar
 *   must know the days it falls on
 */
gboolean
linli_limit_unit_is_working (LinliLimitUnit unit)
{
  g_return_val_if_fail (unit < LINLI_LIMIT_N_UNITS, FALSE);

  return units[unit].working;
}

gboolean
linli_limit_unit_is_days (LinliLimitUnit unit)
{
  g_return_val_if_fail (unit < LINLI_LIMIT_N_UNITS, FALSE);

  return units[unit].days;
}

/**
 * linli_term_to_zh:
 *
 * Returns: (transfer full): "5工作日", as it is typed and printed
 */
char *
linli_term_to_zh (LinliTerm term)
{
  g_return_val_if_fail (term.unit < LINLI_LIMIT_N_UNITS, NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT "%s", term.amount, units[term.unit].zh);
}

/**
 * linli_term_to_en:
 *
 * Returns: (transfer full): "5 working days"
 */
char *
linli_term_to_en (LinliTerm term)
{
  g_return_val_if_fail (term.unit < LINLI_LIMIT_N_UNITS, NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", term.amount,
                          ABS (term.amount) == 1 ? units[term.unit].en_one : units[term.unit].en_many);
}

JsonObject *
linli_term_to_json (LinliTerm term)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "amount", term.amount);
  json_object_set_string_member (object, "unit", linli_limit_unit_to_id (term.unit));
  return object;
}

/**
 * linli_term_from_json:
 * @object: {"amount": 5, "unit": "working_day"}
 * @term: (out): left alone on failure
 * @error: %LINLI_LIMIT_ERROR
 */
gboolean
linli_term_from_json (JsonObject *object,
                      LinliTerm  *term,
                      GError    **error)
{
  const char *id = linli_json_get_text (object, "unit");
  LinliTerm read = { 0 };

  g_return_val_if_fail (term != NULL, FALSE);

  if (!linli_json_get_int (object, "amount", &read.amount)
      || read.amount < -LINLI_TERM_MAX || read.amount > LINLI_TERM_MAX)
    {
      g_set_error (error, LINLI_LIMIT_ERROR, LINLI_LIMIT_ERROR_UNREADABLE,
                   "A limit needs an \"amount\", a whole number of at most %d", LINLI_TERM_MAX);
      return FALSE;
    }
  if (!linli_limit_unit_from_id (id, &read.unit))
    {
      g_set_error (error, LINLI_LIMIT_ERROR, LINLI_LIMIT_ERROR_UNREADABLE,
                   "Unknown unit \"%s\" of a limit", id != NULL ? id : "null");
      return FALSE;
    }

  *term = read;
  return TRUE;
}
