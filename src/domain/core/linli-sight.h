/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* What one person sees of the store: through a reading connection that is set
 * for a person, every table shows only the rows and words that the person's
 * rights allow, whoever asks it and in whatever statement. So no query, list,
 * export or form masks or leaves out anything by itself, and none can forget to.
 *
 * A statement that must see the store as it is names the schema: main.cases. */

/* Of the parts of a case: those for whose sake a unit sees it. */
#define LINLI_SIGHT_IN_HAND "state NOT IN ('returned', 'recalled', 'released')"

gboolean linli_sight_set   (LinliConn  *conn,
                            const char *actor,
                            GError    **error);
gboolean linli_sight_set_named (LinliConn *conn,
                            const char *actor,
                            GError    **error);
gboolean linli_sight_lift  (LinliConn  *conn,
                            GError    **error);
gboolean linli_sight_hides (LinliConn  *conn);

G_END_DECLS
