/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-route-note.h"

G_BEGIN_DECLS

GtkWidget      *linli_route_card_new   (LinliRouteNote *note);
LinliRouteNote *linli_route_note_of    (LinliRouting   *routing);

G_END_DECLS
