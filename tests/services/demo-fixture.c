/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-fixture.h"

#include "linli-demo.h"

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree LinliDemoResult *made = linli_demo_finish (LINLI_STORE (source), result, &error);

  g_assert_no_error (error);
  ((DemoFixture *) user_data)->done = TRUE;
}

void
demo_fixture_set_up (DemoFixture  *self,
                     gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  store_fixture_set_up (&self->base, data);
  self->store = linli_store_open_sync (self->base.folder, LINLI_STORE_CREATE, &self->base.clock.parent, &error);
  g_assert_no_error (error);
  linli_demo_async (self->store, LINLI_DEMO_SEED, DEMO_FIXTURE_CASES, NULL, NULL, NULL, made_cb, self);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
}

void
demo_fixture_tear_down (DemoFixture  *self,
                        gconstpointer data)
{
  g_clear_object (&self->store);
  store_fixture_tear_down (&self->base, data);
}
