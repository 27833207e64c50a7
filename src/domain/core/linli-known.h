/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* Who a case is known to be about, as linli_mask_known() takes it: whoever
 * brought it, the case it was merged into and the whole it is a part of. Their
 * names and telephones stand in sentences too, where no column says so. */

#define LINLI_KNOWN_KIN "(k.id, k.merged_into_id, k.parent_id)" /* whose submissions, for a case k */

/* Who asked for silence (保密) in any case; @store is put before the tables'
 * names. The few confidential cases come first, whatever a planner thinks. */
#define LINLI_KNOWN_WHO_ASKED(store) \
  "(SELECT o.appellant_id FROM " store "cases c CROSS JOIN " store "submission o " \
  "WHERE o.case_id = c.id AND c.confidential <> 0)"

/* Whether nothing of the appellant a of a case k may be left, who may have
 * asked for it in another case. */
#define LINLI_KNOWN_SILENT(store) \
  "(k.confidential <> 0 OR a.confidential <> 0 OR a.id IN " LINLI_KNOWN_WHO_ASKED (store) ")"

gboolean linli_known_is_prose (const LinliColumn *column);
gboolean linli_known_load     (LinliConn         *conn,
                               const char        *case_id,
                               LinliRight         rights,
                               char             **known,
                               GError           **error);

G_END_DECLS
