/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk-notices.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* One notice, for lists. */
#define LINLI_TYPE_NOTICE (linli_notice_get_type ())
G_DECLARE_FINAL_TYPE (LinliNotice, linli_notice, LINLI, NOTICE, GObject)

const LinliDeskNotice *linli_notice_get (LinliNotice *self);

/* What concerns the person at this desk: a list model kept current, which also
 * tells the desktop while nobody looks at the window, and issues what the
 * ladder calls for where the centre wants that done by itself. */
#define LINLI_TYPE_NOTICES (linli_notices_get_type ())
G_DECLARE_FINAL_TYPE (LinliNotices, linli_notices, LINLI, NOTICES, GObject)

LinliNotices *linli_notices_new          (LinliUiContext *context);
guint         linli_notices_get_n_unread (LinliNotices   *self);
void          linli_notices_mark_read    (LinliNotices   *self,
                                          const char     *id);
void          linli_notices_set_watched  (LinliNotices   *self,
                                          gboolean        watched);
void          linli_notices_stop         (LinliNotices   *self);

const char   *linli_notice_icon          (const LinliDeskNotice *notice);
char         *linli_notice_words         (const LinliDeskNotice *notice);

G_END_DECLS
