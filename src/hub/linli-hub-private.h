/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub.h"
#include "linli-tx.h"

G_BEGIN_DECLS

/* Where the workspace stands, read under the lock that makes it stand still. */
typedef struct
{
  char  *epoch;
  gint64 rev;
  gint64 floor_rev;
} LinliHubClock;

void     linli_hub_clock_clear   (LinliHubClock *clock);
gboolean linli_hub_clock_lock    (LinliConn     *conn,
                                  LinliHubClock *clock,
                                  GError       **error);
gboolean linli_hub_clock_read    (LinliConn     *conn,
                                  LinliHubClock *clock,
                                  GError       **error);
gboolean linli_hub_clock_save    (LinliConn     *conn,
                                  gint64         rev,
                                  GError       **error);

gboolean linli_hub_device_find   (LinliConn     *conn,
                                  const char    *device,
                                  LinliRow     **row,
                                  GError       **error);
const char *linli_hub_device_fault (LinliRow    *row);
const char *linli_hub_device_unit (LinliRow     *row);
gboolean linli_hub_device_insert (LinliConn     *conn,
                                  const char    *device,
                                  const char    *forked_from,
                                  const char    *unit,
                                  char         **prefix,
                                  GError       **error);

GHashTable *linli_hub_tally_new  (void);
gboolean linli_hub_tally_save    (LinliConn     *conn,
                                  GHashTable    *tallies,
                                  GError       **error);
gboolean linli_hub_feed_gather   (LinliConn     *conn,
                                  GPtrArray     *changes,
                                  gint64         now,
                                  gint64        *rev,
                                  GHashTable    *tallies,
                                  GError       **error);
gboolean linli_hub_feed_record   (LinliConn     *conn,
                                  GPtrArray     *changes,
                                  gint64         now,
                                  gint64        *rev,
                                  GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubClock, linli_hub_clock_clear)

G_END_DECLS
