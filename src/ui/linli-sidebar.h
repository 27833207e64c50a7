/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-places.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

#define LINLI_TYPE_SIDEBAR (linli_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LinliSidebar, linli_sidebar, LINLI, SIDEBAR, AdwBin)

LinliSidebar *linli_sidebar_new        (LinliPlaces    *places,
                                        LinliUiContext *context);
void          linli_sidebar_set_title (LinliSidebar *self,
                                       const char   *centre,
                                       const char   *person);
gboolean      linli_sidebar_choose    (LinliSidebar *self,
                                       const char   *id);
void          linli_sidebar_leave     (LinliSidebar *self);
void          linli_sidebar_set_n_notices (LinliSidebar *self,
                                       guint         n);
gboolean      linli_sidebar_choose_nth (LinliSidebar *self,
                                       guint         n);
void          linli_sidebar_offer         (LinliSidebar   *self,
                                           const char     *text,
                                           const char     *label,
                                           const char     *action,
                                           GVariant       *target);

G_END_DECLS
