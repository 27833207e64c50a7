/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-palette.h"
#include "linli-places.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* An open centre: the sidebar of places and the page of the chosen one. */
#define LINLI_TYPE_DESK_VIEW (linli_desk_view_get_type ())
G_DECLARE_FINAL_TYPE (LinliDeskView, linli_desk_view, LINLI, DESK_VIEW, AdwBin)

LinliDeskView *linli_desk_view_new          (LinliUiContext *context);
AdwFlap       *linli_desk_view_get_flap     (LinliDeskView  *self);
LinliPlaces   *linli_desk_view_get_places   (LinliDeskView  *self);
void           linli_desk_view_show_place   (LinliDeskView  *self,
                                             const char     *id);
void           linli_desk_view_show_nth     (LinliDeskView  *self,
                                             guint           n);
void           linli_desk_view_show_case    (LinliDeskView  *self,
                                             const char     *case_id);
void           linli_desk_view_push         (LinliDeskView  *self,
                                             GtkWidget      *page);
void           linli_desk_view_step_back    (LinliDeskView  *self,
                                             gboolean        back);
gboolean       linli_desk_view_pop          (LinliDeskView  *self);
void           linli_desk_view_focus_search (LinliDeskView  *self);
void           linli_desk_view_search       (LinliDeskView  *self,
                                             const char     *line);
void           linli_desk_view_refresh      (LinliDeskView  *self);
void           linli_desk_view_follow_session (LinliDeskView *self);
void           linli_desk_view_set_covered  (LinliDeskView  *self,
                                             gboolean        covered);
void           linli_desk_view_stop         (LinliDeskView  *self);

void           linli_desk_view_offer        (LinliDeskView  *self,
                                             const char     *text,
                                             const char     *label,
                                             const char     *action,
                                             GVariant       *target);

void           linli_desk_view_fill_palette (LinliDeskView  *self,
                                              LinliPalette   *palette);

G_END_DECLS
