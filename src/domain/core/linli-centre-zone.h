/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GTimeZone *linli_centre_zone_load     (LinliConn  *conn,
                                       GError    **error);
gint64     linli_centre_zone_midnight (GTimeZone  *zone,
                                       const char *day,
                                       int         offset);

G_END_DECLS
