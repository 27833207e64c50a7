/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* How far the call-back of one resident is in one round of a case. */
typedef struct
{
  gint64    n_attempts;
  guint     n_half_days; /* different ones on which nobody was reached */
  gboolean  reached;
  LinliRow *valid;       /* (owned) (nullable): the call-back that counts */
} LinliCallbackProgress;

void     linli_callback_progress_clear (LinliCallbackProgress *self);
gboolean linli_callback_progress_load  (LinliConn             *conn,
                                        const char            *case_id,
                                        const char            *submission,
                                        gint64                 round,
                                        LinliCallbackProgress *progress,
                                        GError               **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliCallbackProgress, linli_callback_progress_clear)

/* One resident of a case, as whoever calls them back wants to see it. */
typedef struct
{
  LinliRow             *submission; /* (owned) */
  LinliRow             *appellant;  /* (owned) (nullable) */
  LinliCallbackProgress progress;
  GPtrArray            *attempts;   /* (owned) LinliRow, every round, oldest first */
  LinliRow             *notice;     /* (owned) (nullable): the newest of this round */
  gboolean              contactable;
  gboolean              over;       /* nobody need call any more */
} LinliCallbackPerson;

/* Frozen once loaded: any thread may hold it. */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray      *people;      /* (owned) LinliCallbackPerson, in the order they came */
  gint64          n_half_days; /* on so many a person must have been tried */
} LinliCallbackSheet;

gboolean            linli_is_contactable     (LinliConn          *conn,
                                              const char         *appellant,
                                              gboolean           *contactable,
                                              GError            **error);
LinliCallbackSheet *linli_callback_sheet_load (LinliConn         *conn,
                                              LinliRow           *case_row,
                                              GError            **error);
LinliCallbackSheet *linli_callback_sheet_ref  (LinliCallbackSheet *self);
void                linli_callback_sheet_unref (LinliCallbackSheet *self);
guint               linli_callback_sheet_next (LinliCallbackSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCallbackSheet, linli_callback_sheet_unref)

G_END_DECLS
