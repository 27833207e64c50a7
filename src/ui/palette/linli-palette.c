/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known beforehand is ranked here, between two frames; what the store
 * holds comes from the reading lane, the answer to an older word being dropped. */

#include "config.h"

#include "linli-palette.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-jump.h"
#include "linli-text.h"

#define SHOWN     40
#define JUMPS     8
#define RECENT    20
#define PAUSE_MS  60

struct _LinliPalette
{
  AdwWindow       parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkListBox     *list;
  GtkLabel       *status;

  /* Owned */
  LinliUiContext *context;
  GtkWindow      *behind;      /* whose actions these are */
  GCancellable   *cancellable; /* (nullable): of the search under way */
  GPtrArray      *known;       /* LinliPaletteEntry */
  GPtrArray      *found;       /* LinliPaletteEntry: from the store */
  GPtrArray      *shown;       /* LinliPaletteEntry (unowned), as listed */
  char          **recent;      /* ids, latest first */

  /* State */
  guint           pause_id;
  gboolean        closed;      /* only what is known beforehand */
};

G_DEFINE_FINAL_TYPE (LinliPalette, linli_palette, ADW_TYPE_WINDOW)

/* --- Ranking --- */

typedef struct
{
  LinliPaletteEntry *entry;
  guint              rank;
  guint              order;
} Ranked;

static guint
recency (LinliPalette      *self,
         LinliPaletteEntry *entry)
{
  for (guint i = 0; self->recent[i] != NULL; i++)
    if (g_str_equal (self->recent[i], entry->id))
      return i;
  return RECENT;
}

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

static char **
typed_words (LinliPalette *self)
{
  g_autofree char *folded = linli_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);

  return g_strsplit (g_strstrip (folded), " ", 8);
}

/* A case seen before may be found as well. */
static gboolean
is_shown (LinliPalette      *self,
          LinliPaletteEntry *entry)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_str_equal (((LinliPaletteEntry *) self->shown->pdata[i])->id, entry->id))
      return TRUE;
  return FALSE;
}

/* Used recently first among equals, then the order they were offered in. */
static void
rank (LinliPalette *self)
{
  g_auto(GStrv) words = typed_words (self);
  g_autoptr(GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < self->known->len; i++)
    {
      Ranked one = { self->known->pdata[i], linli_palette_entry_rank (self->known->pdata[i], (const char *const *) words), 0 };

      one.order = recency (self, one.entry) * 1000 + i;
      if (one.rank != LINLI_PALETTE_NO_MATCH)
        g_array_append_val (ranked, one);
    }
  g_array_sort (ranked, compare_ranked);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < ranked->len && self->shown->len < SHOWN; i++)
    g_ptr_array_add (self->shown, g_array_index (ranked, Ranked, i).entry);
  for (guint i = 0; i < self->found->len; i++)
    if (!is_shown (self, self->found->pdata[i]))
      g_ptr_array_add (self->shown, self->found->pdata[i]);
}

/* --- The list --- */

static GtkWidget *
new_row (LinliPaletteEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = gtk_label_new (entry->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (entry->icon));
  gtk_box_append (GTK_BOX (box), title);
  if (entry->subtitle != NULL)
    {
      GtkWidget *subtitle = gtk_label_new (entry->subtitle);

      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_widget_add_css_class (subtitle, "numeric");
      gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (subtitle), 36);
      gtk_label_set_single_line_mode (GTK_LABEL (subtitle), TRUE);
      gtk_box_append (GTK_BOX (box), subtitle);
    }
  if (entry->key != NULL)
    gtk_box_append (GTK_BOX (box), gtk_shortcut_label_new (entry->key));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->title, -1);

  return row;
}

/* A screen reader hears of the highlighted line through the entry. */
static void
select_line (LinliPalette *self,
             int           index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  LinliPaletteEntry *entry = row != NULL ? self->shown->pdata[index] : NULL;

  gtk_list_box_select_row (self->list, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  entry != NULL ? entry->title : "", -1);
  if (row != NULL)
    {
      GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
      graphene_rect_t bounds;

      if (adjustment != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
        gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
    }
}

static void
show_lines (LinliPalette *self)
{
  GtkListBoxRow *row;
  g_autofree char *words = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  rank (self);
  for (guint i = 0; i < self->shown->len; i++)
    gtk_list_box_append (self->list, new_row (self->shown->pdata[i]));
  select_line (self, self->shown->len > 0 ? 0 : -1);
  words = self->shown->len > 0
            ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u found", "%u found", self->shown->len), self->shown->len)
            : g_strdup (_("Nothing found. Fewer letters find more."));
  gtk_label_set_label (self->status, words);
}

/* --- The store --- */

typedef struct
{
  char  *typed;
  char  *actor;
  gint64 now;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->typed);
  g_free (search->actor);
  g_free (search);
}

static gpointer
run_search (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Search *search = data;

  return linli_jump_find (conn, search->typed, search->now, search->actor, JUMPS, error);
}

/* The line of a jump in the words of whoever reads it in the search entry.
 * Returns: (transfer full) */
static char *
line_of_jump (LinliJump *jump)
{
  const char *value = strchr (jump->query, ':') + 1;

  /* Translators: search lines, with the operators that clerks type: 人:%s, 单位:%s */
  return g_strdup_printf (g_str_equal (jump->kind, "person") ? C_("search line", "person:%s")
                                                             : C_("search line", "unit:%s"), value);
}

static LinliPaletteEntry *
entry_of_jump (LinliPalette *self,
               LinliJump    *jump)
{
  static const struct { const char *kind; const char *icon; const char *action; gboolean by_id; } kinds[] = {
    { "case", "linli-case-inbox-symbolic", "win.show-case", TRUE },
    { "macro", "linli-lane-symbolic", "bulk.macro", TRUE },
    { "person", "linli-resident-symbolic", "win.search-for", FALSE },
    { "unit", "linli-unit-symbolic", "win.search-for", FALSE },
  };
  LinliPaletteEntry *entry = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && entry == NULL; i++)
    if (g_str_equal (kinds[i].kind, jump->kind))
      entry = linli_palette_entry_new (jump->title, kinds[i].icon, GTK_WIDGET (self->behind), kinds[i].action,
                                       g_variant_new_take_string (kinds[i].by_id ? g_strdup (jump->id)
                                                                                 : line_of_jump (jump)));
  entry->subtitle = g_str_equal (jump->kind, "macro") ? g_strdup (_("Macro")) : g_strdup (jump->subtitle);

  return entry;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliPalette) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jumps = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (jumps == NULL)
    {
      g_warning ("The palette could not look into the store: %s", error->message);
      return;
    }
  g_ptr_array_set_size (self->shown, 0); /* it borrows what goes now */
  g_ptr_array_set_size (self->found, 0);
  for (guint i = 0; i < jumps->len; i++)
    g_ptr_array_add (self->found, entry_of_jump (self, jumps->pdata[i]));
  show_lines (self);
}

static gboolean
search_cb (gpointer data)
{
  LinliPalette *self = data;
  LinliStore *store = linli_ui_context_get_store (self->context);
  Search *search = g_new0 (Search, 1);

  self->pause_id = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  search->typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  search->actor = linli_store_dup_actor (store);
  search->now = linli_ui_context_now (self->context);
  linli_store_read_async (store, run_search, search, search_free, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, found_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
changed_cb (LinliPalette *self)
{
  show_lines (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (!self->closed)
    self->pause_id = g_timeout_add (PAUSE_MS, search_cb, self);
}

/* --- Doing it --- */

static void
remember (LinliPalette      *self,
          LinliPaletteEntry *entry)
{
  g_autoptr(GPtrArray) recent = g_ptr_array_new ();

  g_ptr_array_add (recent, entry->id);
  for (guint i = 0; self->recent[i] != NULL && recent->len < RECENT; i++)
    if (!g_str_equal (self->recent[i], entry->id))
      g_ptr_array_add (recent, self->recent[i]);
  g_ptr_array_add (recent, NULL);
  g_settings_set_strv (linli_ui_context_get_settings (self->context), "palette-recent",
                       (const char *const *) recent->pdata);
}

static void
run (LinliPalette *self,
     int           index)
{
  g_autoptr(LinliPalette) alive = g_object_ref (self);
  LinliPaletteEntry *entry;

  if (index < 0 || (guint) index >= self->shown->len)
    return;
  entry = self->shown->pdata[index];
  /* Residents and cases are not remembered: settings are no place for them. */
  if (!self->closed && !g_ptr_array_find (self->found, entry, NULL))
    remember (self, entry);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (!linli_palette_entry_run (entry))
    linli_ui_context_toast (self->context, _("This cannot be done here just now."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
activate_cb (LinliPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    run (self, gtk_list_box_row_get_index (row));
}

static void
row_activated_cb (LinliPalette  *self,
                  GtkListBoxRow *row)
{
  run (self, gtk_list_box_row_get_index (row));
}

/* What an input method takes for itself does not come here. */
static gboolean
key_cb (LinliPalette          *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  int last = (int) self->shown->len - 1;

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      select_line (self, MIN (index + 1, last));
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      select_line (self, MAX (index - 1, MIN (0, last)));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      select_line (self, MIN (index + 8, last));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      select_line (self, MAX (index - 8, MIN (0, last)));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
stop_cb (LinliPalette *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* --- The object --- */

static void
linli_palette_dispose (GObject *object)
{
  LinliPalette *self = LINLI_PALETTE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->context);
  g_clear_object (&self->behind);

  G_OBJECT_CLASS (linli_palette_parent_class)->dispose (object);
}

static void
linli_palette_finalize (GObject *object)
{
  LinliPalette *self = LINLI_PALETTE (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->known);
  g_ptr_array_unref (self->found);
  g_strfreev (self->recent);

  G_OBJECT_CLASS (linli_palette_parent_class)->finalize (object);
}

static void
linli_palette_class_init (LinliPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_palette_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, LinliPalette, list);
  gtk_widget_class_bind_template_child (widget_class, LinliPalette, status);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_palette_init (LinliPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_palette_entry_free);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_palette_entry_free);
  self->shown = g_ptr_array_new ();
  self->recent = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/* Returns: (transfer none): over @parent, with nothing in it yet */
LinliPalette *
linli_palette_new (LinliUiContext *context,
                   GtkWindow      *parent)
{
  LinliPalette *self = g_object_new (LINLI_TYPE_PALETTE, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  self->behind = g_object_ref (parent);
  g_strfreev (self->recent);
  self->recent = g_settings_get_strv (linli_ui_context_get_settings (context), "palette-recent");

  return self;
}

/* @entry: (transfer full): offered after those that were offered before */
void
linli_palette_take (LinliPalette      *self,
                    LinliPaletteEntry *entry)
{
  g_return_if_fail (LINLI_IS_PALETTE (self));

  g_ptr_array_add (self->known, entry);
}

/* Offers only what linli_palette_take() brings, under another @title, and
 * remembers nothing of it. */
void
linli_palette_close_store (LinliPalette *self,
                           const char   *title)
{
  g_return_if_fail (LINLI_IS_PALETTE (self));

  self->closed = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), title);
  g_object_set (self->entry, "placeholder-text", title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
linli_palette_open (LinliPalette *self)
{
  g_return_if_fail (LINLI_IS_PALETTE (self));

  show_lines (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
