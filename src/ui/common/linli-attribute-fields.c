/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-attribute-fields.h"

#include <glib/gi18n-lib.h>

#include "linli-attributes.h"
#include "linli-field.h"
#include "linli-routing-tables.h"

#define COLUMNS 2

typedef struct
{
  char      *code;
  char      *initial; /* (nullable): what the leaf says by itself */
  char     **choices; /* (nullable): of a drop-down, its first left empty */
  GtkWidget *input;   /* (unowned) a drop-down or an entry */
} Answer;

struct _LinliAttributeFields
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkGrid        *grid;

  /* Owned */
  LinliUiContext *context;
  GPtrArray      *defs;       /* (nullable): attribute rows, once read */
  GArray         *answers;    /* Answer, of the fields shown */
  char           *item;       /* (nullable): code of the leaf */
  GHashTable     *said;       /* code -> value: also of fields not shown now */

  /* State */
  gboolean        conditions; /* several values each, of whatever leaf */
  gboolean        filling;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliAttributeFields, linli_attribute_fields, GTK_TYPE_BOX)

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  g_free (answer->code);
  g_free (answer->initial);
  g_strfreev (answer->choices);
}

static const char *
get_value (Answer *answer)
{
  guint selected;

  if (answer->choices == NULL)
    return gtk_editable_get_text (GTK_EDITABLE (answer->input));
  selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (answer->input));
  return selected != GTK_INVALID_LIST_POSITION && selected > 0 ? answer->choices[selected] : "";
}

static void
set_value (Answer     *answer,
           const char *value)
{
  if (answer->choices == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (answer->input), value != NULL ? value : "");
      return;
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (answer->input), 0);
  for (guint i = 1; value != NULL && answer->choices[i] != NULL; i++)
    if (g_str_equal (answer->choices[i], value))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (answer->input), i);
}

static void
remember (LinliAttributeFields *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = &g_array_index (self->answers, Answer, i);
      const char *value = get_value (answer);

      if (*value == '\0' || (!self->conditions && g_strcmp0 (value, answer->initial) == 0))
        g_hash_table_remove (self->said, answer->code);
      else
        g_hash_table_insert (self->said, g_strdup (answer->code), g_strdup (value));
    }
}

static void
changed_cb (LinliAttributeFields *self)
{
  if (self->filling)
    return;
  remember (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_drop_down (char **choices)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *input = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new ((const char *const *) choices)), expression);

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (input), g_strv_length (choices) > 6);
  return input;
}

/* @choices with "not said" before them; %NULL for any words. */
static char **
with_nothing (char **choices)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (choices == NULL)
    return NULL;
  g_strv_builder_add (builder, C_("attribute", "Not said"));
  g_strv_builder_addv (builder, (const char **) choices);
  return g_strv_builder_end (builder);
}

static void
add_field (LinliAttributeFields *self,
           LinliRow             *def)
{
  g_auto(GStrv) choices = linli_attribute_dup_choices (def);
  const char *hint = linli_row_get_text (def, LINLI_ATTRIBUTE_HINT);
  guint n = self->answers->len;
  Answer answer = { g_strdup (linli_row_get_text (def, LINLI_ATTRIBUTE_CODE)), NULL, NULL, NULL };
  const char *said;
  GtkWidget *field;

  if (!self->conditions)
    {
      answer.initial = linli_attribute_dup_default (def, self->item);
      answer.choices = with_nothing (choices);
    }
  answer.input = answer.choices != NULL ? new_drop_down (answer.choices) : gtk_entry_new ();
  if (self->conditions && choices != NULL)
    {
      g_autofree char *all = g_strjoinv (" ", choices);

      gtk_entry_set_placeholder_text (GTK_ENTRY (answer.input), all);
      gtk_widget_set_tooltip_text (answer.input, all);
    }
  else if (hint != NULL)
    gtk_widget_set_tooltip_text (answer.input, hint);
  field = linli_field_new (linli_row_get_text (def, LINLI_ATTRIBUTE_NAME), answer.input);
  gtk_widget_set_hexpand (field, TRUE);
  said = g_hash_table_lookup (self->said, answer.code);
  set_value (&answer, said != NULL ? said : answer.initial);
  g_signal_connect_object (answer.input, answer.choices != NULL ? "notify::selected" : "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, field, (int) n % COLUMNS, (int) n / COLUMNS, 1, 1);
  g_array_append_val (self->answers, answer);
}

static void
build (LinliAttributeFields *self)
{
  GtkWidget *child;

  self->filling = TRUE;
  g_array_set_size (self->answers, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; self->defs != NULL && i < self->defs->len; i++)
    if (self->conditions || linli_attribute_applies (self->defs->pdata[i], self->item))
      add_field (self, self->defs->pdata[i]);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->answers->len > 0);
  if (LINLI_IS_FIELD (gtk_widget_get_parent (GTK_WIDGET (self))))
    gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self)), self->answers->len > 0);
}

static gpointer
read_defs (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  return linli_attribute_defs_load (conn, error);
}

static void
read_defs_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliAttributeFields) self = user_data;
  GPtrArray *defs = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (defs == NULL)
    return;
  g_clear_pointer (&self->defs, g_ptr_array_unref);
  self->defs = defs;
  if (self->context != NULL)
    build (self);
}

/* --- The object --- */

static gboolean
linli_attribute_fields_grab_focus (GtkWidget *widget)
{
  LinliAttributeFields *self = LINLI_ATTRIBUTE_FIELDS (widget);

  return self->answers->len > 0 && gtk_widget_grab_focus (g_array_index (self->answers, Answer, 0).input);
}

static void
linli_attribute_fields_dispose (GObject *object)
{
  g_clear_object (&LINLI_ATTRIBUTE_FIELDS (object)->context);

  G_OBJECT_CLASS (linli_attribute_fields_parent_class)->dispose (object);
}

static void
linli_attribute_fields_finalize (GObject *object)
{
  LinliAttributeFields *self = LINLI_ATTRIBUTE_FIELDS (object);

  g_clear_pointer (&self->defs, g_ptr_array_unref);
  g_array_unref (self->answers);
  g_hash_table_unref (self->said);
  g_free (self->item);

  G_OBJECT_CLASS (linli_attribute_fields_parent_class)->finalize (object);
}

static void
linli_attribute_fields_class_init (LinliAttributeFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_attribute_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_attribute_fields_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_attribute_fields_grab_focus;

  /* LinliAttributeFields::changed: by a person */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_attribute_fields_init (LinliAttributeFields *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->answers, answer_clear);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 12, "row-spacing", 8, "column-homogeneous", TRUE,
                             "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->grid));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
make (LinliUiContext *context,
      gboolean        conditions)
{
  LinliAttributeFields *self = g_object_new (LINLI_TYPE_ATTRIBUTE_FIELDS, NULL);

  self->context = g_object_ref (context);
  self->conditions = conditions;
  linli_store_read_async (linli_ui_context_get_store (context), read_defs, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, read_defs_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

GtkWidget *
linli_attribute_fields_new (LinliUiContext *context)
{
  return make (context, FALSE);
}

/* What a rule wants: every attribute, with several values if need be. */
GtkWidget *
linli_attribute_fields_new_conditions (LinliUiContext *context)
{
  return make (context, TRUE);
}

/* @item: (nullable): code of the leaf; what was answered before is kept where it is asked again */
void
linli_attribute_fields_set_item (LinliAttributeFields *self,
                                 const char           *item)
{
  g_return_if_fail (LINLI_IS_ATTRIBUTE_FIELDS (self));

  if (g_strcmp0 (self->item, item) == 0)
    return;
  g_free (self->item);
  self->item = g_strdup (item);
  build (self);
}

/* Returns: (transfer full): what was answered, for linli_attribute_fields_set_text(); "" for nothing */
char *
linli_attribute_fields_dup_text (LinliAttributeFields *self)
{
  g_return_val_if_fail (LINLI_IS_ATTRIBUTE_FIELDS (self), NULL);

  return g_hash_table_size (self->said) > 0 ? linli_attributes_to_text (self->said) : g_strdup ("");
}

/* @text: (nullable): {code: value} */
void
linli_attribute_fields_set_text (LinliAttributeFields *self,
                                 const char           *text)
{
  g_return_if_fail (LINLI_IS_ATTRIBUTE_FIELDS (self));

  g_hash_table_unref (self->said);
  self->said = linli_attributes_parse (text);
  build (self);
}

/* Puts the answers to what is asked into @request as an object called @name. */
void
linli_attribute_fields_send (LinliAttributeFields *self,
                             const char           *name,
                             LinliRequest         *request)
{
  g_autoptr(LinliRequest) answers = linli_request_new ();

  g_return_if_fail (LINLI_IS_ATTRIBUTE_FIELDS (self));

  if (self->answers->len == 0)
    return;
  for (guint i = 0; i < self->answers->len; i++)
    {
      const char *code = g_array_index (self->answers, Answer, i).code;
      const char *said = g_hash_table_lookup (self->said, code);

      if (said != NULL)
        linli_request_set_text (answers, code, said);
      else
        linli_request_clear_text (answers, code);
    }
  linli_request_set_object (request, name, answers);
}
