/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is chosen is a case, not a place in the list: the key is kept here, and
 * the place is found again each time the list has been told something new. */

#include "config.h"

#include "linli-case-list.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-marking.h"
#include "linli-case-rows.h"
#include "linli-page-model.h"
#include "linli-store-error.h"
#include "linli-unit-scope.h"

struct _LinliCaseList
{
  AdwBin              parent_instance;

  /* Template children */
  GtkScrolledWindow  *scroller;
  GtkListView        *list;
  GtkRevealer        *arrivals;
  GtkButton          *arrivals_button;

  LinliCaseInk       *ink;  /* a child as well */

  /* Owned */
  LinliUiContext     *context;
  LinliPageModel     *model;
  GtkSingleSelection *selection;
  LinliCaseMarks     *marks;
  LinliCaseRows      *rows;
  char               *query;     /* (nullable) */
  GError             *failure;   /* (nullable): why the question has no answer */

  /* State */
  LinliCaseSort       sort;
  gint64              chosen;    /* pk, 0 for none */
  guint               place;     /* where it was last */
  guint               n_arrived; /* above what the reader sees */
  gboolean            fresh;     /* a new question is being answered */
  gboolean            marking;   /* rows show whether they are marked */
  gboolean            mark_all;  /* once all keys are known */
  gboolean            keyed;     /* had the keyboard when its rows began to change */
  guint               tick_id;
};

enum { CHOSEN, ACTIVATED, SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliCaseList, linli_case_list, ADW_TYPE_BIN)

/* --- What the model asks for, in the read lane --- */

static GArray *
load_keys (LinliConn *conn,
           GVariant  *query,
           guint      limit,
           GError   **error)
{
  const char *line, *actor;
  guint sort;
  gint64 now;

  g_variant_get (query, "(&su&sx)", &line, &sort, &actor, &now);

  return linli_case_search_ids (conn, line, sort, now, *actor != '\0' ? actor : NULL, limit, error);
}

static GPtrArray *
load_records (LinliConn *conn,
              GVariant  *query,
              GArray    *pks,
              GError   **error)
{
  g_autofree char *unit = NULL;
  const char *actor;

  g_variant_get (query, "(&su&sx)", NULL, NULL, &actor, NULL);

  return linli_unit_scope_load (conn, actor, &unit, error) ? linli_case_records_load (conn, unit, pks, error) : NULL;
}

static const LinliPageLoader loader = { load_keys, load_records };

static GVariant *
make_query (LinliCaseList *self)
{
  g_autofree char *actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));

  return g_variant_new ("(susx)", self->query, (guint) self->sort, actor != NULL ? actor : "",
                        linli_ui_context_now (self->context));
}

/* --- Rows --- */

static void
marks_changed_cb (LinliCaseList *self)
{
  if (linli_case_marks_get_n (self->marks) > 0)
    self->marking = TRUE;
  if (self->rows != NULL)
    linli_case_rows_set_marking (self->rows, self->marking);
}

/* A view that asks about time has new answers as time passes. */
static gboolean
tick_cb (gpointer data)
{
  LinliCaseList *self = data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;

  linli_case_rows_refresh_times (self->rows);
  if (self->query != NULL && strchr (self->query, ':') != NULL)
    linli_case_list_refresh (self);

  return G_SOURCE_CONTINUE;
}

/* --- The choice --- */

static void
scroll_to (LinliCaseList *self,
           guint          position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* A list view does not move the keyboard when the selection is moved for it;
 * the row widget is the parent of the row it shows. */
static gboolean
focus_chosen (LinliCaseList *self)
{
  GtkWidget *row = linli_case_rows_find (self->rows, self->chosen);

  return row != NULL && gtk_widget_grab_focus (gtk_widget_get_parent (row));
}

/* Before the list hears of it, too. */
static void
items_changing_cb (LinliCaseList *self,
                   guint          position,
                   guint          removed)
{
  if (removed > 0)
    self->keyed |= linli_has_keyboard (GTK_WIDGET (self->list));
}

/* To where the chosen case was; to the first while none is chosen. */
static void
focus_place (LinliCaseList *self)
{
  guint n = linli_case_list_get_n (self);
  guint place = self->chosen != 0 && n > 0 ? MIN (self->place, n - 1) : 0;
  GtkWidget *row = linli_case_rows_find (self->rows, linli_case_list_get_pk (self, place));

  if (row == NULL || !gtk_widget_grab_focus (gtk_widget_get_parent (row)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* A row that leaves with the keyboard gives it to the one in its place, or the
 * window would give it to whatever comes first there. Whoever began to type
 * meanwhile keeps it. */
static void
keep_keyboard (LinliCaseList *self)
{
  if (self->keyed && !linli_has_keyboard (GTK_WIDGET (self->list)) && !linli_is_typing (GTK_WIDGET (self)))
    focus_place (self);
  self->keyed = FALSE;
}

static void
say_chosen (LinliCaseList *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, linli_case_list_get_record (self));
}

static void
chosen_item_cb (LinliListRow  *row,
                GParamSpec    *pspec,
                LinliCaseList *self)
{
  /* The record of a choice made before it was read. */
  if (linli_list_row_get_pk (row) == self->chosen)
    say_chosen (self);
  g_signal_handlers_disconnect_by_func (row, chosen_item_cb, self);
}

static void
selected_cb (LinliCaseList *self)
{
  LinliListRow *row = gtk_single_selection_get_selected_item (self->selection);
  gint64 pk = row != NULL ? linli_list_row_get_pk (row) : 0;

  if (linli_page_model_is_telling (self->model))
    return;
  if (row != NULL)
    self->place = gtk_single_selection_get_selected (self->selection);
  if (pk == self->chosen)
    return;

  self->chosen = pk;
  if (row != NULL && linli_list_row_get_item (row) == NULL)
    g_signal_connect_object (row, "notify::item", G_CALLBACK (chosen_item_cb), self, 0);
  else
    say_chosen (self);
}

static void
hide_arrivals (LinliCaseList *self)
{
  self->n_arrived = 0;
  gtk_revealer_set_reveal_child (self->arrivals, FALSE);
}

static void
show_arrivals (LinliCaseList *self,
               guint          n)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_autofree char *words = NULL;

  if (n == 0 || self->sort == LINLI_CASE_SORT_DUE)
    return;
  /* The view stays where it was, so even at the top the new rows are above it
   * unless there was nothing to stay at. */
  if (linli_case_list_get_n (self) * 40.0 <= gtk_adjustment_get_page_size (adjustment))
    return;

  self->n_arrived += n;
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new", "%u new", self->n_arrived), self->n_arrived);
  gtk_button_set_label (self->arrivals_button, words);
  gtk_revealer_set_reveal_child (self->arrivals, TRUE);
}

static void
arrivals_clicked_cb (LinliCaseList *self)
{
  hide_arrivals (self);
  scroll_to (self, 0);
}

static void
scrolled_cb (LinliCaseList *self)
{
  if (self->n_arrived > 0 && gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) < 1)
    hide_arrivals (self);
}

static void
find_chosen_again (LinliCaseList *self)
{
  guint position;

  if (self->chosen == 0)
    return;
  if (linli_page_model_find (self->model, self->chosen, &position))
    {
      self->place = position;
      if (gtk_single_selection_get_selected (self->selection) != position)
        gtk_single_selection_set_selected (self->selection, position);
    }
  else if (self->fresh && linli_page_model_is_complete (self->model))
    {
      /* Not among the answers to another question. A choice that left its
       * list because it changed stays on the desk instead. */
      self->chosen = 0;
      say_chosen (self);
    }
}

static void
settled_cb (LinliPageModel *model,
            gboolean        opened,
            guint           n_arrived,
            LinliCaseList  *self)
{
  find_chosen_again (self);
  g_clear_error (&self->failure);
  if (linli_page_model_is_complete (model))
    {
      self->fresh = FALSE;
      if (self->mark_all)
        linli_case_list_mark_all (self);
    }
  if (opened)
    {
      hide_arrivals (self);
      if (linli_case_list_get_n (self) > 0)
        scroll_to (self, linli_case_list_get_position (self) != GTK_INVALID_LIST_POSITION ? self->place : 0);
    }
  else
    show_arrivals (self, n_arrived);
  keep_keyboard (self);
  g_signal_emit (self, signals[SETTLED], 0, opened);
}

static void
failed_cb (LinliPageModel *model,
           GError         *error,
           LinliCaseList  *self)
{
  g_warning ("Cases cannot be read: %s", error->message);
  if (self->fresh || linli_case_list_get_n (self) == 0)
    {
      /* Rows of another question, or none, would pass for the answer. */
      g_clear_error (&self->failure);
      self->failure = g_error_copy (error);
      g_signal_emit (self, signals[SETTLED], 0, FALSE);
    }
  else if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT))
    linli_ui_context_toast_action (self->context, _("The centre’s data is damaged: cases could not be read."),
                                   _("Close the Centre"), "win.leave-store", NULL);
  else
    linli_ui_context_toast (self->context, _("The list could not be read. What is shown may be old."));
}

/* The list goes on from the row with the keyboard, which nobody has looked at
 * while none is chosen. */
static gboolean
key_cb (LinliCaseList         *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkEventControllerKey *controller)
{
  gboolean down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;

  if ((!down && !up) || (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      linli_case_list_get_position (self) != GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;

  return linli_case_list_step (self, down ? 1 : -1);
}

static void
activate_cb (LinliCaseList *self,
             guint          position)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* --- The object --- */

static void
linli_case_list_dispose (GObject *object)
{
  LinliCaseList *self = LINLI_CASE_LIST (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  if (self->ink != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->ink));
  self->ink = NULL;
  g_clear_object (&self->rows);
  g_clear_object (&self->selection);
  g_clear_object (&self->marks);
  g_clear_object (&self->model);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_case_list_parent_class)->dispose (object);
}

static void
linli_case_list_finalize (GObject *object)
{
  LinliCaseList *self = LINLI_CASE_LIST (object);

  g_free (self->query);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (linli_case_list_parent_class)->finalize (object);
}

static void
linli_case_list_class_init (LinliCaseListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linli_case_list_dispose;
  object_class->finalize = linli_case_list_finalize;

  /* The chosen case, or %NULL; only when it became another one. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, LINLI_TYPE_CASE_RECORD);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  /* After every change of the list, also when it could not be read; %TRUE for
   * the first rows of a new question. */
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCaseList, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseList, list);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseList, arrivals);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseList, arrivals_button);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrivals_clicked_cb);
}

static void
linli_case_list_init (LinliCaseList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->marks = linli_case_marks_new ();
  g_signal_connect_object (self->marks, "changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ink = linli_case_ink_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->ink), GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

LinliCaseList *
linli_case_list_new (LinliUiContext *context)
{
  LinliCaseList *self = g_object_new (LINLI_TYPE_CASE_LIST, NULL);

  self->context = g_object_ref (context);
  self->model = linli_page_model_new (linli_store_get_db (linli_ui_context_get_store (context)), "cases", &loader);
  g_signal_connect (self->model, "settled", G_CALLBACK (settled_cb), self);
  g_signal_connect (self->model, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (items_changing_cb), self);

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);

  self->rows = linli_case_rows_new (context, self->list, gtk_scrolled_window_get_vadjustment (self->scroller),
                                    self->marks, self->ink);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  linli_case_marking_attach (self, self->list);
  self->tick_id = g_timeout_add_seconds (30, tick_cb, self);

  return self;
}

gint64
linli_case_list_get_pk (LinliCaseList *self,
                        guint          position)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), 0);

  return linli_page_model_get_pk (self->model, position);
}

gboolean
linli_case_list_find (LinliCaseList *self,
                      gint64         pk,
                      guint         *position)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), FALSE);

  return linli_page_model_find (self->model, pk, position);
}

/* Returns: (transfer none): what is marked for an action on many cases */
LinliCaseMarks *
linli_case_list_get_marks (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), NULL);

  return self->marks;
}

gboolean
linli_case_list_is_marking (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), FALSE);

  return self->marking;
}

/* Shows the boxes that marks are set in; without them there are no marks. */
void
linli_case_list_set_marking (LinliCaseList *self,
                             gboolean       marking)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));

  self->marking = marking;
  self->mark_all = FALSE;
  if (!marking)
    linli_case_marks_clear (self->marks);
  g_signal_emit_by_name (self->marks, "changed");
}

/* Marks everything the view holds, however much of it was ever on the screen;
 * while keys still come in, as soon as they are all there. */
void
linli_case_list_mark_all (LinliCaseList *self)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));

  self->mark_all = !linli_page_model_is_complete (self->model);
  if (!self->mark_all)
    linli_case_marks_set_all (self->marks, linli_page_model_get_keys (self->model));
}

/* Shows the answers to @query, a search line, from the top. The choice stays
 * if it is among them. */
void
linli_case_list_open (LinliCaseList *self,
                      const char    *query,
                      LinliCaseSort  sort)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));
  g_return_if_fail (query != NULL);

  if (g_strcmp0 (query, self->query) != 0)
    {
      linli_case_list_set_marking (self, FALSE); /* marks belong to the question */
      g_free (self->query);
      self->query = g_strdup (query);
    }
  self->sort = sort;
  self->fresh = TRUE;
  linli_page_model_open (self->model, make_query (self));
}

/* Asks the same again, as of now, without moving anything. */
void
linli_case_list_refresh (LinliCaseList *self)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));

  if (self->query != NULL)
    linli_page_model_refresh (self->model, make_query (self));
}

/* Returns: (transfer none) (nullable): the search line that is answered */
const char *
linli_case_list_get_query (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), NULL);

  return self->query;
}

guint
linli_case_list_get_n (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* Returns: (transfer none) (nullable): why there is no answer to what was
 *   asked; rows that are still there belong to another question */
const GError *
linli_case_list_get_failure (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), NULL);

  return self->failure;
}

/* Whether linli_case_list_get_n() is the number of all answers already. */
gboolean
linli_case_list_is_complete (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), FALSE);

  return linli_page_model_is_complete (self->model);
}

/* Returns: the place of the choice, %GTK_INVALID_LIST_POSITION when it is not listed */
guint
linli_case_list_get_position (LinliCaseList *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), GTK_INVALID_LIST_POSITION);

  return gtk_single_selection_get_selected (self->selection);
}

/* Returns: (transfer none) (nullable): the chosen case as listed */
LinliCaseRecord *
linli_case_list_get_record (LinliCaseList *self)
{
  LinliListRow *row;

  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), NULL);

  row = gtk_single_selection_get_selected_item (self->selection);

  return row != NULL ? linli_list_row_get_item (row) : NULL;
}

/* Chooses a case by key; remembers it also when it is not listed (yet). */
gboolean
linli_case_list_select_pk (LinliCaseList *self,
                           gint64         pk)
{
  guint position;

  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), FALSE);

  self->chosen = pk;
  self->fresh = FALSE;
  if (!linli_page_model_find (self->model, pk, &position))
    {
      g_signal_handlers_block_by_func (self->selection, selected_cb, self);
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      g_signal_handlers_unblock_by_func (self->selection, selected_cb, self);
      return FALSE;
    }
  gtk_single_selection_set_selected (self->selection, position);
  scroll_to (self, position);

  return TRUE;
}

void
linli_case_list_select_none (LinliCaseList *self)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));

  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

/* Chooses the case @step places further on; the first when none was chosen,
 * the one that took its place when the chosen one has left the list. */
gboolean
linli_case_list_step (LinliCaseList *self,
                      int            step)
{
  guint n, position;
  gint64 next;

  g_return_val_if_fail (LINLI_IS_CASE_LIST (self), FALSE);

  n = linli_case_list_get_n (self);
  if (n == 0)
    return FALSE;

  position = linli_case_list_get_position (self);
  if (position != GTK_INVALID_LIST_POSITION)
    next = (gint64) position + step;
  else
    next = self->chosen != 0 ? self->place + MIN (step, 0) : 0;
  next = CLAMP (next, 0, (gint64) n - 1);
  gtk_single_selection_set_selected (self->selection, next);
  scroll_to (self, next);
  if (linli_has_keyboard (GTK_WIDGET (self->list)))
    focus_chosen (self);

  return next != position;
}

/* @choose: the first case if none is chosen yet */
void
linli_case_list_focus (LinliCaseList *self,
                       gboolean       choose)
{
  g_return_if_fail (LINLI_IS_CASE_LIST (self));

  if (choose && linli_case_list_get_position (self) == GTK_INVALID_LIST_POSITION)
    linli_case_list_step (self, 1);
  if (!focus_chosen (self))
    focus_place (self);
}
