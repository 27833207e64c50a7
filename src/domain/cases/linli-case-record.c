/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-record.h"

#include "linli-unit-scope.h"

/* The order of the columns in RECORD_SQL. */
enum
{
  TEXT_ID,
  TEXT_CASE_NO,
  TEXT_TITLE,
  TEXT_STATE,
  TEXT_ITEM_NAME,
  TEXT_NATURE,
  TEXT_URGENCY,
  TEXT_CHANNEL_CODE,
  TEXT_COMMUNITY,
  TEXT_PLACE,
  TEXT_UNIT_NAME,
  TEXT_APPELLANT_NAME,
  TEXT_DUE_KIND,
  TEXT_PART,
  N_TEXTS,
};

enum
{
  INT_N_SUBMISSIONS,
  INT_RECEIVED_AT,
  INT_DUE_AT,
  INT_CLOSED_AT,
  INT_TOUCHED_AT,
  INT_REVISION,
  N_INTS,
};

#define RECORD_SQL(due_kind, part, due_at) \
  "SELECT id, case_no, title, state, item_name, nature, urgency, channel_code, community, place, " \
  "lead_unit_name, appellant_name, " due_kind ", " part ", n_submissions, received_at, " due_at ", closed_at, " \
  "touched_at, revision FROM cases AS c WHERE pk = ?1"

#define CENTRE_SQL RECORD_SQL ("due_kind", "NULL", "due_at")
#define UNIT_SQL \
  RECORD_SQL (LINLI_UNIT_CLOCK ("kind", "?2"), LINLI_UNIT_PART ("?2"), LINLI_UNIT_CLOCK ("due_at", "?2"))

struct _LinliCaseRecord
{
  GObject parent_instance;

  gint64  pk;
  char   *texts[N_TEXTS]; /* (owned) */
  gint64  ints[N_INTS];
};

G_DEFINE_FINAL_TYPE (LinliCaseRecord, linli_case_record, G_TYPE_OBJECT)

static LinliCaseRecord *
record_read (LinliStmt *stmt,
             gint64     pk)
{
  LinliCaseRecord *self = g_object_new (LINLI_TYPE_CASE_RECORD, NULL);

  self->pk = pk;
  for (int i = 0; i < N_TEXTS; i++)
    self->texts[i] = linli_stmt_dup_text (stmt, i);
  for (int i = 0; i < N_INTS; i++)
    self->ints[i] = linli_stmt_get_int (stmt, N_TEXTS + i);

  return self;
}

static void
record_unref (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

/**
 * linli_case_records_load:
 * @unit: (nullable): the unit that whoever looks sits at; what is due is then its own, and its part is told
 * @pks: (element-type gint64): local keys of cases
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliCaseRecord): one record for
 *   every key, in the same order; %NULL where the case is gone
 */
GPtrArray *
linli_case_records_load (LinliConn  *conn,
                         const char *unit,
                         GArray     *pks,
                         GError    **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(LinliStmt) stmt = NULL;

  g_return_val_if_fail (conn != NULL && pks != NULL, NULL);

  stmt = linli_conn_prepare (conn, unit != NULL ? UNIT_SQL : CENTRE_SQL, error);
  if (stmt == NULL)
    return NULL;

  records = g_ptr_array_new_full (pks->len, record_unref);
  for (guint i = 0; i < pks->len; i++)
    {
      gint64 pk = g_array_index (pks, gint64, i);
      gboolean row = FALSE;

      linli_stmt_bind_int (stmt, 1, pk);
      if (unit != NULL)
        linli_stmt_bind_text (stmt, 2, unit);
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
      g_ptr_array_add (records, row ? record_read (stmt, pk) : NULL);
      linli_stmt_reset (stmt);
    }

  return g_steal_pointer (&records);
}

static void
linli_case_record_finalize (GObject *object)
{
  LinliCaseRecord *self = LINLI_CASE_RECORD (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (linli_case_record_parent_class)->finalize (object);
}

static void
linli_case_record_class_init (LinliCaseRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_case_record_finalize;
}

static void
linli_case_record_init (LinliCaseRecord *self)
{
}

gint64
linli_case_record_get_pk (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->pk;
}

const char *
linli_case_record_get_id (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_ID];
}

const char *
linli_case_record_get_case_no (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_CASE_NO];
}

const char *
linli_case_record_get_title (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_TITLE];
}

const char *
linli_case_record_get_state (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_STATE];
}

const char *
linli_case_record_get_item_name (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_ITEM_NAME];
}

const char *
linli_case_record_get_nature (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_NATURE];
}

const char *
linli_case_record_get_urgency (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_URGENCY];
}

const char *
linli_case_record_get_channel_code (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_CHANNEL_CODE];
}

const char *
linli_case_record_get_community (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_COMMUNITY];
}

const char *
linli_case_record_get_place (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_PLACE];
}

const char *
linli_case_record_get_unit_name (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_UNIT_NAME];
}

const char *
linli_case_record_get_appellant_name (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_APPELLANT_NAME];
}

const char *
linli_case_record_get_due_kind (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_DUE_KIND];
}

/* Returns: (nullable): how far the unit is with its part; %NULL at the centre */
const char *
linli_case_record_get_part (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), NULL);

  return self->texts[TEXT_PART];
}

gint64
linli_case_record_get_n_submissions (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_N_SUBMISSIONS];
}

gint64
linli_case_record_get_received_at (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_RECEIVED_AT];
}

gint64
linli_case_record_get_due_at (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_DUE_AT];
}

gint64
linli_case_record_get_closed_at (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_CLOSED_AT];
}

gint64
linli_case_record_get_touched_at (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_TOUCHED_AT];
}

gint64
linli_case_record_get_revision (LinliCaseRecord *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_RECORD (self), 0);

  return self->ints[INT_REVISION];
}
