/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A feed for each unit that has a desk: what linli_hub_scope_add_case() and the
 * others say it has, every row once, at the revision at which it last came,
 * changed or went. So a case that is dispatched today arrives whole today,
 * however old it is, and one that is taken away is taken away; a desk that was
 * off meanwhile finds both behind its cursor. Kept in the transaction of the
 * operation, by looking anew at the cases that it touched. */

#include "config.h"

#include "linli-hub-scope-feed.h"

#include <glib/gi18n.h>

#include "linli-account-tables.h"
#include "linli-case-tables.h"
#include "linli-command.h"
#include "linli-core-tables.h"
#include "linli-hub-scope.h"
#include "linli-people-tables.h"
#include "linli-plant.h"
#include "linli-row-json.h"
#include "linli-unit-scope.h"
#include "linli-uuid.h"

/* Names, each once, in the order in which they were found. */
typedef struct
{
  GPtrArray  *list; /* (owned) (element-type utf8) */
  GHashTable *set;  /* (unowned) of those */
} Names;

typedef struct
{
  LinliConn *conn;
  gint64     now;
  gint64    *rev;
  GPtrArray *units;      /* (owned) that have a desk */
  Names      cases;      /* touched, with those whose rows speak of them */
  Names      appellants;
  Names      accounts;
} Follow;

static void
names_init (Names *self)
{
  self->list = g_ptr_array_new_with_free_func (g_free);
  self->set = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
names_clear (Names *self)
{
  g_hash_table_unref (self->set);
  g_ptr_array_unref (self->list);
}

static void
note (Names      *self,
      const char *name)
{
  char *copy;

  if (name == NULL || g_hash_table_contains (self->set, name))
    return;
  copy = g_strdup (name);
  g_ptr_array_add (self->list, copy);
  g_hash_table_add (self->set, copy);
}

/* Notes what a statement yields. */
static gboolean
note_found (Follow     *self,
            Names      *names,
            const char *sql,
            const char *value,
            GError    **error)
{
  g_autoptr(GPtrArray) found = linli_hub_scope_list (self->conn, error, sql, "s", value);

  for (guint i = 0; found != NULL && i < found->len; i++)
    note (names, found->pdata[i]);
  return found != NULL;
}

static void
follow_init (Follow    *self,
             LinliConn *conn,
             gint64     now,
             gint64    *rev)
{
  *self = (Follow) { .conn = conn, .now = now, .rev = rev };
  names_init (&self->cases);
  names_init (&self->appellants);
  names_init (&self->accounts);
}

static void
follow_clear (Follow *self)
{
  g_clear_pointer (&self->units, g_ptr_array_unref);
  names_clear (&self->cases);
  names_clear (&self->appellants);
  names_clear (&self->accounts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Follow, follow_clear)

/* --- Writing --- */

/* @body: (nullable): %NULL takes the row away; nothing is written when it is so already */
static gboolean
put (Follow     *self,
     const char *unit,
     const char *kind,
     const char *row_id,
     const char *case_id,
     const char *body,
     GError    **error)
{
  g_autofree char *id = g_strconcat (unit, "/", kind, "/", row_id, NULL);
  g_autofree char *old = NULL;

  if (!linli_conn_get_text (self->conn, &old, error, "SELECT body FROM hub_scope WHERE id = ?1", "s", id))
    return FALSE;
  if (g_strcmp0 (old, body) == 0)
    return TRUE;
  return linli_conn_run (self->conn, error,
                         "INSERT INTO hub_scope (id, unit_id, rev, kind, row_id, case_id, body, at) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET "
                         "rev = excluded.rev, case_id = excluded.case_id, body = excluded.body, at = excluded.at",
                         "ssissssi", id, unit, ++*self->rev, kind, row_id, case_id, body, self->now);
}

static gboolean
put_scope (Follow        *self,
           LinliHubScope *scope,
           GError       **error)
{
  for (guint i = 0; i < scope->rows->len; i++)
    {
      const LinliHubScopeRow *row = scope->rows->pdata[i];

      if (!put (self, scope->unit, row->table->name, row->row_id, row->case_id, row->body, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes away what @scope does not name.
 *
 * @had: (nullable): of what the unit has, "table/row"; %NULL with @error set
 * @case_id: (nullable): whose parts these are */
static gboolean
withdraw (Follow        *self,
          LinliHubScope *scope,
          GPtrArray     *had,
          const char    *case_id,
          GError       **error)
{
  for (guint i = 0; had != NULL && i < had->len; i++)
    {
      g_auto(GStrv) names = g_strsplit (had->pdata[i], "/", 2);

      if (!g_hash_table_contains (scope->by_key, had->pdata[i]) && !LINLI_PLANTED (SCOPE_KEPT) &&
          !put (self, scope->unit, names[0], names[1], case_id, NULL, error))
        return FALSE;
    }
  return had != NULL;
}

static gboolean
withdraw_case (Follow        *self,
               LinliHubScope *scope,
               const char    *case_id,
               GError       **error)
{
  /* Not by revision: that would be found by going through all rows of the unit. */
  g_autoptr(GPtrArray) had = linli_hub_scope_list (self->conn, error, "SELECT kind || '/' || row_id FROM hub_scope "
                                                   "WHERE case_id = ?1 AND unit_id = ?2 AND body IS NOT NULL ORDER BY pk",
                                                   "ss", case_id, scope->unit);

  return withdraw (self, scope, had, case_id, error);
}

/* --- What is touched --- */

static gboolean
note_cases_of (Follow     *self,
               const char *appellant,
               GError    **error)
{
  note (&self->appellants, appellant);
  return note_found (self, &self->cases, "SELECT id FROM cases WHERE appellant_id = ?1 UNION "
                     "SELECT case_id FROM submission WHERE appellant_id = ?1 ORDER BY 1", appellant, error);
}

/* What comes or goes alters all. */
static gboolean
alters (LinliChange *change,
        guint        column)
{
  return change->before == NULL || change->after == NULL || !linli_row_equal_column (change->before, change->after, column);
}

/* Whoever came about a confidential case is named to no unit, in no case. Most
 * who come have asked for nothing of the kind, and some come very often. */
static gboolean
note_submission (Follow      *self,
                 LinliChange *change,
                 GError     **error)
{
  LinliRow *sides[] = { change->before, change->after };
  gint64 matters = alters (change, LINLI_SUBMISSION_CASE_ID) || alters (change, LINLI_SUBMISSION_APPELLANT_ID);

  if (change->before == NULL &&
      !linli_conn_get_int (self->conn, &matters, error, "SELECT count(*) FROM cases WHERE id = ?1 AND confidential <> 0", "s",
                           linli_row_get_text (change->after, LINLI_SUBMISSION_CASE_ID)))
    return FALSE;
  for (guint i = 0; matters > 0 && i < G_N_ELEMENTS (sides); i++)
    if (sides[i] != NULL && !linli_row_is_null (sides[i], LINLI_SUBMISSION_APPELLANT_ID) &&
        !note_cases_of (self, linli_row_get_text (sides[i], LINLI_SUBMISSION_APPELLANT_ID), error))
      return FALSE;
  return TRUE;
}

static gboolean
note_case (Follow      *self,
           LinliChange *change,
           GError     **error)
{
  LinliRow *row = change->after != NULL ? change->after : change->before;
  Names came;
  gboolean done;

  if (change->before == NULL || !alters (change, LINLI_CASE_CONFIDENTIAL))
    return TRUE;
  names_init (&came);
  done = note_found (self, &came, "SELECT appellant_id FROM submission WHERE case_id = ?1 AND appellant_id IS NOT NULL "
                     "ORDER BY 1", linli_row_get_id (row), error);
  for (guint i = 0; done && i < came.list->len; i++)
    done = note_cases_of (self, came.list->pdata[i], error);
  names_clear (&came);
  return done;
}

/* Cases name those of their people who sit at the unit. */
static gboolean
note_account (Follow      *self,
              LinliChange *change,
              GError     **error)
{
  LinliRow *row = change->after != NULL ? change->after : change->before;

  note (&self->accounts, linli_row_get_id (row));
  if (g_strcmp0 (linli_unit_scope_of_account (change->before), linli_unit_scope_of_account (change->after)) == 0)
    return TRUE;
  return note_found (self, &self->cases, "SELECT case_id FROM dispatch WHERE handler_id = ?1 UNION "
                     "SELECT id FROM cases WHERE owner_id = ?1 ORDER BY 1", linli_row_get_id (row), error);
}

/* The row itself, and what it names. */
static void
note_row (Follow   *self,
          LinliRow *row)
{
  const LinliTable *table = linli_row_get_table (row);
  int owner = linli_hub_scope_owner (table, NULL);

  if (table == &linli_table_case)
    note (&self->cases, linli_row_get_id (row));
  else if (table == &linli_table_appellant)
    note (&self->appellants, linli_row_get_id (row));
  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      const char *to = table->columns[i].references;

      if (g_strcmp0 (to, "cases") == 0)
        note (&self->cases, linli_row_get_text (row, i));
      else if (g_strcmp0 (to, "appellant") == 0)
        note (&self->appellants, linli_row_get_text (row, i));
    }
  if (owner >= 0)
    note (&self->accounts, linli_row_get_text (row, (guint) owner));
}

static gboolean
note_change (Follow      *self,
             LinliChange *change,
             GError     **error)
{
  if (change->before != NULL)
    note_row (self, change->before);
  if (change->after != NULL)
    note_row (self, change->after);
  if (change->table == &linli_table_submission)
    return note_submission (self, change, error);
  if (change->table == &linli_table_case)
    return note_case (self, change, error);
  if (change->table == &linli_table_account)
    return note_account (self, change, error);
  if (change->table != &linli_table_appellant ||
      !(alters (change, LINLI_APPELLANT_NAME) || alters (change, LINLI_APPELLANT_PHONE) ||
        alters (change, LINLI_APPELLANT_CONFIDENTIAL)))
    return TRUE;
  return note_cases_of (self, linli_row_get_id (change->after != NULL ? change->after : change->before), error);
}

/* With a case go those whose rows name it or are read with it: what was merged
 * into it and what it was merged into, and its parts. */
static gboolean
note_relatives (Follow  *self,
                GError **error)
{
  if (LINLI_PLANTED (SCOPE_ALONE))
    return TRUE;
  for (guint i = 0; i < self->cases.list->len; i++)
    if (!note_found (self, &self->cases, "SELECT id FROM cases WHERE merged_into_id = ?1 UNION "
                     "SELECT merged_into_id FROM cases WHERE id = ?1 AND merged_into_id IS NOT NULL UNION "
                     "SELECT id FROM cases WHERE parent_id = ?1 ORDER BY 1", self->cases.list->pdata[i], error) ||
        !note_found (self, &self->appellants, "SELECT appellant_id FROM cases WHERE id = ?1 AND appellant_id IS NOT NULL "
                     "UNION SELECT appellant_id FROM submission WHERE case_id = ?1 AND appellant_id IS NOT NULL "
                     "ORDER BY 1", self->cases.list->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- Looking anew --- */

static gboolean
is_followed (Follow     *self,
             const char *unit)
{
  for (guint i = 0; i < self->units->len; i++)
    if (g_str_equal (self->units->pdata[i], unit))
      return TRUE;
  return FALSE;
}

/* The units that have one of the cases, or had it. */
static gboolean
find_concerned (Follow  *self,
                Names   *concerned,
                GError **error)
{
  for (guint i = 0; i < self->cases.list->len; i++)
    if (!note_found (self, concerned, "SELECT unit_id FROM dispatch WHERE case_id = ?1 UNION "
                     "SELECT unit_id FROM hub_scope WHERE case_id = ?1 AND body IS NOT NULL ORDER BY 1",
                     self->cases.list->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->appellants.list->len; i++)
    if (!note_found (self, concerned, "SELECT unit_id FROM hub_scope WHERE row_id = ?1 AND body IS NOT NULL ORDER BY 1",
                     self->appellants.list->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* A row that moves from one case to another is in @scope by the time that
 * what is left of the first is looked at. */
static gboolean
follow_cases (Follow     *self,
              const char *unit,
              GError    **error)
{
  g_autoptr(LinliHubScope) scope = linli_hub_scope_new (self->conn, unit);

  for (guint i = 0; i < self->cases.list->len; i++)
    if (!linli_hub_scope_add_case (scope, self->cases.list->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->appellants.list->len; i++)
    if (!linli_hub_scope_add_appellant (scope, self->appellants.list->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->cases.list->len; i++)
    if (!withdraw_case (self, scope, self->cases.list->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->appellants.list->len; i++)
    {
      const char *id = self->appellants.list->pdata[i];
      g_autofree char *key = g_strconcat (linli_table_appellant.name, "/", id, NULL);

      if (!g_hash_table_contains (scope->by_key, key) &&
          !put (self, unit, linli_table_appellant.name, id, NULL, NULL, error))
        return FALSE;
    }
  return put_scope (self, scope, error);
}

/* Whoever left the unit is no longer known there, nor what was that person's. */
static gboolean
withdraw_people (Follow        *self,
                 LinliHubScope *scope,
                 GError       **error)
{
  g_autoptr(GPtrArray) people = linli_hub_scope_list (self->conn, error, "SELECT id FROM account WHERE unit_id = ?1 ORDER BY id",
                                                      "s", scope->unit);
  g_autoptr(GPtrArray) had = NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    if (!linli_hub_scope_add_account (scope, people->pdata[i], error))
      return FALSE;
  if (people == NULL)
    return FALSE;
  had = linli_hub_scope_list (self->conn, error, "SELECT kind || '/' || row_id FROM hub_scope WHERE unit_id = ?1 "
                              "AND body IS NOT NULL AND kind IN ('account', 'credential', 'saved_view', 'text_template', "
                              "'macro') ORDER BY rev", "s", scope->unit);
  return withdraw (self, scope, had, NULL, error);
}

static gboolean
follow_accounts (Follow     *self,
                 const char *unit,
                 GError    **error)
{
  g_autoptr(LinliHubScope) scope = linli_hub_scope_new (self->conn, unit);
  gint64 left = 0;

  for (guint i = 0; i < self->accounts.list->len; i++)
    {
      const char *id = self->accounts.list->pdata[i];
      g_autofree char *key = g_strconcat (linli_table_account.name, "/", id, NULL);

      if (!linli_hub_scope_add_account (scope, id, error))
        return FALSE;
      if (left == 0 && !g_hash_table_contains (scope->by_key, key) &&
          !linli_conn_get_int (self->conn, &left, error, "SELECT count(*) FROM hub_scope WHERE row_id = ?1 AND unit_id = ?2 "
                               "AND body IS NOT NULL", "ss", id, unit))
        return FALSE;
    }
  return (left == 0 || withdraw_people (self, scope, error)) && put_scope (self, scope, error);
}

/* Of a list, or of a person's own: what was removed, or is everybody's. */
static gboolean
follow_row (Follow      *self,
            LinliChange *change,
            GError     **error)
{
  gboolean shares = FALSE;
  int owner = linli_hub_scope_owner (change->table, &shares);
  LinliRow *row = change->after != NULL ? change->after : change->before;
  gboolean shared = linli_hub_scope_is_list (change->table) ||
                    (shares && change->after != NULL && linli_row_is_null (change->after, (guint) owner));
  g_autofree char *body = shared && change->after != NULL ? linli_row_to_json (change->after) : NULL;

  if (!shared && owner < 0)
    return TRUE;
  for (guint i = 0; owner >= 0 && change->before != NULL && i < self->units->len; i++)
    if ((change->after == NULL ||
         !linli_row_equal_column (change->before, change->after, (guint) owner)) &&
        !put (self, self->units->pdata[i], change->table->name, linli_row_get_id (row), NULL, NULL, error))
      return FALSE;
  return put (self, LINLI_HUB_SCOPE_ALL, change->table->name, linli_row_get_id (row), NULL, body, error);
}

static gboolean
load_units (Follow  *self,
            GError **error)
{
  self->units = linli_hub_scope_list (self->conn, error, "SELECT DISTINCT unit_id FROM hub_device "
                                      "WHERE unit_id IS NOT NULL ORDER BY unit_id", "");
  return self->units != NULL;
}

static gboolean
follow_noted (Follow  *self,
              GError **error)
{
  Names concerned;
  gboolean done;

  names_init (&concerned);
  done = find_concerned (self, &concerned, error);
  for (guint i = 0; done && i < concerned.list->len; i++)
    if (is_followed (self, concerned.list->pdata[i]))
      done = follow_cases (self, concerned.list->pdata[i], error);
  names_clear (&concerned);
  for (guint i = 0; done && self->accounts.list->len > 0 && i < self->units->len; i++)
    done = follow_accounts (self, self->units->pdata[i], error);
  return done;
}

/**
 * linli_hub_scope_follow:
 * @conn: inside the transaction that holds the clock
 * @changes: (element-type LinliChange): of one operation
 * @now: hub's time
 * @rev: (inout): last revision given out
 * @error: %LINLI_STORE_ERROR
 *
 * Brings the feeds of all units that have a desk up to what @changes made. A
 * workspace without such desks pays one look for it.
 */
gboolean
linli_hub_scope_follow (LinliConn *conn,
                        GPtrArray *changes,
                        gint64     now,
                        gint64    *rev,
                        GError   **error)
{
  g_auto(Follow) self = { 0 };

  follow_init (&self, conn, now, rev);
  if (!load_units (&self, error))
    return FALSE;
  if (self.units->len == 0)
    return TRUE;
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table->flags & LINLI_TABLE_LOCAL || (change->before == NULL && change->after == NULL))
        continue;
      if (!note_change (&self, change, error) || !follow_row (&self, change, error))
        return FALSE;
    }
  return note_relatives (&self, error) && follow_noted (&self, error);
}

/* --- A unit's first desk --- */

/* One case at a time: a unit may have thousands. */
static gboolean
open_cases (Follow     *self,
            const char *unit,
            GError    **error)
{
  g_autoptr(GPtrArray) cases = linli_hub_scope_list (self->conn, error, "SELECT DISTINCT case_id FROM dispatch "
                                                     "WHERE unit_id = ?1 ORDER BY case_id", "s", unit);

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    {
      g_auto(Follow) one = { 0 };

      follow_init (&one, self->conn, self->now, self->rev);
      note (&one.cases, cases->pdata[i]);
      if (!note_relatives (&one, error) || !follow_cases (&one, unit, error))
        return FALSE;
    }
  return cases != NULL;
}

/**
 * linli_hub_scope_open:
 * @conn: inside the transaction that holds the clock, before the desk is in it
 * @unit: an id
 * @rev: (inout): last revision given out
 * @error: %LINLI_STORE_ERROR
 *
 * Makes the feed of a unit that gets its first desk.
 */
gboolean
linli_hub_scope_open (LinliConn  *conn,
                      const char *unit,
                      gint64      now,
                      gint64     *rev,
                      GError    **error)
{
  g_auto(Follow) self = { 0 };

  follow_init (&self, conn, now, rev);
  if (!load_units (&self, error))
    return FALSE;
  if (is_followed (&self, unit))
    return TRUE;
  if (self.units->len == 0)
    {
      g_autoptr(LinliHubScope) lists = linli_hub_scope_new (conn, LINLI_HUB_SCOPE_ALL);

      if (!linli_hub_scope_add_lists (lists, error) || !put_scope (&self, lists, error))
        return FALSE;
    }
  return note_found (&self, &self.accounts, "SELECT id FROM account WHERE unit_id = ?1 ORDER BY id", unit, error) &&
         follow_accounts (&self, unit, error) && open_cases (&self, unit, error);
}

/* --- What its desks may ask --- */

/* What the unit had, it is told of; what it never had does not exist there, in
 * the words of linli_command_get(). */
static gboolean
check_named_text (LinliConn  *conn,
                  const char *unit,
                  const char *id,
                  GError    **error)
{
  gint64 hidden = 0;
  gint64 had = 0;

  if (!linli_uuid_is_valid (id))
    return TRUE;
  if (!linli_conn_get_int (conn, &hidden, error, "SELECT count(*) FROM hub_feed WHERE row_id = ?1 AND body IS NOT NULL "
                           "AND NOT EXISTS (SELECT 1 FROM hub_scope WHERE row_id = ?2 AND unit_id IN (?3, '') "
                           "AND body IS NOT NULL)", "sss", id, id, unit) ||
      !linli_conn_get_int (conn, &had, error, "SELECT count(*) FROM hub_scope WHERE row_id = ?1 AND unit_id = ?2", "ss",
                           id, unit))
    return FALSE;
  if (hidden == 0)
    return TRUE;
  if (had == 0)
    return linli_command_refuse_missing (NULL, error);
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", NULL,
                N_("The unit no longer has this case: it was taken back or made confidential. What was done here is kept."));
  return FALSE;
}

/**
 * linli_hub_scope_check_named:
 * @arguments: of an operation, or a part of them
 * @error: %LINLI_DOMAIN_ERROR when they name a row of the workspace that @unit
 *   has not got; %LINLI_STORE_ERROR
 */
gboolean
linli_hub_scope_check_named (LinliConn  *conn,
                             const char *unit,
                             JsonNode   *arguments,
                             GError    **error)
{
  g_autoptr(GList) members = NULL;

  if (JSON_NODE_HOLDS_VALUE (arguments) && json_node_get_value_type (arguments) == G_TYPE_STRING)
    return check_named_text (conn, unit, json_node_get_string (arguments), error);
  if (JSON_NODE_HOLDS_OBJECT (arguments))
    members = json_object_get_values (json_node_get_object (arguments));
  else if (JSON_NODE_HOLDS_ARRAY (arguments))
    members = json_array_get_elements (json_node_get_array (arguments));
  for (GList *l = members; l != NULL; l = l->next)
    if (!linli_hub_scope_check_named (conn, unit, l->data, error))
      return FALSE;
  return TRUE;
}
