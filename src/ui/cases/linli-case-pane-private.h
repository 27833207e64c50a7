/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-head.h"
#include "linli-case-matter.h"
#include "linli-case-pane.h"
#include "linli-case-sheet.h"
#include "linli-case-steps.h"
#include "linli-case-timeline.h"
#include "linli-columns.h"
#include "linli-composer.h"
#include "linli-context-panel.h"

G_BEGIN_DECLS

/* Shared by the two files of the pane: what it shows, and what it does. */
struct _LinliCasePane
{
  AdwBin             parent_instance;

  /* Template children */
  AdwWindowTitle    *title;
  AdwStatusPage     *status;
  GtkMenuButton     *menu_button;
  GMenuModel        *case_menu;
  GtkStack          *stack;
  LinliCaseHead     *head;
  GtkScrolledWindow *scroller;
  LinliColumns      *columns;
  GtkRevealer       *newest;
  GtkButton         *newest_button;
  LinliComposer     *composer;

  /* Widgets made here (unowned: their parents own them) */
  LinliCaseMatter   *matter;
  LinliContextPanel *context_panel;
  LinliCaseTimeline *timeline;
  GtkWindow         *dialog;      /* (nullable) weak: a form about the case */

  /* Owned */
  LinliUiContext    *context;
  LinliPresence     *presence;
  GCancellable      *cancellable; /* (nullable): of the case being read */
  char              *case_id;     /* (nullable): the case wanted */
  LinliCaseSheet    *sheet;       /* (nullable): the case shown */
  char              *opening;     /* (nullable): a file that is fetched to be opened */
  char              *undo;        /* (nullable): the operation that may be taken back */

  /* State */
  const LinliCaseStep *step;      /* (nullable) static: asked for while the case is being read */
  gboolean           to_newest;   /* scroll there once it is shown */
  gboolean           restart;     /* another case: begin at its top */
  gint64             named_until; /* names are shown whole to who looked them up; 0: as the role sees them */
  guint              pieces_id;   /* the body is not yet shown whole */
  gboolean           body_waits;  /* for the head to be drawn first */
  guint              tick_id;
};

void linli_case_pane_install_actions (GtkWidgetClass *widget_class);
void linli_case_pane_update_actions  (LinliCasePane  *self);
void linli_case_pane_undo            (LinliCasePane  *self,
                                      const char     *operation);
void linli_case_pane_add_toast_actions (LinliCasePane  *self,
                                      GtkRoot        *root);
void linli_case_pane_run             (LinliCasePane  *self,
                                      const char     *command,
                                      LinliRequest   *request,
                                      gboolean        undoable);
void linli_case_pane_add_presence    (LinliCasePane  *self);
void linli_case_pane_tell_presence   (LinliCasePane  *self);
void linli_case_pane_install_file_actions (GtkWidgetClass *widget_class);
void linli_case_pane_add_drop        (LinliCasePane  *self);

G_END_DECLS
