/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How marks are set: Space, Shift and the arrows, Ctrl+A for everything the
 * view holds; with a pointer the box before the row, or Ctrl and Shift. */

#include "config.h"

#include "linli-case-marking.h"

#include "linli-case-row.h"

typedef struct
{
  LinliCaseList *list; /* (unowned): lives longer than its controllers */
  GtkListView   *view; /* (unowned) */
  gint64         anchor;
  gint64         end;  /* where a range that began at the anchor ends now */
} Marking;

static void
toggle (Marking *self,
        guint    position)
{
  LinliCaseMarks *marks = linli_case_list_get_marks (self->list);
  gint64 pk = linli_case_list_get_pk (self->list, position);

  if (pk == 0)
    return;
  linli_case_marks_set (marks, pk, !linli_case_marks_contains (marks, pk));
  self->anchor = self->end = pk;
}

static void
mark_range (Marking *self,
            guint    from,
            guint    to)
{
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = MIN (from, to); i <= MAX (from, to); i++)
    {
      gint64 pk = linli_case_list_get_pk (self->list, i);

      if (pk != 0)
        g_array_append_val (pks, pk);
    }
  linli_case_marks_set_all (linli_case_list_get_marks (self->list), pks);
}

/* The row with the keyboard; it need not be the chosen one. */
static guint
position_here (Marking *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  guint position;

  if (LINLI_IS_CASE_ROW (row) && linli_case_list_find (self->list, linli_case_row_get_pk (LINLI_CASE_ROW (row)), &position))
    return position;
  return linli_case_list_get_position (self->list);
}

static guint
distance (guint a,
          guint b)
{
  return a > b ? a - b : b - a;
}

/* Away from the anchor marks, back towards it takes the mark away again. */
static void
extend (Marking *self,
        int      step)
{
  LinliCaseMarks *marks = linli_case_list_get_marks (self->list);
  guint before = position_here (self);
  gint64 pk = linli_case_list_get_pk (self->list, before);
  guint anchor, after;

  if (pk == 0 || pk != self->end || !linli_case_list_find (self->list, self->anchor, &anchor))
    {
      if (pk == 0)
        return;
      self->anchor = self->end = pk;
      anchor = before;
      linli_case_marks_set (marks, pk, TRUE);
    }
  if (before != linli_case_list_get_position (self->list))
    linli_case_list_select_pk (self->list, pk);
  linli_case_list_step (self->list, step);
  after = linli_case_list_get_position (self->list);
  if (after == before)
    return;
  self->end = linli_case_list_get_pk (self->list, after);
  if (distance (after, anchor) > distance (before, anchor))
    linli_case_marks_set (marks, self->end, TRUE);
  else
    linli_case_marks_set (marks, pk, FALSE);
}

static gboolean
key_cb (Marking               *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkEventControllerKey *controller)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == 0 && keyval == GDK_KEY_space)
    toggle (self, position_here (self));
  else if (modifiers == GDK_SHIFT_MASK && (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down))
    extend (self, 1);
  else if (modifiers == GDK_SHIFT_MASK && (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up))
    extend (self, -1);
  else if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_a || keyval == GDK_KEY_A))
    linli_case_list_mark_all (self->list);
  else if (modifiers == 0 && keyval == GDK_KEY_Escape && linli_case_list_is_marking (self->list))
    linli_case_list_set_marking (self->list, FALSE);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static LinliCaseRow *
row_at (Marking *self,
        double   x,
        double   y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, LINLI_TYPE_CASE_ROW) : NULL;

  if (row == NULL && picked != NULL)
    row = gtk_widget_get_first_child (picked); /* the padding is the list's */

  return LINLI_IS_CASE_ROW (row) ? LINLI_CASE_ROW (row) : NULL;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            Marking         *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  LinliCaseRow *row = row_at (self, x, y);
  guint position;

  if (row == NULL || !linli_case_list_find (self->list, linli_case_row_get_pk (row), &position))
    return;
  if (state & GDK_SHIFT_MASK && linli_case_list_get_position (self->list) != GTK_INVALID_LIST_POSITION)
    mark_range (self, linli_case_list_get_position (self->list), position);
  else if (state & GDK_CONTROL_MASK || linli_case_row_is_on_mark (row, GTK_WIDGET (self->view), x))
    toggle (self, position);
  else
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
marking_free (gpointer  data,
              GClosure *closure)
{
  g_free (data);
}

/* Lets marks be set in @list, whose rows @view shows. */
void
linli_case_marking_attach (LinliCaseList *list,
                           GtkListView   *view)
{
  Marking *self = g_new0 (Marking, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->list = list;
  self->view = view;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (key_cb), self, marking_free, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}
