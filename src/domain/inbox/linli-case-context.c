/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bounded reads: whatever the size of the store, a leaf is looked at through
 * its newest cases, which the index gives in order. */

#include "config.h"

#include "linli-case-context.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-calendar.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-inbox-commands.h"
#include "linli-json.h"
#include "linli-tx.h"

#define COLUMNS "c.id, c.title, c.state, c.received_at, c.closed_at"

static void
near_case_free (LinliNearCase *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->state);
  g_free (self);
}

void
linli_case_context_free (LinliCaseContext *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->near);
  g_ptr_array_unref (self->own);
  g_ptr_array_unref (self->leaf);
  g_free (self);
}

/* A span that the calendar does not cover counts for nothing, not for a guess. */
static gint64
working_minutes (LinliWorkCalendar *calendar,
                 gint64             from,
                 gint64             to)
{
  gint64 minutes = 0;

  if (calendar == NULL || to <= from ||
      !linli_work_calendar_count_minutes (calendar, from, to, &minutes, NULL))
    return -1;
  return minutes;
}

static LinliNearCase *
read_case (LinliStmt         *stmt,
           LinliWorkCalendar *calendar)
{
  LinliNearCase *self = g_new0 (LinliNearCase, 1);

  self->id = linli_stmt_dup_text (stmt, 0);
  self->title = linli_stmt_dup_text (stmt, 1);
  self->state = linli_stmt_dup_text (stmt, 2);
  self->received_at = linli_stmt_get_int (stmt, 3);
  self->minutes = linli_stmt_is_null (stmt, 4)
                    ? -1 : working_minutes (calendar, self->received_at, linli_stmt_get_int (stmt, 4));
  return self;
}

/* --- The same matter nearby --- */

static gboolean
load_near (LinliConn        *conn,
           LinliRow         *row,
           LinliCaseContext *self,
           GError          **error)
{
  const char *item = linli_row_get_text (row, LINLI_CASE_ITEM_CODE);
  const char *place = linli_row_get_text (row, LINLI_CASE_PLACE);
  const char *community = linli_row_get_text (row, LINLI_CASE_COMMUNITY);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;

  if (item == NULL || (place == NULL && community == NULL))
    return TRUE;
  /* The place alone when the case names one: a whole community is not nearby. */
  stmt = linli_conn_query (conn, error,
                           "SELECT " COLUMNS " FROM (SELECT pk FROM cases WHERE item_code = ?1"
                           " ORDER BY received_at DESC LIMIT ?2) n JOIN cases c ON c.pk = n.pk"
                           " WHERE c.id <> ?3 AND CASE WHEN ?4 <> '' THEN c.place = ?4 ELSE c.community = ?5 END"
                           " ORDER BY c.received_at DESC", "sisss", item, (gint64) LINLI_CASE_CONTEXT_NEWEST,
                           linli_row_get_id (row), place != NULL ? place : "", community != NULL ? community : "");
  if (stmt == NULL || !linli_stmt_step (stmt, &more, error))
    return FALSE;
  while (more)
    {
      if (self->near->len < LINLI_CASE_CONTEXT_SHOWN)
        g_ptr_array_add (self->near, read_case (stmt, NULL));
      self->n_near++;
      if (!linli_stmt_step (stmt, &more, error))
        return FALSE;
    }
  return TRUE;
}

/* --- The residents' other matters --- */

static gboolean
load_own (LinliConn        *conn,
          LinliRow         *row,
          LinliCaseContext *self,
          GError          **error)
{
  static const char *const good[] = { "very_satisfied", "satisfied", "basically_satisfied", NULL };
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;

  stmt = linli_conn_query (conn, error,
                           "SELECT DISTINCT " COLUMNS ", c.satisfaction, c.pk FROM submission mine"
                           " JOIN submission other ON other.appellant_id = mine.appellant_id"
                           " JOIN cases c ON c.id = other.case_id"
                           " WHERE mine.case_id = ?1 AND mine.appellant_id IS NOT NULL AND c.id <> ?1"
                           " ORDER BY c.received_at DESC LIMIT 1000", "s", linli_row_get_id (row));
  if (stmt == NULL || !linli_stmt_step (stmt, &more, error))
    return FALSE;
  while (more)
    {
      const char *grade = linli_stmt_get_text (stmt, 5);

      self->n_own++;
      self->n_own_open += linli_case_state_is_open (linli_stmt_get_text (stmt, 2));
      self->n_own_rated += grade != NULL;
      self->n_own_satisfied += grade != NULL && g_strv_contains (good, grade);
      if (self->own->len < LINLI_CASE_CONTEXT_SHOWN)
        g_ptr_array_add (self->own, read_case (stmt, NULL));
      if (!linli_stmt_step (stmt, &more, error))
        return FALSE;
    }
  return TRUE;
}

/* --- How the leaf usually goes --- */

static int
compare_minutes (gconstpointer a,
                 gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return (*x > *y) - (*x < *y);
}

/* The smallest time that so many hundredths of the cases did not exceed. */
static gint64
percentile (GArray *minutes,
            guint   hundredths)
{
  guint place = (minutes->len * hundredths + 99) / 100;

  return minutes->len > 0 ? g_array_index (minutes, gint64, MAX (place, 1) - 1) : 0;
}

static gboolean
load_leaf (LinliConn        *conn,
           LinliRow         *row,
           LinliCaseContext *self,
           GError          **error)
{
  const char *item = linli_row_get_text (row, LINLI_CASE_ITEM_CODE);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autofree char *calendar_id = NULL;
  g_autoptr(GArray) minutes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;

  if (item == NULL)
    return TRUE;
  if (!linli_calendar_load_current (conn, &calendar, &calendar_id, error))
    return FALSE;
  stmt = linli_conn_query (conn, error,
                           "SELECT " COLUMNS " FROM cases c WHERE c.item_code = ?1 AND c.state = 'closed'"
                           " AND c.closed_at IS NOT NULL AND c.id <> ?2 ORDER BY c.received_at DESC LIMIT ?3", "ssi",
                           item, linli_row_get_id (row), (gint64) LINLI_CASE_CONTEXT_TIMED);
  if (stmt == NULL || !linli_stmt_step (stmt, &more, error))
    return FALSE;
  while (more)
    {
      LinliNearCase *one = read_case (stmt, calendar);

      if (one->minutes >= 0)
        g_array_append_val (minutes, one->minutes);
      if (self->leaf->len < LINLI_CASE_CONTEXT_SHOWN)
        g_ptr_array_add (self->leaf, one);
      else
        near_case_free (one);
      if (!linli_stmt_step (stmt, &more, error))
        return FALSE;
    }
  g_array_sort (minutes, compare_minutes);
  self->n_timed = minutes->len;
  self->median = percentile (minutes, 50);
  self->p90 = percentile (minutes, 90);

  return TRUE;
}

/**
 * linli_case_context_load:
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): what surrounds the case @case_id
 */
LinliCaseContext *
linli_case_context_load (LinliConn  *conn,
                         const char *case_id,
                         GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", case_id);
  g_autoptr(LinliCaseContext) self = NULL;

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-case", "case", N_("There is no such case."));
      return NULL;
    }
  self = g_new0 (LinliCaseContext, 1);
  self->near = g_ptr_array_new_with_free_func ((GDestroyNotify) near_case_free);
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) near_case_free);
  self->leaf = g_ptr_array_new_with_free_func ((GDestroyNotify) near_case_free);
  if (!load_near (conn, rows->pdata[0], self, error) || !load_own (conn, rows->pdata[0], self, error) ||
      !load_leaf (conn, rows->pdata[0], self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* --- By name --- */

static JsonArray *
cases_to_array (GPtrArray *cases)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < cases->len; i++)
    {
      LinliNearCase *one = cases->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *received = linli_time_to_text (one->received_at);

      json_object_set_string_member (object, "case", one->id);
      json_object_set_string_member (object, "title", one->title);
      json_object_set_string_member (object, "state", one->state);
      json_object_set_string_member (object, "received_at", received);
      if (one->minutes >= 0)
        json_object_set_int_member (object, "working_minutes", one->minutes);
      json_array_add_object_element (array, object);
    }
  return array;
}

const LinliArgSpec linli_case_context_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { NULL }
};

JsonNode *
linli_case_context_query (LinliConn               *conn,
                          const LinliQueryContext *context,
                          JsonObject              *args,
                          GError                 **error)
{
  g_autoptr(LinliCaseContext) self = linli_case_context_load (conn, linli_json_get_text (args, "case"), error);
  JsonObject *object, *near, *own, *leaf;
  JsonNode *node;

  if (self == NULL)
    return NULL;
  near = json_object_new ();
  json_object_set_int_member (near, "n", self->n_near);
  json_object_set_array_member (near, "cases", cases_to_array (self->near));
  own = json_object_new ();
  json_object_set_int_member (own, "n", self->n_own);
  json_object_set_int_member (own, "open", self->n_own_open);
  json_object_set_int_member (own, "rated", self->n_own_rated);
  json_object_set_int_member (own, "satisfied", self->n_own_satisfied);
  json_object_set_array_member (own, "cases", cases_to_array (self->own));
  leaf = json_object_new ();
  json_object_set_int_member (leaf, "timed", self->n_timed);
  json_object_set_int_member (leaf, "median_minutes", self->median);
  json_object_set_int_member (leaf, "p90_minutes", self->p90);
  json_object_set_array_member (leaf, "cases", cases_to_array (self->leaf));
  object = json_object_new ();
  json_object_set_object_member (object, "near", near);
  json_object_set_object_member (object, "resident", own);
  json_object_set_object_member (object, "leaf", leaf);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
