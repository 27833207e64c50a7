/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-palette.h"
#include "linli-place.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The inbox: a list of cases that answers a view or a search, and the case
 * chosen in it. */
#define LINLI_TYPE_INBOX_PAGE (linli_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliInboxPage, linli_inbox_page, LINLI, INBOX_PAGE, AdwBin)

LinliInboxPage *linli_inbox_page_new          (LinliUiContext *context);
void            linli_inbox_page_show_view    (LinliInboxPage *self,
                                               LinliPlace     *view);
void            linli_inbox_page_show_case    (LinliInboxPage *self,
                                               const char     *case_id);
gboolean        linli_inbox_page_step_back    (LinliInboxPage *self,
                                               gboolean        back);
void            linli_inbox_page_search       (LinliInboxPage *self,
                                               const char     *line);
void            linli_inbox_page_enter_view   (LinliInboxPage *self);
void            linli_inbox_page_focus_search (LinliInboxPage *self);
void            linli_inbox_page_refresh      (LinliInboxPage *self);
void            linli_inbox_page_follow_session (LinliInboxPage *self);

void            linli_inbox_page_fill_palette (LinliInboxPage *self,
                                               LinliPalette   *palette);

G_END_DECLS
