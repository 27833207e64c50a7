/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-clock.h"

/* A fresh folder and a clock that stands at Sat 14 Feb 2026 10:00, Shenzhen. */
typedef struct
{
  char          *folder;
  LinliFakeClock clock;
} StoreFixture;

void store_fixture_set_up    (StoreFixture *f,
                              gconstpointer data);
void store_fixture_tear_down (StoreFixture *f,
                              gconstpointer data);
