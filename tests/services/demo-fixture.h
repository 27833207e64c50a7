/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

#include "store-fixture.h"

G_BEGIN_DECLS

/* A small demo centre, open. */
typedef struct
{
  StoreFixture base;
  LinliStore  *store;
  gboolean     done;
} DemoFixture;

#define DEMO_FIXTURE_CASES 40

void demo_fixture_set_up    (DemoFixture  *self,
                             gconstpointer data);
void demo_fixture_tear_down (DemoFixture  *self,
                             gconstpointer data);

G_END_DECLS
