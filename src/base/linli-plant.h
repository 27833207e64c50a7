/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Bugs that others have shipped, to be put in on purpose: the simulator's
 * build can switch one of them on, and must then find it, and so must the test of
 * units' desks. Everywhere else this
 * is the constant FALSE and no code at all. */

#ifdef LINLI_PLANT

#include <glib.h>

typedef enum
{
  LINLI_PLANT_NONE,
#define LINLI_PLANT_BUG(name, words) LINLI_PLANT_##name,
#include "linli-plant-list.h"
  LINLI_PLANT_N, /* what comes after, tests/sync/test-sync-units.c finds too */
#include "linli-plant-unit-list.h"
#undef LINLI_PLANT_BUG
} LinliPlant;

extern LinliPlant linli_planted;

#define LINLI_PLANTED(name) (linli_planted == LINLI_PLANT_##name)

/* The disk or the database may fail here. */
gboolean linli_plant_fault (GError **error);

#define LINLI_FAULTY(error) linli_plant_fault (error)

/* The revision to count on from, where it was taken before the transaction began. */
gint64 linli_plant_revision (gint64 rev);

#define LINLI_REVISION(rev) linli_plant_revision (rev)

#else

#define LINLI_PLANTED(name) 0
#define LINLI_FAULTY(error) 0
#define LINLI_REVISION(rev) (rev)

#endif
