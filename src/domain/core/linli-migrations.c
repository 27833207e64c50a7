/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way up, version by version. A step that was ever on a desk is never
 * edited: what it made is what desks have. tests/golden holds a store of each
 * version. */

#include "config.h"

#include "linli-migrations.h"

const LinliMigration linli_migrations[] = {
  /* Merge, split, return, extension, suspension, supervision, call-back, lanes,
   * routing, answers, templates, places and synchronisation. */
  {
    2,
    "ALTER TABLE cases ADD COLUMN instant_answer_id TEXT;\n"
    "ALTER TABLE cases ADD COLUMN supervision_level INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN suspended_until INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN extension_count INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN solved TEXT;\n"
    "ALTER TABLE cases ADD COLUMN satisfaction TEXT;\n"
    "ALTER TABLE cases ADD COLUMN route TEXT;\n"
  },
  { 0 }
};
