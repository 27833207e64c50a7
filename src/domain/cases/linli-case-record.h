/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "linli-conn.h"

G_BEGIN_DECLS

/* What a list shows of one case. Frozen when read: any thread may hold it.
 * Times are microseconds UTC, 0 for none; texts that may be absent are NULL. */
#define LINLI_TYPE_CASE_RECORD (linli_case_record_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseRecord, linli_case_record, LINLI, CASE_RECORD, GObject)

GPtrArray  *linli_case_records_load              (LinliConn       *conn,
                                                  const char      *unit,
                                                  GArray          *pks,
                                                  GError         **error);

gint64      linli_case_record_get_pk             (LinliCaseRecord *self);
const char *linli_case_record_get_id             (LinliCaseRecord *self);
const char *linli_case_record_get_case_no        (LinliCaseRecord *self);
const char *linli_case_record_get_title          (LinliCaseRecord *self);
const char *linli_case_record_get_state          (LinliCaseRecord *self);
const char *linli_case_record_get_item_name      (LinliCaseRecord *self);
const char *linli_case_record_get_nature         (LinliCaseRecord *self);
const char *linli_case_record_get_urgency        (LinliCaseRecord *self);
const char *linli_case_record_get_channel_code   (LinliCaseRecord *self);
const char *linli_case_record_get_community      (LinliCaseRecord *self);
const char *linli_case_record_get_place          (LinliCaseRecord *self);
const char *linli_case_record_get_unit_name      (LinliCaseRecord *self);
const char *linli_case_record_get_appellant_name (LinliCaseRecord *self);
const char *linli_case_record_get_due_kind       (LinliCaseRecord *self);
const char *linli_case_record_get_part           (LinliCaseRecord *self);
gint64      linli_case_record_get_n_submissions  (LinliCaseRecord *self);
gint64      linli_case_record_get_received_at    (LinliCaseRecord *self);
gint64      linli_case_record_get_due_at         (LinliCaseRecord *self);
gint64      linli_case_record_get_closed_at      (LinliCaseRecord *self);
gint64      linli_case_record_get_touched_at     (LinliCaseRecord *self);
gint64      linli_case_record_get_revision       (LinliCaseRecord *self);

G_END_DECLS
