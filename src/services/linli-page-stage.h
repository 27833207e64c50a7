/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-page-diff.h"

G_BEGIN_DECLS

/* What a view sees of a list of keys, and how rows enter and leave it: no more
 * of them in one turn of the main loop than fit into a frame. */
typedef struct _LinliPageStage LinliPageStage;
typedef void (*LinliPageStageFunc) (GListModel *model);

LinliPageStage *linli_page_stage_new        (GListModel         *model,
                                             GHashTable         *living,
                                             LinliPageStageFunc  ready);
void            linli_page_stage_stop       (LinliPageStage     *self);
void            linli_page_stage_free       (LinliPageStage     *self);

guint           linli_page_stage_get_n      (LinliPageStage     *self);
gint64          linli_page_stage_get_pk     (LinliPageStage     *self,
                                             guint               position);
GArray         *linli_page_stage_get_keys   (LinliPageStage     *self);
gboolean        linli_page_stage_find       (LinliPageStage     *self,
                                             gint64              pk,
                                             guint              *position);
gboolean        linli_page_stage_is_growing (LinliPageStage     *self);
gboolean        linli_page_stage_is_telling (LinliPageStage     *self);

void            linli_page_stage_show       (LinliPageStage     *self,
                                             GArray             *keys,
                                             LinliPageDiff      *diff);
gboolean        linli_page_stage_goes_whole (LinliPageStage     *self,
                                             LinliPageDiff      *diff);
gboolean        linli_page_stage_leave      (LinliPageStage     *self);
void            linli_page_stage_stay       (LinliPageStage     *self);
void            linli_page_stage_show_head  (LinliPageStage     *self,
                                             GArray             *keys);

G_END_DECLS
