/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Who a case is known to be about, as linli_mask_known() takes it: whoever
 * brought it, the case it was merged into and the whole it is a part of. Their
 * names and telephones stand in sentences too, where no column says so. */

char    *linli_known_sql  (const char *case_id,
                           gboolean    masks,
                           gboolean    silences);
gboolean linli_known_load (LinliConn  *conn,
                           const char *case_id,
                           char      **known,
                           GError    **error);

G_END_DECLS
