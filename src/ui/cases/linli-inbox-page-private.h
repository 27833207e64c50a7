/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-bulk-bar.h"
#include "linli-case-list.h"
#include "linli-case-pane.h"
#include "linli-case-trail.h"
#include "linli-inbox-page.h"

G_BEGIN_DECLS

/* Shared by the files of the page: the view, what stands where it has no
 * cases, and what is done to many cases of it. */
struct _LinliInboxPage
{
  AdwBin          parent_instance;

  /* Template children */
  GtkPaned       *paned;
  GtkSearchEntry *search;
  GtkLabel       *view_title;
  GtkLabel       *count;
  GtkLabel       *hint;
  GtkStack       *stack;
  GtkWidget      *new_case;
  AdwBin         *list_slot;
  AdwStatusPage  *empty;
  GtkButton      *empty_button;
  AdwBin         *pane_slot;
  GtkToggleButton *mark_button;
  GtkBox         *list_side;
  GtkMenuButton  *sort_button;
  GMenuModel     *sort_menu;

  /* Widgets made here (unowned: their parents own them) */
  LinliCaseList  *list;
  LinliBulkBar   *bulk_bar;    /* (nullable) until cases are marked */
  LinliCasePane  *pane;        /* (nullable) until linli_inbox_page_get_pane() */

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  char           *title;       /* of the view */
  char           *query;       /* of the view */
  LinliPlace     *saved;       /* (nullable): the view, if a person saved it */
  GSimpleAction  *sort_action;
  char           *bulk;        /* (nullable): the last action on many cases, to be taken back */
  LinliCaseTrail *trail;
  GHashTable     *sorts;       /* query -> LinliCaseSort + 1, where another order was chosen */

  /* State */
  LinliCaseSort   sort;
  gboolean        searching;
  guint           pane_id;     /* the pane is to be made */
  guint           dwell_id;    /* the case shown is not looked at yet */
  gboolean        wants_focus; /* the list, when its first rows are there */
};

LinliCasePane *linli_inbox_page_get_pane (LinliInboxPage *self);

void linli_inbox_page_show_empty       (LinliInboxPage *self);
void linli_inbox_page_watch_case       (LinliInboxPage *self);
void linli_inbox_page_fill_seen        (LinliInboxPage *self,
                                        LinliPalette   *palette);
gboolean linli_inbox_page_step_marked  (LinliInboxPage *self,
                                        const char     *action);
void linli_inbox_page_install_many     (GtkWidgetClass *widget_class);
void linli_inbox_page_add_root_actions (LinliInboxPage *self,
                                        GtkRoot        *root);

G_END_DECLS
