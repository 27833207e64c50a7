/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* The records of one case on its way, latest last. Frozen once loaded. */
typedef struct
{
  GPtrArray *lanes;         /* (element-type LinliRow) the ways, in order */
  GPtrArray *agenda;        /* (element-type LinliRow) */
  GPtrArray *deliberations; /* (element-type LinliRow) */
  GPtrArray *aids;          /* (element-type LinliRow) */
} LinliLaneSheet;

LinliLaneSheet *linli_lane_sheet_load (LinliConn      *conn,
                                       const char     *case_id,
                                       GError        **error);
void            linli_lane_sheet_free (LinliLaneSheet *self);
LinliRow       *linli_lane_sheet_find (LinliLaneSheet *self,
                                       const char     *code);
gboolean        linli_lane_sheet_allows (LinliLaneSheet *self,
                                       const char     *lane,
                                       const char     *command);
GPtrArray      *linli_lanes_load      (LinliConn      *conn,
                                       GError        **error);

/* An open case of a lane with what was recorded last. */
typedef struct
{
  LinliRow *case_row;
  LinliRow *record;   /* (nullable): of party_agenda, deliberation or mutual_aid */
} LinliLaneLine;

#define LINLI_LANE_LINES_MAX 500

GPtrArray      *linli_lane_lines_load (LinliConn      *conn,
                                       const char     *code,
                                       GError        **error);

#define LINLI_DECLARE_LANE(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  gboolean linli_##name##_run (LinliCommandContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_LANE (lane_save)
LINLI_DECLARE_LANE (case_set_lane)
LINLI_DECLARE_LANE (case_put_on_agenda)
LINLI_DECLARE_LANE (case_record_decision)
LINLI_DECLARE_LANE (case_deliberate)
LINLI_DECLARE_LANE (case_agree)
LINLI_DECLARE_LANE (case_fail_to_agree)
LINLI_DECLARE_LANE (case_ask_aid)
LINLI_DECLARE_LANE (case_aid_done)

/* What several of them share. */
gboolean        linli_lane_check      (LinliCaseFile  *file,
                                       const char     *code,
                                       GError        **error);
gboolean        linli_lane_get_day    (JsonObject     *args,
                                       const char     *name,
                                       const char    **day,
                                       GError        **error);
LinliRow       *linli_lane_last       (LinliCaseFile  *file,
                                       const LinliTable *table,
                                       const char     *state,
                                       GError        **error);
gboolean        linli_lane_change     (LinliCaseFile  *file,
                                       const char     *code,
                                       LinliPayload   *payload,
                                       GError        **error);
gboolean        linli_lane_resolve    (LinliCaseFile  *file,
                                       const char     *result,
                                       const char     *reply,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliLaneSheet, linli_lane_sheet_free)

G_END_DECLS
