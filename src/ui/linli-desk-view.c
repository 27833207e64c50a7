/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-desk-view.h"

#include <glib/gi18n-lib.h>

#include "linli-answers-page.h"
#include "linli-capture-key.h"
#include "linli-cards.h"
#include "linli-due-runner.h"
#include "linli-figures-page.h"
#include "linli-inbox-page.h"
#include "linli-notices-page.h"
#include "linli-palette-fill.h"
#include "linli-overview-page.h"
#include "linli-places.h"
#include "linli-sidebar.h"

#define TASK "task"

struct _LinliDeskView
{
  AdwBin             parent_instance;

  /* Template children */
  AdwFlap           *flap;
  GtkStack          *pages;

  /* Widgets made here (unowned: their parents own them) */
  LinliSidebar      *sidebar;
  LinliNoticesPage  *notices_page; /* (nullable) until looked at */
  LinliInboxPage    *inbox;
  GtkWidget         *task;     /* (nullable): a page pushed over the places */

  /* Owned */
  LinliUiContext    *context;
  LinliPlaces       *places;
  LinliDueRunner    *due_runner;
  LinliNotices      *notices;
  char              *wanted;   /* (nullable): a place to go to when the views are known */
  char              *page;     /* (nullable): name of the page under the task */

  gboolean           covered;
};

G_DEFINE_FINAL_TYPE (LinliDeskView, linli_desk_view, ADW_TYPE_BIN)

/* Pages are made when somebody looks at them. */
static void
make_page (LinliDeskView *self,
           const char    *name)
{
  if (gtk_stack_get_child_by_name (self->pages, name) != NULL)
    return;
  if (g_str_equal (name, "overview"))
    gtk_stack_add_named (self->pages, GTK_WIDGET (linli_overview_page_new (self->context, self->places)), name);
  else if (g_str_equal (name, "answers"))
    gtk_stack_add_named (self->pages, GTK_WIDGET (linli_answers_page_new (self->context)), name);
  else if (g_str_equal (name, "figures"))
    gtk_stack_add_named (self->pages, GTK_WIDGET (linli_figures_page_new (self->context)), name);
  else if (g_str_equal (name, "notices"))
    {
      self->notices_page = linli_notices_page_new (self->context, self->notices);
      gtk_stack_add_named (self->pages, GTK_WIDGET (self->notices_page), name);
    }
}

static void
show_page (LinliDeskView *self,
           const char    *name)
{
  linli_desk_view_pop (self);
  make_page (self, name);
  g_free (self->page);
  self->page = g_strdup (name);
  gtk_stack_set_visible_child_name (self->pages, name);
}

/* Walking through the sidebar by keyboard stays in it; a click or Enter goes
 * on into the list. */
static void
entered_cb (LinliSidebar  *sidebar,
            LinliPlace    *place,
            LinliDeskView *self)
{
  linli_desk_view_pop (self);
  if (place->query != NULL)
    linli_inbox_page_enter_view (self->inbox);
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
chosen_cb (LinliSidebar  *sidebar,
           LinliPlace    *place,
           LinliDeskView *self)
{
  g_settings_set_string (linli_ui_context_get_settings (self->context), "last-view", place->id);
  show_page (self, place->page);
  if (place->query != NULL)
    {
      linli_inbox_page_show_view (self->inbox, place);
      if (!linli_has_keyboard (GTK_WIDGET (sidebar)))
        linli_inbox_page_enter_view (self->inbox);
    }
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
notices_changed_cb (LinliDeskView *self)
{
  linli_sidebar_set_n_notices (self->sidebar, linli_notices_get_n_unread (self->notices));
}

static void
notices_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliDeskView *self = LINLI_DESK_VIEW (widget);

  linli_sidebar_leave (self->sidebar);
  show_page (self, "notices");
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  linli_notices_page_focus (self->notices_page);
}

/* The desktop tells what came up while nobody looks at the window; not while
 * the pages are covered, because that would show through. */
static void
active_cb (LinliDeskView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && self->notices != NULL)
    linli_notices_set_watched (self->notices, self->covered || gtk_window_is_active (GTK_WINDOW (root)));
}

static void
linli_desk_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linli_desk_view_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (active_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
places_known_cb (LinliDeskView *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (wanted != NULL && !linli_sidebar_choose (self->sidebar, wanted))
    linli_sidebar_choose (self->sidebar, "open");
}

static void
linli_desk_view_dispose (GObject *object)
{
  LinliDeskView *self = LINLI_DESK_VIEW (object);

  if (self->places != NULL)
    linli_desk_view_stop (self);
  g_clear_object (&self->places);
  g_clear_object (&self->due_runner);
  g_clear_object (&self->notices);
  g_clear_object (&self->context);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->page, g_free);

  G_OBJECT_CLASS (linli_desk_view_parent_class)->dispose (object);
}

static void
linli_desk_view_class_init (LinliDeskViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_desk_view_dispose;
  widget_class->root = linli_desk_view_root;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-desk-view.ui");
  gtk_widget_class_install_action (widget_class, "desk.notices", NULL, notices_action);
  gtk_widget_class_bind_template_child (widget_class, LinliDeskView, flap);
  gtk_widget_class_bind_template_child (widget_class, LinliDeskView, pages);
}

static void
linli_desk_view_init (LinliDeskView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_session (LinliDeskView *self)
{
  LinliSession *session = linli_ui_context_get_session (self->context);

  linli_sidebar_set_title (self->sidebar, session->unit != NULL ? session->unit_name : session->centre, session->person);
}

LinliDeskView *
linli_desk_view_new (LinliUiContext *context)
{
  LinliDeskView *self = g_object_new (LINLI_TYPE_DESK_VIEW, NULL);

  self->context = g_object_ref (context);
  self->places = linli_places_new (context);
  self->due_runner = linli_due_runner_new (context);
  self->sidebar = linli_sidebar_new (self->places, context);
  self->notices = linli_notices_new (context);
  self->inbox = linli_inbox_page_new (context);
  show_session (self);
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->sidebar));
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->inbox), "cases");

  linli_capture_key (GTK_WIDGET (self), "<Control>b", "desk.notices");
  g_signal_connect_object (self->notices, "changed", G_CALLBACK (notices_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "chosen", G_CALLBACK (chosen_cb), self, 0);
  g_signal_connect_object (self->sidebar, "entered", G_CALLBACK (entered_cb), self, 0);
  self->wanted = g_settings_get_string (linli_ui_context_get_settings (context), "last-view");
  if (*self->wanted == '\0')
    {
      g_free (self->wanted);
      self->wanted = g_strdup ("overview");
    }
  if (linli_sidebar_choose (self->sidebar, self->wanted))
    g_clear_pointer (&self->wanted, g_free);
  g_signal_connect_object (self->places, "items-changed", G_CALLBACK (places_known_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return self;
}

/* See linli_sidebar_offer(). */
void
linli_desk_view_offer (LinliDeskView *self,
                       const char    *text,
                       const char    *label,
                       const char    *action,
                       GVariant      *target)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_sidebar_offer (self->sidebar, text, label, action, target);
}

/* Returns: (transfer none): what holds the sidebar, for the window's actions */
AdwFlap *
linli_desk_view_get_flap (LinliDeskView *self)
{
  g_return_val_if_fail (LINLI_IS_DESK_VIEW (self), NULL);

  return self->flap;
}

LinliPlaces *
linli_desk_view_get_places (LinliDeskView *self)
{
  g_return_val_if_fail (LINLI_IS_DESK_VIEW (self), NULL);

  return self->places;
}

/* Goes to a place: "overview", or the id of a view. */
void
linli_desk_view_show_place (LinliDeskView *self,
                            const char    *id)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_desk_view_pop (self); /* also of the place that was chosen already */
  if (linli_sidebar_choose (self->sidebar, id))
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (id);
}

void
linli_desk_view_show_nth (LinliDeskView *self,
                          guint          n)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_sidebar_choose_nth (self->sidebar, n);
}

/* Opens a case in the inbox, whatever page is shown. */
void
linli_desk_view_show_case (LinliDeskView *self,
                           const char    *case_id)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_desk_view_pop (self);
  if (g_strcmp0 (self->page, "cases") != 0)
    linli_desk_view_show_place (self, "open");
  linli_inbox_page_show_case (self->inbox, case_id);
}

/**
 * linli_desk_view_push:
 * @page: (transfer floating): brings its own header bar
 *
 * Shows a task (taking in a case, importing) over the places until
 * linli_desk_view_pop(), also by `win.back`.
 */
void
linli_desk_view_push (LinliDeskView *self,
                      GtkWidget     *page)
{
  GtkWidget *focus;

  g_return_if_fail (LINLI_IS_DESK_VIEW (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  linli_desk_view_pop (self);
  self->task = page;
  gtk_stack_add_named (self->pages, page, TASK);
  gtk_stack_set_visible_child (self->pages, page);
  focus = gtk_root_get_focus (gtk_widget_get_root (page));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD); /* else the stack has done so */
}

/* Back to the place under the task; %FALSE when there is no task. */
gboolean
linli_desk_view_pop (LinliDeskView *self)
{
  GtkWidget *task;

  g_return_val_if_fail (LINLI_IS_DESK_VIEW (self), FALSE);

  if (self->task == NULL)
    return FALSE;
  task = g_steal_pointer (&self->task);
  if (self->page != NULL)
    gtk_stack_set_visible_child_name (self->pages, self->page);
  gtk_stack_remove (self->pages, task);

  return TRUE;
}

/* Back to the place under the task; where there is none, to the case looked at
 * before, or forward again. */
void
linli_desk_view_step_back (LinliDeskView *self,
                           gboolean       back)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  if (self->task != NULL)
    {
      if (back)
        linli_desk_view_pop (self);
    }
  else if (linli_inbox_page_step_back (self->inbox, back) && g_strcmp0 (self->page, "cases") != 0)
    linli_desk_view_show_place (self, "open");
}

void
linli_desk_view_focus_search (LinliDeskView *self)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  if (self->task != NULL)
    return;
  if (g_strcmp0 (self->page, "cases") != 0)
    linli_desk_view_show_place (self, "open");
  linli_inbox_page_focus_search (self->inbox);
}

/* Looks for @line, as if it had been typed. */
void
linli_desk_view_search (LinliDeskView *self,
                        const char    *line)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));
  g_return_if_fail (line != NULL);

  linli_desk_view_pop (self);
  if (g_strcmp0 (self->page, "cases") != 0)
    linli_desk_view_show_place (self, "open");
  linli_inbox_page_search (self->inbox, line);
}

void
linli_desk_view_refresh (LinliDeskView *self)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_places_refresh (self->places);
  linli_inbox_page_refresh (self->inbox);
  if (self->task != NULL)
    gtk_widget_activate_action (self->task, "task.reload", NULL); /* what comes from elsewhere than the store */
}

/* Who sits there, or what the person may, has changed. */
void
linli_desk_view_follow_session (LinliDeskView *self)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  show_session (self);
  linli_desk_view_refresh (self);
  linli_inbox_page_follow_session (self->inbox);
}

/* While it is asked who sits there. */
void
linli_desk_view_set_covered (LinliDeskView *self,
                             gboolean       covered)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  self->covered = covered;
  active_cb (self);
}

/* Before the store is closed. */
void
linli_desk_view_stop (LinliDeskView *self)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  linli_places_stop (self->places);
  linli_due_runner_stop (self->due_runner);
  linli_notices_stop (self->notices);
}

/* What can be done on the page shown, then the places. */
void
linli_desk_view_fill_palette (LinliDeskView *self,
                              LinliPalette  *palette)
{
  g_return_if_fail (LINLI_IS_DESK_VIEW (self));

  if (self->task == NULL && g_strcmp0 (self->page, "cases") == 0)
    linli_inbox_page_fill_palette (self->inbox, palette);
  linli_palette_fill_places (palette, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), self->places);
}
