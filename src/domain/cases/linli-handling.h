/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"
#include "linli-trace.h"

G_BEGIN_DECLS

/* 退件, 裁决, 延期 and 挂起 of one case: what is open between a unit and its
 * counterpart, and what was settled before. Of each open thing there is one at
 * most. Arrays are of LinliRow, oldest first. */
typedef struct
{
  GPtrArray *returns;
  GPtrArray *rulings;
  GPtrArray *requests;
  GPtrArray *suspensions;
  GPtrArray *windows;    /* LinliReturnWindow, of parts that may still be returned */
  LinliRow  *dispute;    /* (unowned) (nullable): the return that waits for a ruling */
  LinliRow  *request;    /* (unowned) (nullable): what waits for a decision */
  LinliRow  *suspension; /* (unowned) (nullable): the one that lasts */
} LinliHandling;

/* Until when a unit may return its part, and how that was counted. */
typedef struct
{
  char       *dispatch; /* id of the part */
  gint64      until;    /* microseconds UTC; 0 when the calendar does not reach so far */
  LinliTerm   term;
  LinliTrace *trace;    /* (owned) (nullable) */
} LinliReturnWindow;

LinliHandling     *linli_handling_load        (LinliConn         *conn,
                                               const char        *case_id,
                                               GPtrArray         *parts,
                                               GError           **error);
void               linli_handling_free        (LinliHandling     *self);
LinliReturnWindow *linli_handling_find_window (LinliHandling     *self,
                                               const char        *dispatch);
gboolean           linli_handling_allows      (LinliHandling     *self,
                                               const char        *command);
LinliReturnWindow *linli_return_window_load   (LinliConn         *conn,
                                               LinliRow          *part,
                                               GError           **error);
void               linli_return_window_free   (LinliReturnWindow *self);

gboolean           linli_suspensions_due      (LinliConn         *conn,
                                               gint64             now,
                                               gint64            *n,
                                               GError           **error);

/* For commands. */
gboolean           linli_handling_find_open   (LinliCaseFile     *file,
                                               const LinliTable  *table,
                                               LinliRow         **row,
                                               GError           **error);
gboolean           linli_handling_settle      (LinliCaseFile     *file,
                                               GError           **error);
gboolean           linli_handling_sync_clocks (LinliCaseFile     *file,
                                               LinliPayload      *payload,
                                               GError           **error);
char              *linli_handling_moment      (LinliConn         *conn,
                                               gint64             at,
                                               GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHandling, linli_handling_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliReturnWindow, linli_return_window_free)

G_END_DECLS
