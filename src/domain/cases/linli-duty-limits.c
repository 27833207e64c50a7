/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-duty-limits.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-case-clock-private.h"
#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-catalogue-tables.h"
#include "linli-clock-recompute.h"
#include "linli-duty-search.h"
#include "linli-duty-version.h"
#include "linli-json.h"
#include "linli-limit.h"

const char *const linli_duty_limit_kinds[] = { "dispatch", "sign", "contact", "resolve", "callback", NULL };

static const char *const start_rules[] = { "immediate", "next_day", "next_working_day", NULL };

#define LIMIT_DOC .doc = "2工作时, 5工作日, 30分钟; as it is when absent, none when empty"

const LinliArgSpec linli_duty_set_limits_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, 60, .doc = "of a leaf of the duty list" },
  { "dispatch", LINLI_ARG_TEXT, FALSE, 60, LIMIT_DOC },
  { "sign", LINLI_ARG_TEXT, FALSE, 60, LIMIT_DOC },
  { "contact", LINLI_ARG_TEXT, FALSE, 60, LIMIT_DOC },
  { "resolve", LINLI_ARG_TEXT, FALSE, 60, LIMIT_DOC },
  { "callback", LINLI_ARG_TEXT, FALSE, 60, LIMIT_DOC },
  { "start_rule", LINLI_ARG_TEXT, FALSE, 20, .choices = start_rules, .doc = "from when a limit in days counts to settle a case" },
  { "open", LINLI_ARG_BOOL, .doc = "for the open cases as well; for later ones alone when absent" },
  { "reason", LINLI_ARG_TEXT, FALSE, 200, .doc = "told in the open cases whose due times move" },
  { NULL }
};

/* --- The next version --- */

/* Returns: (transfer full) (nullable): what was typed, so that nobody can read
 * it in two ways; %NULL when it is no limit */
static char *
read_limit (const char *typed)
{
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (typed, LINLI_BARE_IS_CLOCK);
  const LinliLimit *limit = parsed->limits->len > 0 ? &g_array_index (parsed->limits, LinliLimit, 0) : NULL;

  if (limit == NULL || parsed->rest->len > 0 || limit->least <= 0)
    return NULL;
  if (parsed->limits->len > 1 || limit->qualifier != NULL || limit->least != limit->term.amount)
    return g_strdup (typed);
  return linli_term_to_zh (limit->term);
}

static gboolean
plan_limit (JsonObject *limits,
            const char *kind,
            const char *typed,
            GError    **error)
{
  g_autofree char *plain = g_strstrip (g_strdup (typed));
  g_autofree char *text = NULL;

  if (g_strcmp0 (plain, linli_json_get_text (limits, kind)) == 0)
    return TRUE;
  if (*plain == '\0')
    {
      json_object_remove_member (limits, kind);
      return TRUE;
    }
  text = read_limit (plain);
  if (text == NULL)
    return linli_refuse_invalid (error, kind, N_("A limit is written 30分钟, 2工作时, 5工作日 or 3自然日; leave it empty for none."));
  json_object_set_string_member (limits, kind, text);
  return TRUE;
}

/* @current: (out) (transfer full): the version in force
 *
 * Returns: (transfer full): what @args make of it */
static LinliRow *
plan (LinliConn  *conn,
      JsonObject *args,
      LinliRow  **current,
      GError    **error)
{
  g_autoptr(LinliRow) row = linli_duty_leaf_find (conn, linli_json_get_text (args, "code"), error);
  g_autoptr(LinliRow) next = row != NULL ? linli_row_copy (row) : NULL;
  const char *known = row != NULL ? linli_row_get_text (row, LINLI_DUTY_ITEM_LIMITS) : NULL;
  const char *start_rule = linli_json_get_text (args, "start_rule");
  g_autoptr(JsonObject) limits = known != NULL ? linli_json_parse_object (known, -1, NULL) : NULL;
  gboolean touched = FALSE;

  if (row == NULL)
    return NULL;
  if (limits == NULL)
    limits = json_object_new ();
  for (guint i = 0; linli_duty_limit_kinds[i] != NULL; i++)
    {
      const char *typed = json_object_has_member (args, linli_duty_limit_kinds[i])
                            ? linli_json_get_text (args, linli_duty_limit_kinds[i]) : NULL;

      if (!json_object_has_member (args, linli_duty_limit_kinds[i]))
        continue;
      touched = TRUE;
      if (!plan_limit (limits, linli_duty_limit_kinds[i], typed != NULL ? typed : "", error))
        return NULL;
    }
  if (touched)
    {
      g_autofree char *text = json_object_get_size (limits) > 0 ? linli_json_object_to_text (limits) : NULL;

      linli_row_set_text (next, LINLI_DUTY_ITEM_LIMITS, text);
    }
  if (start_rule != NULL && *start_rule != '\0')
    linli_row_set_text (next, LINLI_DUTY_ITEM_START_RULE, start_rule);
  *current = g_steal_pointer (&row);

  return g_steal_pointer (&next);
}

static gboolean
same_limits (LinliRow *a,
             LinliRow *b)
{
  const char *left = linli_row_get_text (a, LINLI_DUTY_ITEM_LIMITS);
  const char *right = linli_row_get_text (b, LINLI_DUTY_ITEM_LIMITS);
  g_autoptr(JsonNode) one = linli_json_parse (left != NULL ? left : "null", -1, NULL);
  g_autoptr(JsonNode) other = linli_json_parse (right != NULL ? right : "null", -1, NULL);

  return one != NULL && other != NULL && json_node_equal (one, other) &&
         linli_row_equal_column (a, b, LINLI_DUTY_ITEM_START_RULE);
}

/* What was asked of a case to close it does not change with its limits. */
static gboolean
asks_the_same (LinliRow *a,
               LinliRow *b)
{
  return linli_row_equal_column (a, b, LINLI_DUTY_ITEM_EVIDENCE);
}

/* Returns: (transfer full): the open cases under the leaf, in whatever version;
 * those of the archive are not even read, for the form asks while one types */
static GPtrArray *
find_cases (LinliConn  *conn,
            const char *code,
            GError    **error)
{
  g_autoptr(GString) where = g_string_new ("item_code = ?1 AND item_id IS NOT NULL AND state IN (''");

  for (guint state = 0; state < LINLI_N_CASE_STATES; state++)
    if (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN)
      g_string_append_printf (where, ", '%s'", linli_case_state_to_id (state));
  g_string_append (where, ") ORDER BY id");
  return linli_conn_select (conn, &linli_table_case, error, where->str, "s", code);
}

/* --- The command --- */

/* Returns: (transfer full): clock id -> due time, now */
static GHashTable *
due_times (GPtrArray *clocks)
{
  GHashTable *times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < clocks->len; i++)
    {
      gint64 due = linli_row_get_int (clocks->pdata[i], LINLI_CLOCK_DUE_AT);

      g_hash_table_insert (times, g_strdup (linli_row_get_id (clocks->pdata[i])), g_memdup2 (&due, sizeof due));
    }
  return times;
}

static void
tell_version (LinliPayload *payload,
              LinliRow     *former,
              LinliRow     *item)
{
  g_autofree char *before =
    former != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (former, LINLI_DUTY_ITEM_VERSION)) : NULL;
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (item, LINLI_DUTY_ITEM_VERSION));

  linli_payload_change (payload, "item_version", before, after);
}

/* Puts one open case under the version @item.
 *
 * @former: (nullable): the version it was under */
static gboolean
follow (LinliCommandContext *context,
        LinliRow            *case_row,
        LinliRow            *former,
        LinliRow            *item,
        const char          *reason,
        JsonArray           *moved,
        GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_load (context, linli_row_get_id (case_row), NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "clock", .audience = "internal", .body = reason, .payload = payload };
  g_autoptr(GHashTable) before = NULL;

  if (file == NULL || linli_case_file_get_clocks (file, error) == NULL)
    return FALSE;
  before = due_times (file->clocks);
  tell_version (payload, former, item);
  linli_row_set_text (file->row, LINLI_CASE_ITEM_ID, linli_row_get_id (item));
  if (!linli_case_clocks_reclassify (file, payload, error))
    return FALSE;
  for (guint i = 0; i < file->clocks->len; i++)
    {
      const gint64 *was = g_hash_table_lookup (before, linli_row_get_id (file->clocks->pdata[i]));
      gint64 due = linli_row_get_int (file->clocks->pdata[i], LINLI_CLOCK_DUE_AT);

      if (due != (was != NULL ? *was : 0))
        linli_clock_moved_add (moved, file->row, linli_row_get_text (file->clocks->pdata[i], LINLI_CLOCK_KIND),
                               was != NULL ? *was : 0, due);
    }

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

/* The open cases go under @item, unless more than their limits would change. */
static gboolean
follow_all (LinliCommandContext *context,
            LinliRow            *item,
            const char          *reason,
            GError             **error)
{
  const char *code = linli_row_get_text (item, LINLI_DUTY_ITEM_CODE);
  g_autoptr(GPtrArray) cases = find_cases (linli_tx_get_conn (context->tx), code, error);
  g_autoptr(JsonArray) moved = json_array_new ();
  gint64 n_kept = 0;

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    {
      const char *id = linli_row_get_text (cases->pdata[i], LINLI_CASE_ITEM_ID);
      g_autoptr(LinliRow) former = NULL;

      if (g_str_equal (id, linli_row_get_id (item)))
        continue;
      if (!linli_tx_find (context->tx, &linli_table_duty_item, id, &former, error))
        return FALSE;
      if (former != NULL && !asks_the_same (former, item))
        n_kept++;
      else if (!follow (context, cases->pdata[i], former, item, reason, moved, error))
        return FALSE;
    }
  if (cases == NULL)
    return FALSE;
  json_object_set_array_member (context->result, "moved", json_array_ref (moved));
  linli_command_tell_int (context, "n_kept", n_kept);

  return TRUE;
}

/**
 * linli_duty_set_limits_run:
 *
 * The command duty.set-limits. With "open" it tells `moved` as clock.recompute
 * does, and `n_kept`: open cases that stay under their version, because since
 * then something else was decided about closing them.
 */
gboolean
linli_duty_set_limits_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  const char *reason = linli_json_get_text (args, "reason");
  g_autoptr(LinliRow) current = NULL;
  g_autoptr(LinliRow) next = plan (linli_tx_get_conn (context->tx), args, &current, error);

  if (next == NULL)
    return FALSE;
  if (same_limits (current, next))
    {
      linli_row_unref (next);
      next = linli_row_ref (current);
    }
  else if (!linli_duty_version_add (context, current, next, error))
    return FALSE;

  return !linli_json_get_bool (args, "open") ||
         follow_all (context, next, reason != NULL && *reason != '\0' ? reason : NULL, error);
}

/* --- The list --- */

void
linli_duty_limits_free (LinliDutyLimits *self)
{
  linli_row_unref (self->item);
  g_free (self);
}

/* Adds the cases in one state: those that are open are few beside the archive,
 * and an index leads to them. */
static gboolean
count_state (LinliConn  *conn,
             const char *state,
             GHashTable *counts,
             GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT item_code, count(*) FROM cases WHERE state = ?1 "
                                                "AND item_code IS NOT NULL GROUP BY item_code", "s", state);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      const gint64 *known = g_hash_table_lookup (counts, linli_stmt_get_text (stmt, 0));
      gint64 n = (known != NULL ? *known : 0) + linli_stmt_get_int (stmt, 1);

      g_hash_table_insert (counts, g_strdup (linli_stmt_get_text (stmt, 0)), g_memdup2 (&n, sizeof n));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full): code of a leaf -> gint64, of those with open cases */
static GHashTable *
count_open (LinliConn *conn,
            GError   **error)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint state = 0; state < LINLI_N_CASE_STATES; state++)
    if (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN &&
        !count_state (conn, linli_case_state_to_id (state), counts, error))
      return NULL;
  return g_steal_pointer (&counts);
}

static GPtrArray *
load (LinliConn  *conn,
      const char *typed,
      guint       limit,
      GError    **error)
{
  g_autoptr(GPtrArray) items = linli_duty_search (conn, typed, limit, error);
  g_autoptr(GHashTable) counts = items != NULL ? count_open (conn, error) : NULL;
  GPtrArray *list;

  if (counts == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_duty_limits_free);
  for (guint i = 0; i < items->len; i++)
    {
      LinliDutyLimits *one = g_new0 (LinliDutyLimits, 1);
      const gint64 *n = g_hash_table_lookup (counts, linli_row_get_text (items->pdata[i], LINLI_DUTY_ITEM_CODE));

      one->item = linli_row_ref (items->pdata[i]);
      one->n_open = n != NULL ? *n : 0;
      g_ptr_array_add (list, one);
    }
  return list;
}

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  const LinliDutyLimits *left = *(LinliDutyLimits *const *) a;
  const LinliDutyLimits *right = *(LinliDutyLimits *const *) b;

  return g_strcmp0 (linli_row_get_text (left->item, LINLI_DUTY_ITEM_CODE),
                    linli_row_get_text (right->item, LINLI_DUTY_ITEM_CODE));
}

/**
 * linli_duty_limits_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliDutyLimits): every leaf in force, in the order of the list
 */
GPtrArray *
linli_duty_limits_load (LinliConn *conn,
                        GError   **error)
{
  GPtrArray *list = load (conn, NULL, G_MAXINT, error);

  if (list != NULL)
    g_ptr_array_sort (list, compare_codes);
  return list;
}

const LinliArgSpec linli_duty_limits_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "name, residents' word, pinyin or code; every leaf when absent" },
  { NULL }
};

JsonNode *
linli_duty_limits_query (LinliConn               *conn,
                         const LinliQueryContext *context,
                         JsonObject              *args,
                         GError                 **error)
{
  const char *typed = linli_json_get_text (args, "typed");
  g_autoptr(GPtrArray) list = typed != NULL ? load (conn, typed, G_MAXINT, error) : linli_duty_limits_load (conn, error);
  JsonArray *array;

  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      const LinliDutyLimits *one = list->pdata[i];
      const char *limits = linli_row_get_text (one->item, LINLI_DUTY_ITEM_LIMITS);
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "code", linli_row_get_text (one->item, LINLI_DUTY_ITEM_CODE));
      linli_json_set_text (object, "name", linli_row_get_text (one->item, LINLI_DUTY_ITEM_NAME));
      json_object_set_int_member (object, "version", linli_row_get_int (one->item, LINLI_DUTY_ITEM_VERSION));
      json_object_set_object_member (object, "limits", limits != NULL ? linli_json_parse_object (limits, -1, NULL)
                                                                      : json_object_new ());
      linli_json_set_text (object, "start_rule", linli_row_get_text (one->item, LINLI_DUTY_ITEM_START_RULE));
      json_object_set_int_member (object, "open", one->n_open);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}
