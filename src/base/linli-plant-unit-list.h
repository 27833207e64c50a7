/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bugs of what a handling unit's desk is sent, found by the simulator and by tests/sync/test-sync-units.c. */

LINLI_PLANT_BUG (SCOPE_IGNORED,     "a unit's desk is sent everybody's feed")
LINLI_PLANT_BUG (SCOPE_KEPT,        "what was taken away from a unit stays at its desk")
LINLI_PLANT_BUG (SCOPE_INTERNAL,    "a unit is sent what was written for the centre alone")
LINLI_PLANT_BUG (SCOPE_CONFIDENTIAL, "a unit keeps a confidential case that it gave back")
LINLI_PLANT_BUG (SCOPE_ALONE,       "a unit has what was dispatched to it without what it was merged with")
