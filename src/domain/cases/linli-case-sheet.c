/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-sheet.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-case-tables.h"
#include "linli-closing-tables.h"
#include "linli-core-tables.h"
#include "linli-domain-error.h"
#include "linli-draft.h"
#include "linli-handling-tables.h"
#include "linli-people-tables.h"
#include "linli-ladder.h"
#include "linli-tx.h"

void
linli_case_sheet_free (LinliCaseSheet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->detail, linli_case_detail_unref);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->units, linli_duty_units_free);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->note, linli_row_unref);
  g_clear_pointer (&self->supervisions, g_ptr_array_unref);
  g_clear_pointer (&self->ladder, g_ptr_array_unref);
  g_clear_pointer (&self->calendar, linli_work_calendar_unref);
  g_clear_pointer (&self->callbacks, linli_callback_sheet_unref);
  g_clear_pointer (&self->facts, linli_matter_facts_free);
  g_clear_pointer (&self->lanes, linli_lane_sheet_free);
  g_clear_pointer (&self->routing, linli_routing_free);
  g_clear_pointer (&self->proposed, linli_duty_units_free);
  g_clear_pointer (&self->instead, linli_row_unref);
  g_free (self->owner);
  g_free (self);
}

static gboolean
load_channels (LinliConn      *conn,
               LinliCaseSheet *self,
               GError        **error)
{
  GPtrArray *submissions = self->detail->submissions;

  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < MAX (submissions->len, 1); i++) /* a merged case has none left, a part never had */
    {
      const char *code = submissions->len > 0 ? linli_row_get_text (submissions->pdata[i], LINLI_SUBMISSION_CHANNEL_CODE)
                                                : linli_row_get_text (self->detail->case_row, LINLI_CASE_CHANNEL_CODE);
      char *name = NULL;

      if (g_hash_table_contains (self->channels, code))
        continue;
      if (!linli_conn_get_text (conn, &name, error, "SELECT name FROM channel WHERE code = ?1", "s", code))
        return FALSE;
      g_hash_table_insert (self->channels, g_strdup (code), name);
    }

  return TRUE;
}

/* A unit that was proposed since the case was last sent out. */
static gboolean
load_instead (LinliConn      *conn,
              LinliCaseSheet *self,
              GError        **error)
{
  GPtrArray *returns = self->detail->handling->returns;
  g_autoptr(GPtrArray) units = NULL;

  if (returns->len == 0 || g_strcmp0 (linli_row_get_text (self->detail->case_row, LINLI_CASE_STATE), "registered") != 0)
    return TRUE;
  units = linli_conn_select (conn, &linli_table_unit, error, "id = ?1 AND active = 1", "s",
                             linli_row_get_text (returns->pdata[returns->len - 1], LINLI_RETURN_NOTE_PROPOSED_UNIT_ID));
  if (units == NULL)
    return FALSE;
  if (units->len > 0)
    self->instead = linli_row_ref (units->pdata[0]);

  return TRUE;
}

/* A note half typed on a case that was merged follows it. */
static gboolean
load_members_note (LinliConn      *conn,
                   LinliCaseSheet *self,
                   const char     *actor,
                   GError        **error)
{
  GPtrArray *members = self->detail->members;

  for (guint i = 0; i < members->len && self->note == NULL; i++)
    {
      LinliCaseMember *member = members->pdata[i];
      g_autoptr(GPtrArray) notes = linli_drafts_load (conn, actor, "note", linli_row_get_id (member->case_row), error);

      if (notes == NULL)
        return FALSE;
      if (notes->len > 0)
        self->note = linli_row_ref (notes->pdata[0]);
    }
  return TRUE;
}

/* Who it should go to is asked only where somebody is about to decide it. */
static gboolean
load_routing (LinliConn      *conn,
              LinliCaseSheet *self,
              GError        **error)
{
  LinliRow *row = self->detail->case_row;

  self->facts = linli_matter_facts_load (conn, row, error);
  self->lanes = self->facts != NULL ? linli_lane_sheet_load (conn, linli_row_get_id (row), error) : NULL;
  if (self->lanes == NULL)
    return FALSE;
  if (self->detail->item == NULL || !linli_case_sheet_allows (self, "case.dispatch"))
    return TRUE;
  self->routing = linli_routing_of_case (conn, row, error);
  self->proposed = self->routing != NULL ? linli_routing_load_units (conn, self->routing, error) : NULL;
  return self->proposed != NULL;
}

/* Where the case is pressed, told and called back, and only there. */
static gboolean
load_closing (LinliConn      *conn,
              LinliCaseSheet *self,
              GError        **error)
{
  LinliRow *row = self->detail->case_row;
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);

  self->supervisions = linli_conn_select (conn, &linli_table_supervision, error, "case_id = ?1 ORDER BY pk", "s",
                                          linli_row_get_id (row));
  self->evidence = self->supervisions != NULL
                     ? linli_evidence_load (conn, linli_row_get_id (row), self->detail->item, self->detail->unit != NULL, error)
                     : NULL;
  if (self->evidence == NULL)
    return FALSE;
  if (linli_case_sheet_allows (self, "case.supervise"))
    {
      g_autofree char *id = NULL;

      self->ladder = linli_ladder_rules_load (conn, error);
      if (self->ladder == NULL || !linli_calendar_load_current (conn, &self->calendar, &id, error))
        return FALSE;
    }
  if (self->detail->unit != NULL) /* calling back is the centre's */
    return TRUE;
  if (!g_str_equal (state, "resolved") && !g_str_equal (state, "closed") && linli_row_get_int (row, LINLI_CASE_REDO_COUNT) == 0)
    return TRUE;
  self->callbacks = linli_callback_sheet_load (conn, row, error);
  return self->callbacks != NULL;
}

static gboolean
load_rest (LinliConn      *conn,
           LinliCaseSheet *self,
           const char     *actor,
           GError        **error)
{
  const char *owner = linli_row_get_text (self->detail->case_row, LINLI_CASE_OWNER_ID);
  g_autoptr(GPtrArray) notes = linli_drafts_load (conn, actor, "note", linli_row_get_id (self->detail->case_row), error);

  if (notes == NULL || !load_closing (conn, self, error) || !load_channels (conn, self, error) ||
      !load_instead (conn, self, error) || !load_routing (conn, self, error))
    return FALSE;
  if (notes->len > 0)
    self->note = linli_row_ref (notes->pdata[0]);
  else if (!load_members_note (conn, self, actor, error))
    return FALSE;
  if (owner != NULL &&
      !linli_conn_get_text (conn, &self->owner, error, "SELECT name FROM account WHERE id = ?1", "s", owner))
    return FALSE;
  if (self->detail->item == NULL)
    return TRUE;
  self->units = linli_duty_units_load (conn, self->detail->item, error);

  return self->units != NULL;
}

/**
 * linli_case_sheet_load:
 * @actor: (nullable): account id of the person who looks at it
 * @roles: of that person
 * @error: see linli_case_detail_load_for()
 *
 * All of one moment.
 *
 * Returns: (transfer full)
 */
LinliCaseSheet *
linli_case_sheet_load (LinliConn  *conn,
                       const char *case_id,
                       const char *actor,
                       LinliRole   roles,
                       GError    **error)
{
  g_autoptr(LinliCaseSheet) self = g_new0 (LinliCaseSheet, 1);
  gboolean loaded;

  g_return_val_if_fail (conn != NULL && case_id != NULL, NULL);

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  self->detail = linli_case_detail_load_for (conn, case_id, actor, roles, error);
  loaded = self->detail != NULL && load_rest (conn, self, actor, error);
  linli_conn_rollback (conn);

  return loaded ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_case_find_id:
 * @subject: id or number of a case, or the number of a receipt
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND when there is no such case
 *
 * Returns: (transfer full): the id of the case that is meant
 */
char *
linli_case_find_id (LinliConn  *conn,
                    const char *subject,
                    GError    **error)
{
  char *id = NULL;

  if (linli_conn_get_text (conn, &id, error, "SELECT id FROM cases WHERE id = ?1 OR case_no = ?1 UNION ALL "
                           "SELECT case_id FROM submission WHERE receipt_no = ?1 LIMIT 1", "s", subject) && id == NULL)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-case", "case", N_("There is no such case."));
  return id;
}

/* Returns: (transfer none): the name of a channel, its code when it has none */
const char *
linli_case_sheet_get_channel (LinliCaseSheet *self,
                              const char     *code)
{
  const char *name = g_hash_table_lookup (self->channels, code);

  return name != NULL && *name != '\0' ? name : code;
}

/* What the rules leave to the records: nothing is agreed before anybody met. */
static gboolean
records_allow (LinliCaseSheet *self,
               const char     *command)
{
  const char *lane = linli_row_get_text (self->detail->case_row, LINLI_CASE_LANE);

  if (g_str_equal (command, "case.set-attributes"))
    return self->facts == NULL || self->facts->defs->len > 0;
  return self->lanes == NULL || linli_lane_sheet_allows (self->lanes, lane, command);
}

/* Whether state, roles and records let @command run now. */
gboolean
linli_case_sheet_allows (LinliCaseSheet *self,
                         const char     *command)
{
  return g_strv_contains ((const char *const *) self->detail->actions, command) && records_allow (self, command);
}
