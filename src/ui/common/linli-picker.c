/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list is shown below the entry and never takes the focus, so that an
 * input method keeps working; the arrow keys come here after it. */

#include "config.h"

#include "linli-picker.h"

#include <glib/gi18n-lib.h>

#include "linli-accounts.h"
#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-duty-search.h"
#include "linli-duty-units.h"
#include "linli-people-tables.h"
#include "linli-unit-search.h"

#define MAX_SHOWN 9
#define PAUSE_MS  80 /* as in the search entry */

typedef GPtrArray *(*SearchFunc) (LinliConn  *conn,
                                  const char *typed,
                                  guint       limit,
                                  GError    **error);

static const struct
{
  SearchFunc search;
  guint      title;
  guint      subtitle;
  guint      detail;
} kinds[] = {
  [LINLI_PICK_DUTY_ITEM] = { linli_duty_search, LINLI_DUTY_ITEM_NAME, LINLI_DUTY_ITEM_PATH, LINLI_DUTY_ITEM_CODE },
  [LINLI_PICK_UNIT] = { linli_unit_search, LINLI_UNIT_NAME, LINLI_UNIT_SHORT_NAME, LINLI_UNIT_KIND },
  [LINLI_PICK_CHANNEL] = { linli_channel_search, LINLI_CHANNEL_NAME, LINLI_CHANNEL_GROUP_NAME, LINLI_CHANNEL_CODE },
  [LINLI_PICK_PLACE] = { linli_place_search, LINLI_PLACE_FULL_NAME, LINLI_PLACE_COMMUNITY, LINLI_PLACE_ALIASES },
  [LINLI_PICK_APPELLANT] = { linli_appellant_search, LINLI_APPELLANT_NAME, LINLI_APPELLANT_PHONE,
                             LINLI_APPELLANT_ADDRESS },
  [LINLI_PICK_ACCOUNT] = { linli_account_search, LINLI_ACCOUNT_NAME, LINLI_ACCOUNT_PHONE, LINLI_ACCOUNT_PHONE },
  [LINLI_PICK_REASON] = { linli_reason_search, LINLI_REASON_LABEL, LINLI_REASON_BASIS, LINLI_REASON_CODE },
};

struct _LinliPicker
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkWidget      *entry;
  GtkWidget      *popover;
  GtkListBox     *list;

  /* Owned */
  LinliUiContext *context;
  LinliRow       *row;         /* (nullable): what was picked */
  GPtrArray      *found;       /* (nullable): the rows listed */
  GCancellable   *cancellable; /* (nullable): of the search under way */
  char           *restoring;   /* (nullable): id of the row a draft named */

  /* State */
  guint           pause_id;    /* of the search that is about to begin */
  LinliPickKind   kind;
  gboolean        free_text;   /* a text that is in no list may stay */
  gboolean        setting;     /* the text changes by itself */
  gboolean        taking;      /* Enter or Tab came before the list did */
};

enum { CHANGED, PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliPicker, linli_picker, GTK_TYPE_BOX)

/* --- The list --- */

static void
set_text_silently (LinliPicker *self,
                   const char  *text)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
}

static gboolean
is_listed (LinliPicker *self)
{
  return gtk_widget_get_visible (self->popover);
}

static void
hide_list (LinliPicker *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->taking = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
pick (LinliPicker *self,
      guint        index)
{
  g_autoptr(LinliRow) row = NULL;

  if (self->found == NULL || index >= self->found->len)
    return;
  row = linli_row_ref (self->found->pdata[index]);
  g_clear_pointer (&self->restoring, g_free);
  hide_list (self);
  linli_picker_set_row (self, row);
  g_signal_emit (self, signals[PICKED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Kinds are words of the centre's own; "imported" is ours, for what only files have named. */
static const char *
say_kind (const char *kind)
{
  /* Translators: the kind of a unit or channel that a file brought in */
  return g_strcmp0 (kind, "imported") == 0 ? _("imported") : kind;
}

static GtkWidget *
new_line (LinliPicker *self,
          LinliRow    *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *subtitle = linli_row_get_text (row, kinds[self->kind].subtitle);
  const char *detail = linli_row_get_text (row, kinds[self->kind].detail);
  GtkWidget *title = gtk_label_new (linli_picker_get_title (self, row));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  if (subtitle != NULL && *subtitle != '\0')
    gtk_box_append (GTK_BOX (words), linli_caption_new (say_kind (subtitle)));
  gtk_box_append (GTK_BOX (line), words);
  if (detail != NULL && kinds[self->kind].detail != kinds[self->kind].subtitle)
    gtk_box_append (GTK_BOX (line), linli_caption_new (say_kind (detail)));

  return line;
}

/* A screen reader hears of the highlighted row through the entry. */
static void
select_line (LinliPicker *self,
             int          index)
{
  GtkListBoxRow *line = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  gtk_list_box_select_row (self->list, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  line != NULL ? linli_picker_get_title (self, self->found->pdata[index]) : "", -1);
}

static int
selected_line (LinliPicker *self)
{
  GtkListBoxRow *line = gtk_list_box_get_selected_row (self->list);

  return line != NULL ? gtk_list_box_row_get_index (line) : -1;
}

static void
show_found (LinliPicker *self)
{
  GtkWidget *child;
  int width = gtk_widget_get_width (self->entry);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->found->len; i++)
    {
      GtkWidget *line = new_line (self, self->found->pdata[i]);
      GtkWidget *parent;

      gtk_list_box_append (self->list, line);
      parent = gtk_widget_get_parent (line);
      gtk_widget_set_focusable (parent, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      linli_picker_get_title (self, self->found->pdata[i]), -1);
    }
  if (self->found->len == 0 || !gtk_widget_get_mapped (self->entry))
    {
      hide_list (self);
      return;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->list), MAX (width - 16, 320), -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  select_line (self, self->free_text ? -1 : 0);
}

/* --- Searching --- */

typedef struct
{
  SearchFunc search;
  char      *typed;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->typed);
  g_free (search);
}

static gpointer
run_search (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Search *search = data;

  return search->search (conn, search->typed, MAX_SHOWN, error);
}

static void
search_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliPicker) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (found == NULL || self->context == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_warning ("A list could not be searched: %s", error->message);
          hide_list (self);
        }
      return;
    }
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_steal_pointer (&found);
  g_clear_object (&self->cancellable);
  if (self->taking && self->found->len > 0)
    pick (self, 0);
  else
    show_found (self);
  self->taking = FALSE;
}

static void
search_now (LinliPicker *self)
{
  Search *search = g_new0 (Search, 1);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  search->search = kinds[self->kind].search;
  search->typed = g_strdup (linli_picker_get_text (self));
  linli_store_read_async (linli_ui_context_get_store (self->context), run_search, search, search_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, search_cb, g_object_ref (self));
}

static gboolean
pause_cb (gpointer data)
{
  LinliPicker *self = data;

  self->pause_id = 0;
  search_now (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_searching (LinliPicker *self)
{
  return self->pause_id != 0 || self->cancellable != NULL;
}

/* What the list would have offered first, for those who type faster than it
 * comes. */
static void
take_first (LinliPicker *self)
{
  if (self->pause_id != 0)
    search_now (self);
  self->taking = TRUE;
}

static void
typed_cb (LinliPicker *self)
{
  if (self->setting)
    return;
  self->taking = FALSE;
  g_clear_pointer (&self->restoring, g_free);
  g_clear_pointer (&self->row, linli_row_unref);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (*linli_picker_get_text (self) != '\0')
    self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
  else
    hide_list (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Keys and the mouse --- */

static void
activate_cb (LinliPicker *self)
{
  int index = is_listed (self) ? selected_line (self) : -1;

  if (is_searching (self) && !self->free_text)
    take_first (self);
  else if (index >= 0)
    pick (self, (guint) index);
  else
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static gboolean
key_cb (LinliPicker           *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  gboolean down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  int index;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && is_listed (self))
    {
      hide_list (self);
      return GDK_EVENT_STOP;
    }
  if (!down && keyval != GDK_KEY_Up && keyval != GDK_KEY_KP_Up)
    return GDK_EVENT_PROPAGATE;
  if (!is_listed (self))
    {
      if (down)
        search_now (self);
      return GDK_EVENT_STOP;
    }
  index = selected_line (self) + (down ? 1 : -1);
  if (index < (int) self->found->len)
    select_line (self, MAX (index, self->free_text ? -1 : 0));

  return GDK_EVENT_STOP;
}

/* Tab takes what is highlighted along, so that a name needs no Enter. */
static void
leave_cb (LinliPicker *self)
{
  int index = is_listed (self) && !self->free_text ? selected_line (self) : -1;
  gboolean open = self->row == NULL && *linli_picker_get_text (self) != '\0';

  if (is_searching (self) && !self->free_text && open)
    {
      take_first (self);
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  if (index >= 0 && open)
    pick (self, (guint) index);
  hide_list (self);
}

static void
line_cb (LinliPicker   *self,
         GtkListBoxRow *line)
{
  pick (self, (guint) gtk_list_box_row_get_index (line));
}

/* --- The object --- */

static gboolean
linli_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LINLI_PICKER (widget)->entry);
}

static void
linli_picker_dispose (GObject *object)
{
  LinliPicker *self = LINLI_PICKER (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->row, linli_row_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->restoring, g_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_picker_parent_class)->dispose (object);
}

static void
linli_picker_class_init (LinliPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_picker_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_picker_grab_focus;

  /* LinliPicker::changed: by a person, by typing or by picking */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /* LinliPicker::picked: a row of the list; comes before ::changed, and alone
   * when a draft brings it back */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
add_controllers (LinliPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->entry, focus);
}

static void
linli_picker_init (LinliPicker *self)
{
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY, "system-search-symbolic");
  gtk_entry_set_icon_activatable (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY, FALSE);
  gtk_box_append (GTK_BOX (self), self->entry);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "picker-list");
  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->list));
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_add_css_class (self->popover, "picker");
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (line_cb), self, G_CONNECT_SWAPPED);
  add_controllers (self);
}

/* @free_text: whether a text that is in no list may stay */
GtkWidget *
linli_picker_new (LinliUiContext *context,
                  LinliPickKind   kind,
                  gboolean        free_text)
{
  LinliPicker *self = g_object_new (LINLI_TYPE_PICKER, NULL);

  self->context = g_object_ref (context);
  self->kind = kind;
  self->free_text = free_text;

  return GTK_WIDGET (self);
}

/* Returns: whether a text that is in no list may stay */
gboolean
linli_picker_is_free (LinliPicker *self)
{
  return self->free_text;
}

/* Whether what is picked now comes out of a draft: what goes along with it was
 * typed before, and stays. */
gboolean
linli_picker_is_restoring (LinliPicker *self)
{
  return self->restoring != NULL;
}

/* Returns: (transfer none): what has the focus and is named for screen readers */
GtkWidget *
linli_picker_get_entry (LinliPicker *self)
{
  return self->entry;
}

/* Returns: (transfer none) (nullable): what was picked, as long as the text was not changed since */
LinliRow *
linli_picker_get_row (LinliPicker *self)
{
  return self->row;
}

/* Says nothing of it; @row: (nullable) */
void
linli_picker_set_row (LinliPicker *self,
                      LinliRow    *row)
{
  LinliRow *old = self->row;

  g_return_if_fail (LINLI_IS_PICKER (self));

  self->row = row != NULL ? linli_row_ref (row) : NULL;
  g_clear_pointer (&old, linli_row_unref);
  set_text_silently (self, row != NULL ? linli_picker_get_title (self, row) : NULL);
}

const char *
linli_picker_get_text (LinliPicker *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* As if nothing was picked; says nothing of it. */
void
linli_picker_set_text (LinliPicker *self,
                       const char  *text)
{
  g_return_if_fail (LINLI_IS_PICKER (self));

  g_clear_pointer (&self->row, linli_row_unref);
  set_text_silently (self, text);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliPicker) self = user_data;
  g_autoptr(GPtrArray) found = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  for (guint i = 0; found != NULL && self->restoring != NULL && i < found->len; i++)
    if (g_str_equal (linli_row_get_id (found->pdata[i]), self->restoring))
      {
        linli_picker_set_row (self, found->pdata[i]);
        g_signal_emit (self, signals[PICKED], 0);
        break;
      }
  g_clear_pointer (&self->restoring, g_free);
}

/**
 * linli_picker_restore:
 * @text: (nullable): what a draft held
 * @id: (nullable): of the row that had been picked
 *
 * Shows the text at once and picks the row as soon as it is found again.
 */
void
linli_picker_restore (LinliPicker *self,
                      const char  *text,
                      const char  *id)
{
  Search *search;

  g_return_if_fail (LINLI_IS_PICKER (self));

  linli_picker_set_text (self, text);
  g_free (self->restoring);
  self->restoring = g_strdup (id);
  if (text == NULL || id == NULL)
    return;
  search = g_new0 (Search, 1);
  search->search = kinds[self->kind].search;
  search->typed = g_strdup (text);
  linli_store_read_async (linli_ui_context_get_store (self->context), run_search, search, search_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, restored_cb, g_object_ref (self));
}

/* Returns: (transfer none): what a row of this list is called */
const char *
linli_picker_get_title (LinliPicker *self,
                        LinliRow    *row)
{
  const char *title = linli_row_get_text (row, kinds[self->kind].title);

  if (title == NULL && self->kind == LINLI_PICK_PLACE) /* of an older store */
    title = linli_row_get_text (row, LINLI_PLACE_NAME);
  return title != NULL ? title : linli_row_get_text (row, kinds[self->kind].subtitle);
}

/* Shown while nothing is typed. */
void
linli_picker_set_hint (LinliPicker *self,
                       const char  *words)
{
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), words);
}
