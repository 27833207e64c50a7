/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The test of units' desks with the bug named in LINLI_PLANTED put in. */

#include "linli-plant.h"

LinliPlant linli_planted = LINLI_PLANT_NONE;

static const char *const bugs[] = {
#define LINLI_PLANT_BUG(name, words) #name,
#include "linli-plant-unit-list.h"
#undef LINLI_PLANT_BUG
};

/* Before main(), which knows nothing of it. */
static void __attribute__ ((constructor))
plant (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bugs); i++)
    if (g_strcmp0 (g_getenv ("LINLI_PLANTED"), bugs[i]) == 0)
      linli_planted = (LinliPlant) (LINLI_PLANT_N + 1 + i);
}

gboolean
linli_plant_fault (GError **error)
{
  return FALSE;
}

gint64
linli_plant_revision (gint64 rev)
{
  return rev;
}
