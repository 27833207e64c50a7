/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-leaf-hints.h"

#include <glib/gi18n-lib.h>

#include "linli-catalogue-tables.h"
#include "linli-leaf-knowledge.h"

typedef struct
{
  GtkWidget *button;
  GtkWidget *key;
  GtkWidget *name;
  GtkWidget *reason;
  LinliRow  *item; /* (owned) (nullable) */
} Line;

struct _LinliLeafHints
{
  GtkBox     parent_instance;
  Line       lines[LINLI_LEAF_HINTS_N];
  LinliSuggester *suggester; /* (owned) (nullable) */
  char      *text;           /* (nullable): what is suggested for, once it follows */
};

enum { TAKEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliLeafHints, linli_leaf_hints, GTK_TYPE_BOX)

/* Returns: (transfer floating): a key's name, drawn like one */
GtkWidget *
linli_key_cap_new (const char *key)
{
  GtkWidget *label = gtk_label_new (key);

  gtk_widget_add_css_class (label, "key-cap");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static char *
join_words (LinliLeafSuggestion *suggestion)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suggestion->words) && suggestion->words[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? _(", ") : "", suggestion->words[i]);
  return g_string_free (words, FALSE);
}

static char *
reason_words (LinliLeafSuggestion *suggestion)
{
  g_autofree char *words = join_words (suggestion);

  switch (suggestion->reason)
    {
    case LINLI_LEAF_BY_NAME:
      return g_strdup (_("The words name it"));
    case LINLI_LEAF_BY_ALIAS:
      /* Translators: %s is a resident's word for a duty item */
      return g_strdup_printf (_("The words say “%s”"), words);
    case LINLI_LEAF_BY_CASES:
      /* Translators: the number of settled cases under this duty item that use the first of the words %s */
      return g_strdup_printf (ngettext ("%u settled case uses such words: %s", "%u settled cases use such words: %s",
                                        suggestion->n_cases), suggestion->n_cases, words);
    case LINLI_LEAF_BY_LIST:
    default:
      return g_strdup_printf (_("The duty list uses such words: %s"), words);
    }
}

static void
clicked_cb (GtkWidget      *button,
            LinliLeafHints *self)
{
  for (guint i = 0; i < LINLI_LEAF_HINTS_N; i++)
    if (self->lines[i].button == button)
      linli_leaf_hints_take (self, i);
}

static void
add_line (LinliLeafHints *self,
          guint           n)
{
  Line *line = &self->lines[n];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *key = g_strdup_printf ("Alt+%u", n + 1);

  line->button = gtk_button_new ();
  line->name = gtk_label_new (NULL);
  line->reason = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (line->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (line->reason), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (line->reason), 0);
  gtk_label_set_xalign (GTK_LABEL (line->name), 0);
  gtk_widget_set_hexpand (line->reason, TRUE);
  gtk_widget_add_css_class (line->name, "heading");
  gtk_widget_add_css_class (line->reason, "dim-label");
  gtk_widget_add_css_class (line->reason, "caption");
  gtk_widget_add_css_class (line->button, "flat");
  gtk_widget_add_css_class (line->button, "hint-line");
  line->key = linli_key_cap_new (key);
  gtk_box_append (GTK_BOX (box), line->key);
  gtk_box_append (GTK_BOX (box), line->name);
  gtk_box_append (GTK_BOX (box), line->reason);
  gtk_button_set_child (GTK_BUTTON (line->button), box);
  g_signal_connect_object (line->button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (self), line->button);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  return linli_leaf_hints_take (LINLI_LEAF_HINTS (widget), GPOINTER_TO_UINT (user_data));
}

/* Wherever the keyboard is in the window. */
static void
add_keys (LinliLeafHints *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < LINLI_LEAF_HINTS_N; i++)
    {
      g_autofree char *keys = g_strdup_printf ("<Alt>%u|<Alt>KP_%u", i + 1, i + 1);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                                              gtk_callback_action_new (key_cb, GUINT_TO_POINTER (i), NULL)));
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* @empty: (nullable): what stands there when there is nothing to suggest */
static void
show_line (Line                *line,
           LinliLeafSuggestion *suggestion,
           const char          *empty)
{
  g_autofree char *reason = suggestion != NULL ? reason_words (suggestion) : NULL;
  const char *name = suggestion != NULL ? linli_row_get_text (suggestion->item, LINLI_DUTY_ITEM_NAME) : "";
  g_autofree char *label = NULL;

  g_clear_pointer (&line->item, linli_row_unref);
  if (suggestion != NULL)
    {
      line->item = linli_row_ref (suggestion->item);
      /* Translators: a suggested duty item, and why */
      label = g_strdup_printf (_("Take %s: %s"), name, reason);
    }
  gtk_label_set_label (GTK_LABEL (line->name), name);
  gtk_label_set_label (GTK_LABEL (line->reason), reason != NULL ? reason : empty != NULL ? empty : "");
  gtk_widget_set_visible (line->key, suggestion != NULL);
  gtk_widget_set_tooltip_text (line->button, suggestion != NULL ? linli_row_get_text (suggestion->item, LINLI_DUTY_ITEM_PATH)
                                                                : NULL);
  gtk_widget_set_opacity (line->button, suggestion != NULL || empty != NULL ? 1 : 0);
  gtk_widget_set_sensitive (line->button, suggestion != NULL);
  gtk_widget_set_can_target (line->button, suggestion != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _("No suggestion"), -1);
}

static void
linli_leaf_hints_dispose (GObject *object)
{
  LinliLeafHints *self = LINLI_LEAF_HINTS (object);

  for (guint i = 0; i < LINLI_LEAF_HINTS_N; i++)
    g_clear_pointer (&self->lines[i].item, linli_row_unref);
  g_clear_object (&self->suggester);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (linli_leaf_hints_parent_class)->dispose (object);
}

/* They come and go, and have keys of their own: Tab leads from field to field. */
static gboolean
linli_leaf_hints_focus (GtkWidget       *widget,
                        GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) == NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (linli_leaf_hints_parent_class)->focus (widget, direction);
}

static void
linli_leaf_hints_class_init (LinliLeafHintsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = linli_leaf_hints_focus;
  G_OBJECT_CLASS (klass)->dispose = linli_leaf_hints_dispose;

  /* LinliLeafHints::taken: the LinliRow of the leaf */
  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
linli_leaf_hints_init (LinliLeafHints *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggested duty items"), -1);
  for (guint i = 0; i < LINLI_LEAF_HINTS_N; i++)
    add_line (self, i);
  add_keys (self);
  linli_leaf_hints_show (self, NULL);
}

GtkWidget *
linli_leaf_hints_new (void)
{
  return g_object_new (LINLI_TYPE_LEAF_HINTS, NULL);
}

/* @suggestions: (nullable) (element-type LinliLeafSuggestion): likeliest first */
void
linli_leaf_hints_show (LinliLeafHints *self,
                       GPtrArray      *suggestions)
{
  g_return_if_fail (LINLI_IS_LEAF_HINTS (self));

  for (guint i = 0; i < LINLI_LEAF_HINTS_N; i++)
    show_line (&self->lines[i], suggestions != NULL && i < suggestions->len ? suggestions->pdata[i] : NULL,
               i == 0 ? _("The likeliest items appear here while you write.") : NULL);
}

/* Takes the @n-th, from 0. Returns: %FALSE when there is none */
gboolean
linli_leaf_hints_take (LinliLeafHints *self,
                       guint           n)
{
  g_autoptr(LinliRow) item = NULL;

  g_return_val_if_fail (LINLI_IS_LEAF_HINTS (self) && n < LINLI_LEAF_HINTS_N, FALSE);

  if (self->lines[n].item == NULL)
    return FALSE;
  item = linli_row_ref (self->lines[n].item);
  g_signal_emit (self, signals[TAKEN], 0, item);
  return TRUE;
}

static void
show_likeliest (LinliLeafHints *self)
{
  LinliLeafKnowledge *knowledge = linli_suggester_get_knowledge (self->suggester);
  g_autoptr(GPtrArray) suggestions = NULL;

  if (knowledge != NULL && self->text != NULL && *self->text != '\0')
    suggestions = linli_leaf_knowledge_suggest (knowledge, self->text, LINLI_LEAF_HINTS_N);
  gtk_widget_set_visible (GTK_WIDGET (self), suggestions != NULL && suggestions->len > 0);
  linli_leaf_hints_show (self, suggestions);
}

static void
fill_picker_cb (LinliPicker *picker,
                LinliRow    *item)
{
  linli_picker_set_row (picker, item);
  g_signal_emit_by_name (picker, "picked");
  g_signal_emit_by_name (picker, "changed");
}

/* @picker: of duty items, which what is taken goes into. From now on the
 * likeliest items for linli_leaf_hints_set_text() stand here, as soon as what
 * was learned is read: the first form of a sitting is open before that. */
void
linli_leaf_hints_follow (LinliLeafHints *self,
                         LinliSuggester *suggester,
                         LinliPicker    *picker)
{
  g_return_if_fail (LINLI_IS_LEAF_HINTS (self) && self->suggester == NULL);

  self->suggester = g_object_ref (suggester);
  g_signal_connect_object (self, "taken", G_CALLBACK (fill_picker_cb), picker, G_CONNECT_SWAPPED);
  g_signal_connect_object (suggester, "changed", G_CALLBACK (show_likeliest), self, G_CONNECT_SWAPPED);
  show_likeliest (self);
}

/* @text: what somebody said; nothing is suggested for "" */
void
linli_leaf_hints_set_text (LinliLeafHints *self,
                           const char     *text)
{
  g_return_if_fail (LINLI_IS_LEAF_HINTS (self) && self->suggester != NULL);

  g_free (self->text);
  self->text = g_strdup (text);
  show_likeliest (self);
}
