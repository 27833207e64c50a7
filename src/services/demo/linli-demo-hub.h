/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A hub of this computer's own, to show what several desks are: started beside
 * a demo centre, gone with whoever holds it. */

#define LINLI_DEMO_HUB_CODES 2 /* desks that may join */

#define LINLI_TYPE_DEMO_HUB (linli_demo_hub_get_type ())
G_DECLARE_FINAL_TYPE (LinliDemoHub, linli_demo_hub, LINLI, DEMO_HUB, GObject)

void          linli_demo_hub_start_async  (const char          *centre,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
LinliDemoHub *linli_demo_hub_start_finish (GAsyncResult        *result,
                                           GError             **error);
const char   *linli_demo_hub_get_url      (LinliDemoHub        *self);
const char   *linli_demo_hub_get_code     (LinliDemoHub        *self,
                                           guint                nth);

G_END_DECLS
