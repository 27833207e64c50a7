/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-hub.h"
#include "linli-desk-view.h"
#include "linli-sign-in-page.h"
#include "linli-start-page.h"
#include "linli-store.h"
#include "linli-trouble-page.h"
#include "linli-ui-context.h"
#include "linli-window.h"

G_BEGIN_DECLS

/* Shared by the two files of the window: its frame and actions, and the
 * opening, making and bringing back of a centre. */
struct _LinliWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  AdwToastOverlay  *toasts;
  GtkStack         *stack;
  AdwStatusPage    *wait;
  AdwBin           *desk_slot;

  /* Widgets made here when first needed (unowned: their parents own them) */
  LinliSignInPage  *sign_in;      /* (nullable) */
  LinliStartPage   *start;        /* (nullable) */
  LinliTroublePage *trouble;      /* (nullable) */
  LinliDeskView    *desk;         /* (nullable) */

  /* Owned */
  GSettings        *settings;
  LinliUiContext   *context;      /* (nullable): of the open centre */
  char             *folder;       /* (nullable): being opened or open */
  char             *demo_folder;  /* (nullable): removed with the window */
  char             *wanted_case;  /* (nullable): to show when the centre is open and uncovered */
  GCancellable     *cancellable;
  GtkWidget        *task;         /* (nullable) weak: the page pushed last */
  const char       *task_action;  /* (nullable): what pushed it; static */
  char             *former;       /* (nullable): who sat here before the pages were covered */
  LinliDemoHub     *hub;          /* (nullable): of a demo centre with a second desk */
  LinliWindow      *pair;         /* (nullable) weak: the second desk */

  /* State */
  gboolean          pairing;      /* the hub starts */
  gboolean          is_second;
  gboolean          two_desks;    /* wanted as soon as the demo centre is open */
  guint             look_id;
  gboolean          covered;      /* the sign-in page stands before the pages */
  gboolean          outdated;     /* the pages hold what is not for this person's eyes any more, or too little */
  gint64            last_input;   /* monotonic, microseconds */
  guint             tick_id;
  guint             present_id;   /* shows the window although nothing is open yet */

  /* Borrowed */
  LinliClock       *clock;
};

void linli_window_enter_store         (LinliWindow  *self,
                                       LinliStore   *store,
                                       LinliSession *session);
void linli_window_ask_person          (LinliWindow  *self,
                                       LinliStore   *store,
                                       LinliSession *session);
void linli_window_watch_input         (LinliWindow  *self);
void linli_window_forget_input        (LinliWindow  *self);
void linli_window_install_person_actions (GtkWidgetClass *widget_class);
void linli_window_watch_session       (LinliWindow  *self);
gboolean linli_window_may             (LinliWindow  *self,
                                       const char   *action);
void linli_window_push                (LinliWindow  *self,
                                       const char   *action,
                                       GtkWidget    *page);
void linli_window_update_actions      (LinliWindow  *self);
void linli_window_show_wanted         (LinliWindow  *self);
void linli_window_close_dialogs       (LinliWindow  *self);
void linli_window_leave_desk          (LinliWindow  *self);
void linli_window_entered             (LinliWindow  *self);
void linli_window_leave_store         (LinliWindow  *self);
void linli_window_create_centre       (LinliWindow  *self,
                                       const char   *name,
                                       const char   *community,
                                       const char   *person);
void linli_window_retry               (LinliWindow  *self);
void linli_window_open_read_only      (LinliWindow  *self);
void linli_window_choose_folder       (LinliWindow  *self);
void linli_window_choose_backup       (LinliWindow  *self);
void linli_window_join_hub            (LinliWindow  *self);
void linli_window_join_known          (LinliWindow  *self,
                                       const char   *folder,
                                       const char   *url,
                                       const char   *code);
gboolean linli_window_can_pair        (LinliWindow  *self);
void linli_window_pair                (LinliWindow  *self);
void linli_window_unpair              (LinliWindow  *self);
void linli_window_show_sync           (LinliWindow  *self);
void linli_window_watch_swap          (LinliWindow  *self);
void linli_window_show_wait           (LinliWindow  *self,
                                       const char   *title);
void linli_window_show_trouble        (LinliWindow  *self,
                                       const GError *error);
char *linli_window_default_folder     (void);
char *linli_window_dup_last_folder    (LinliWindow *self);

G_END_DECLS
