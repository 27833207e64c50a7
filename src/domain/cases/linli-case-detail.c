/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-detail.h"

#include "linli-case-family.h"
#include "linli-case-rules.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-people-tables.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

static gboolean
load_one (LinliConn        *conn,
          const LinliTable *table,
          const char       *id,
          LinliRow        **row,
          GError          **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  *row = NULL;
  if (id == NULL)
    return TRUE;
  rows = linli_conn_select (conn, table, error, "id = ?1", "s", id);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *row = linli_row_ref (rows->pdata[0]);

  return TRUE;
}

/* In the order people came, each once; a part of a case has no words of its
 * own, only the person whose matter it is. */
static gboolean
load_appellants (LinliConn       *conn,
                 LinliCaseDetail *self,
                 GError         **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->appellants = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  for (guint i = 0; i < MAX (self->submissions->len, 1); i++)
    {
      const char *id = self->submissions->len == 0
                         ? linli_row_get_text (self->case_row, LINLI_CASE_APPELLANT_ID)
                         : linli_row_get_text (self->submissions->pdata[i], LINLI_SUBMISSION_APPELLANT_ID);
      LinliRow *appellant = NULL;

      if (id == NULL || !g_hash_table_add (seen, (gpointer) id))
        continue;
      if (!load_one (conn, &linli_table_appellant, id, &appellant, error))
        return FALSE;
      if (appellant != NULL)
        g_ptr_array_add (self->appellants, appellant);
    }

  return TRUE;
}

/* What it was merged into, or with, and what it is a part of. */
static gboolean
load_family (LinliConn       *conn,
             LinliCaseDetail *self,
             GError         **error)
{
  const char *id = linli_row_get_id (self->case_row);
  g_autofree char *root = NULL;

  self->members = linli_case_members_load (conn, id, error);
  if (self->members == NULL || !linli_case_find_root (conn, id, &root, error) ||
      !load_one (conn, &linli_table_case, linli_row_get_text (self->case_row, LINLI_CASE_PARENT_ID), &self->parent, error))
    return FALSE;
  return g_str_equal (root, id) || load_one (conn, &linli_table_case, root, &self->target, error);
}

static gboolean
load_parts (LinliConn       *conn,
            LinliCaseDetail *self,
            GError         **error)
{
  const char *id = linli_row_get_id (self->case_row);
  const struct
  {
    const LinliTable *table;
    const char       *condition;
    GPtrArray       **rows;
  } parts[] = {
    { &linli_table_submission, "case_id = ?1 ORDER BY received_at, pk", &self->submissions },
    { &linli_table_dispatch, "case_id = ?1 ORDER BY seq, pk", &self->dispatches },
    { &linli_table_clock, "case_id = ?1 ORDER BY started_at, pk", &self->clocks },
    { &linli_table_entry, "case_id = ?1 ORDER BY at, pk", &self->entries },
    { &linli_table_attachment, "case_id = ?1 AND removed_at IS NULL ORDER BY added_at, pk", &self->attachments },
    { &linli_table_link, "from_id = ?1 OR to_id = ?1 ORDER BY made_at, pk", &self->links },
    { &linli_table_case, "parent_id = ?1 ORDER BY pk", &self->parts },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      *parts[i].rows = linli_conn_select (conn, parts[i].table, error, parts[i].condition, "s", id);
      if (*parts[i].rows == NULL)
        return FALSE;
    }

  self->handling = linli_handling_load (conn, id, self->dispatches, error);
  return self->handling != NULL &&
         load_one (conn, &linli_table_duty_item, linli_row_get_text (self->case_row, LINLI_CASE_ITEM_ID),
                   &self->item, error) &&
         load_appellants (conn, self, error) &&
         load_family (conn, self, error);
}

/* Whether something open stands in the way. A case that was split has no lead
 * whom anybody could assist. */
static gboolean
is_barred (LinliCaseDetail *self,
           const char      *action)
{
  if (self->parts->len > 0 && self->dispatches->len == 0 && g_str_equal (action, "case.assist"))
    return TRUE;
  return !linli_handling_allows (self->handling, action);
}

/* A role has the duty, but the centre may have taken the right to it. Names are
 * looked up where there are stars, and a mark is set where there is none. */
static gboolean
has_right (LinliCaseDetail *self,
           const char      *action,
           LinliRight       rights)
{
  const LinliCommand *command = linli_registry_find_command (action);
  gboolean confidential = linli_row_get_int (self->case_row, LINLI_CASE_CONFIDENTIAL) != 0;

  if (g_str_equal (action, "identity.reveal") &&
      (rights & LINLI_RIGHT_IDENTITY || (confidential && !(rights & LINLI_RIGHT_CONFIDENTIAL))))
    return FALSE;
  if (g_str_equal (action, confidential ? "case.mark-confidential" : "case.unmark-confidential"))
    return FALSE;
  return command == NULL || (command->right & ~rights) == 0;
}

static const char **
leave_room (LinliCaseDetail *self,
            LinliRight       rights,
            const char     **actions)
{
  guint n = 0;

  for (guint i = 0; actions[i] != NULL; i++)
    if (has_right (self, actions[i], rights) && !is_barred (self, actions[i]))
      actions[n++] = actions[i];
  actions[n] = NULL;

  return actions;
}

static const char **
find_actions (LinliCaseDetail *self,
              LinliRole        roles,
              LinliRight       rights)
{
  g_autofree LinliCasePart *parts = g_new0 (LinliCasePart, self->dispatches->len + 1);
  LinliCaseState state;
  guint n = 0;

  if (!linli_case_state_from_id (linli_row_get_text (self->case_row, LINLI_CASE_STATE), &state))
    return g_new0 (const char *, 1);
  for (guint i = 0; i < self->dispatches->len; i++)
    {
      LinliRow *dispatch = self->dispatches->pdata[i];

      if (!linli_case_detail_is_own (self, dispatch))
        continue;
      parts[n].lead = g_strcmp0 (linli_row_get_text (dispatch, LINLI_DISPATCH_ROLE), "lead") == 0;
      parts[n++].state = linli_part_state_from_text (linli_row_get_text (dispatch, LINLI_DISPATCH_STATE));
    }

  return leave_room (self, rights, linli_case_allowed_actions (state, parts, n, roles));
}

static gboolean
load_actions (LinliConn       *conn,
              LinliCaseDetail *self,
              LinliRole        roles,
              GError         **error)
{
  LinliRight rights = 0;

  if (!linli_rights_load (conn, roles, &rights, error))
    return FALSE;
  self->actions = find_actions (self, roles, rights);
  return TRUE;
}

/* --- What a unit sees of it --- */

static void
keep_for_units (GPtrArray *rows,
                guint      audience)
{
  for (guint i = rows->len; i > 0; i--)
    if (!linli_unit_scope_reads (linli_row_get_text (rows->pdata[i - 1], audience)))
      g_ptr_array_remove_index (rows, i - 1);
}

static gboolean
keep_own (LinliConn       *conn,
          LinliCaseDetail *self,
          LinliRow       **other,
          GError         **error)
{
  gboolean has = FALSE;

  if (*other == NULL)
    return TRUE;
  if (!linli_unit_scope_has (conn, self->unit, linli_row_get_id (*other), &has, error))
    return FALSE;
  if (!has)
    g_clear_pointer (other, linli_row_unref);
  return TRUE;
}

/* Relatives of the case that were never sent there are another unit's. */
static gboolean
keep_own_relatives (LinliConn       *conn,
                    LinliCaseDetail *self,
                    GError         **error)
{
  if (!keep_own (conn, self, &self->target, error) || !keep_own (conn, self, &self->parent, error))
    return FALSE;
  for (guint i = self->parts->len; i > 0; i--)
    {
      gboolean has = FALSE;

      if (!linli_unit_scope_has (conn, self->unit, linli_row_get_id (self->parts->pdata[i - 1]), &has, error))
        return FALSE;
      if (!has)
        g_ptr_array_remove_index (self->parts, i - 1);
    }
  g_ptr_array_set_size (self->links, 0);
  for (guint i = 0; i < self->members->len; i++)
    {
      LinliCaseMember *member = self->members->pdata[i];

      keep_for_units (member->entries, LINLI_ENTRY_AUDIENCE);
      keep_for_units (member->attachments, LINLI_ATTACHMENT_AUDIENCE);
    }
  return TRUE;
}

static gboolean
narrow (LinliConn       *conn,
        LinliCaseDetail *self,
        GError         **error)
{
  keep_for_units (self->entries, LINLI_ENTRY_AUDIENCE);
  keep_for_units (self->attachments, LINLI_ATTACHMENT_AUDIENCE);
  return keep_own_relatives (conn, self, error);
}

/* Whether whoever looks at the case may act on that part of it. */
gboolean
linli_case_detail_is_own (LinliCaseDetail *self,
                          LinliRow        *dispatch)
{
  return self->unit == NULL || g_strcmp0 (linli_row_get_text (dispatch, LINLI_DISPATCH_UNIT_ID), self->unit) == 0;
}

static LinliCaseDetail *
load_whole (LinliConn  *conn,
            const char *case_id,
            GError    **error)
{
  g_autoptr(LinliCaseDetail) self = g_new0 (LinliCaseDetail, 1);

  g_atomic_ref_count_init (&self->ref_count);
  if (!load_one (conn, &linli_table_case, case_id, &self->case_row, error))
    return NULL;
  if (self->case_row == NULL)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "No case called %s", case_id);
      return NULL;
    }
  return load_parts (conn, self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_case_detail_load:
 * @case_id: id of a case
 * @roles: of the person who looks at it
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such case
 *
 * Several reads: for a picture of one moment call it inside a transaction.
 *
 * Returns: (transfer full): all about the case
 */
LinliCaseDetail *
linli_case_detail_load (LinliConn  *conn,
                        const char *case_id,
                        LinliRole   roles,
                        GError    **error)
{
  g_autoptr(LinliCaseDetail) self = NULL;

  g_return_val_if_fail (conn != NULL && case_id != NULL, NULL);

  self = load_whole (conn, case_id, error);
  return self != NULL && load_actions (conn, self, roles, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_case_detail_load_for:
 * @actor: (nullable): who looks at it
 * @roles: of that person
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such case,
 *   %LINLI_DOMAIN_ERROR_NOT_ALLOWED when it is none of a unit's
 *
 * linli_case_detail_load() for a person: somebody who sits at a handling unit
 * reads what was written for units, and acts on that unit's part.
 *
 * Returns: (transfer full)
 */
LinliCaseDetail *
linli_case_detail_load_for (LinliConn  *conn,
                            const char *case_id,
                            const char *actor,
                            LinliRole   roles,
                            GError    **error)
{
  g_autoptr(LinliCaseDetail) self = NULL;
  g_autofree char *unit = NULL;

  g_return_val_if_fail (conn != NULL && case_id != NULL, NULL);

  self = load_whole (conn, case_id, error);
  if (self == NULL || !linli_unit_scope_open (conn, actor, case_id, &unit, error))
    return NULL;
  self->unit = g_steal_pointer (&unit);
  if (self->unit != NULL && !narrow (conn, self, error))
    return NULL;
  return load_actions (conn, self, self->unit != NULL ? roles & LINLI_ROLE_HANDLER : roles, error)
           ? g_steal_pointer (&self) : NULL;
}

LinliCaseDetail *
linli_case_detail_ref (LinliCaseDetail *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* A half-loaded one is given back here too. */
void
linli_case_detail_unref (LinliCaseDetail *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->case_row, linli_row_unref);
  g_clear_pointer (&self->item, linli_row_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_clear_pointer (&self->appellants, g_ptr_array_unref);
  g_clear_pointer (&self->dispatches, g_ptr_array_unref);
  g_clear_pointer (&self->clocks, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->target, linli_row_unref);
  g_clear_pointer (&self->parent, linli_row_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->handling, linli_handling_free);
  g_free (self->actions);
  g_free (self->unit);
  g_free (self);
}
