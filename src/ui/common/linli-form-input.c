/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-form-input.h"

#include "linli-attribute-fields.h"
#include "linli-choice-bar.h"
#include "linli-picker.h"
#include "linli-text-area.h"
#include "linli-unit-chips.h"

/* Separates ids and names of units in a draft; neither holds a line end. */
#define SEPARATOR "\n"

LinliFormInput *
linli_form_input_new (const char *name,
                      GtkWidget  *field)
{
  LinliFormInput *self = g_new0 (LinliFormInput, 1);

  self->name = g_strdup (name);
  self->field = LINLI_FIELD (field);
  self->column = -1;

  return self;
}

void
linli_form_input_free (LinliFormInput *self)
{
  g_free (self->name);
  g_free (self->initial);
  g_strfreev (self->choices);
  g_free (self);
}

static char *
join (GPtrArray *texts)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? SEPARATOR : "", (char *) texts->pdata[i]);

  return g_string_free (joined, FALSE);
}

/* Returns: (transfer full): what would be sent; "" when nothing is filled in */
char *
linli_form_input_dup_text (LinliFormInput *self)
{
  GtkWidget *input = linli_field_get_input (self->field);

  if (LINLI_IS_TEXT_AREA (input))
    return linli_text_area_dup_text (LINLI_TEXT_AREA (input));
  if (LINLI_IS_ATTRIBUTE_FIELDS (input))
    return linli_attribute_fields_dup_text (LINLI_ATTRIBUTE_FIELDS (input));
  if (LINLI_IS_UNIT_CHIPS (input))
    return join (linli_unit_chips_get_ids (LINLI_UNIT_CHIPS (input)));
  if (LINLI_IS_PICKER (input))
    {
      LinliRow *row = linli_picker_get_row (LINLI_PICKER (input));

      if (linli_picker_is_free (LINLI_PICKER (input)))
        return g_strdup (linli_picker_get_text (LINLI_PICKER (input)));
      if (row == NULL)
        return g_strdup ("");
      return g_strdup (self->column >= 0 ? linli_row_get_text (row, (guint) self->column) : linli_row_get_id (row));
    }
  if (GTK_IS_DROP_DOWN (input) || LINLI_IS_CHOICE_BAR (input))
    {
      guint selected = LINLI_IS_CHOICE_BAR (input) ? linli_choice_bar_get_selected (LINLI_CHOICE_BAR (input))
                                                   : gtk_drop_down_get_selected (GTK_DROP_DOWN (input));

      return g_strdup (selected != GTK_INVALID_LIST_POSITION ? self->choices[selected] : "");
    }

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));
}

/* For texts and choices; @text: (nullable) */
void
linli_form_input_set_text (LinliFormInput *self,
                           const char     *text)
{
  GtkWidget *input = linli_field_get_input (self->field);

  if (LINLI_IS_TEXT_AREA (input))
    linli_text_area_set_text (LINLI_TEXT_AREA (input), text);
  else if (LINLI_IS_ATTRIBUTE_FIELDS (input))
    linli_attribute_fields_set_text (LINLI_ATTRIBUTE_FIELDS (input), text);
  else if (GTK_IS_DROP_DOWN (input))
    {
      for (guint i = 0; self->choices[i] != NULL; i++)
        if (g_str_equal (self->choices[i], text != NULL ? text : ""))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (input), i);
    }
  else if (LINLI_IS_CHOICE_BAR (input))
    {
      linli_choice_bar_set_selected (LINLI_CHOICE_BAR (input), GTK_INVALID_LIST_POSITION);
      for (guint i = 0; self->choices[i] != NULL; i++)
        if (g_strcmp0 (self->choices[i], text) == 0)
          linli_choice_bar_set_selected (LINLI_CHOICE_BAR (input), i);
    }
  else if (LINLI_IS_PICKER (input))
    linli_picker_set_text (LINLI_PICKER (input), text);
  else if (GTK_IS_EDITABLE (input))
    gtk_editable_set_text (GTK_EDITABLE (input), text != NULL ? text : "");
}

/* Whether it is another text than when the form opened. */
gboolean
linli_form_input_is_touched (LinliFormInput *self)
{
  g_autofree char *text = linli_form_input_dup_text (self);

  return g_strcmp0 (text, self->initial != NULL ? self->initial : "") != 0;
}

gboolean
linli_form_input_is_missing (LinliFormInput *self)
{
  g_autofree char *text = linli_form_input_dup_text (self);

  return self->required && *g_strstrip (text) == '\0';
}

/* What is filled in now is what the form opened with. */
void
linli_form_input_keep (LinliFormInput *self)
{
  g_free (self->initial);
  self->initial = linli_form_input_dup_text (self);
}

/* What was picked beside a free text goes along as NAME_id. */
void
linli_form_input_send (LinliFormInput *self,
                       LinliRequest   *request)
{
  GtkWidget *input = linli_field_get_input (self->field);
  g_autofree char *text = linli_form_input_dup_text (self);

  if (self->edits && !linli_form_input_is_touched (self))
    return;
  if (LINLI_IS_ATTRIBUTE_FIELDS (input))
    linli_attribute_fields_send (LINLI_ATTRIBUTE_FIELDS (input), self->name, request);
  else if (LINLI_IS_UNIT_CHIPS (input))
    {
      GPtrArray *ids = linli_unit_chips_get_ids (LINLI_UNIT_CHIPS (input));

      for (guint i = 0; i < ids->len; i++)
        linli_request_add_text (request, self->name, ids->pdata[i]);
    }
  else if (self->edits && *text == '\0')
    linli_request_clear_text (request, self->name);
  else
    linli_request_set_text (request, self->name, text);
  if (LINLI_IS_PICKER (input) && linli_picker_is_free (LINLI_PICKER (input)) &&
      linli_picker_get_row (LINLI_PICKER (input)) != NULL)
    {
      g_autofree char *id_name = g_strconcat (self->name, "_id", NULL);

      linli_request_set_text (request, id_name, linli_row_get_id (linli_picker_get_row (LINLI_PICKER (input))));
    }
}

/* Puts into @draft what linli_form_input_restore() needs. */
void
linli_form_input_save (LinliFormInput *self,
                       LinliRequest   *draft)
{
  GtkWidget *input = linli_field_get_input (self->field);
  g_autofree char *text = linli_form_input_dup_text (self);
  g_autofree char *shown_name = g_strconcat (self->name, ".shown", NULL);

  if (LINLI_IS_PICKER (input))
    {
      LinliRow *row = linli_picker_get_row (LINLI_PICKER (input));

      linli_request_set_text (draft, self->name, row != NULL ? linli_row_get_id (row) : NULL);
      linli_request_set_text (draft, shown_name, linli_picker_get_text (LINLI_PICKER (input)));
      return;
    }
  linli_request_set_text (draft, self->name, text);
  if (LINLI_IS_UNIT_CHIPS (input))
    {
      g_autofree char *names = join (linli_unit_chips_get_names (LINLI_UNIT_CHIPS (input)));

      linli_request_set_text (draft, shown_name, names);
    }
}

static void
restore_units (LinliUnitChips *chips,
               const char     *ids,
               const char     *names)
{
  g_auto(GStrv) id = g_strsplit (ids != NULL ? ids : "", SEPARATOR, -1);
  g_auto(GStrv) name = g_strsplit (names != NULL ? names : "", SEPARATOR, -1);

  linli_unit_chips_clear (chips);
  for (guint i = 0; id[i] != NULL && name[i] != NULL; i++)
    linli_unit_chips_add (chips, id[i], name[i]);
}

void
linli_form_input_restore (LinliFormInput *self,
                          LinliRequest   *draft)
{
  GtkWidget *input = linli_field_get_input (self->field);
  g_autofree char *shown_name = g_strconcat (self->name, ".shown", NULL);
  const char *text = linli_request_get_text (draft, self->name);
  const char *shown = linli_request_get_text (draft, shown_name);

  if (LINLI_IS_PICKER (input))
    linli_picker_restore (LINLI_PICKER (input), shown, text);
  else if (LINLI_IS_UNIT_CHIPS (input))
    restore_units (LINLI_UNIT_CHIPS (input), text, shown);
  else
    linli_form_input_set_text (self, text);
}

/* @changed (form): swapped, each time a person changes it */
void
linli_form_input_connect (LinliFormInput *self,
                          GCallback       changed,
                          gpointer        form)
{
  GtkWidget *input = linli_field_get_input (self->field);

  g_signal_connect_object (input, GTK_IS_DROP_DOWN (input) ? "notify::selected" : "changed", changed, form,
                           G_CONNECT_SWAPPED);
}
