/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 事项属性: what is asked about matters beside their item, because it decides
 * whose they are: the kind of a well cover. The form says where each answer
 * would send such a matter, and why. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-try.h"
#include "linli-attributes.h"
#include "linli-cards.h"
#include "linli-form-preview.h"
#include "linli-route-words.h"
#include "linli-routing-tables.h"

#define GROUPS_SHOWN 12

static gpointer
read_attributes (LinliConn *conn,
                 gint64     now,
                 GError   **error)
{
  return linli_attribute_defs_load_all (conn, error);
}

/* Returns: (transfer full): the possible answers, as people write them */
static char *
choices_text (LinliRow *def)
{
  g_auto(GStrv) choices = linli_attribute_dup_choices (def);

  return choices != NULL ? g_strjoinv (C_("between names", ", "), choices) : g_strdup ("");
}

static void
show_attributes (LinliCentreRoom *room,
                 gpointer         facts)
{
  GPtrArray *defs = facts;

  for (guint i = 0; i < defs->len; i++)
    {
      LinliRow *def = defs->pdata[i];
      const char *name = linli_row_get_text (def, LINLI_ATTRIBUTE_NAME);
      g_autofree char *choices = choices_text (def);
      g_autofree char *items = g_strdup_printf (_("Items %s"), linli_row_get_text (def, LINLI_ATTRIBUTE_ITEMS));
      g_autofree char *asked = g_strdup_printf (_("Asked: %s"), name);
      const LinliRoomLine line = { linli_row_get_text (def, LINLI_ATTRIBUTE_CODE), name,
                                   *choices != '\0' ? choices : _("Answered in any words"), items, asked,
                                   linli_row_get_int (def, LINLI_ATTRIBUTE_ACTIVE) != 0 };

      linli_centre_room_add (room, &line);
    }
}

/* --- Where an answer leads --- */

/* Answers with the same unit for the same reason stand together. */
static char *
answers_words (LinliAttributeTrial *trial)
{
  GString *words = g_string_new (NULL);
  g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < trial->answers->len; i++)
    {
      const LinliAttributeAnswer *answer = trial->answers->pdata[i];
      g_autofree char *why = answer->note != NULL ? linli_route_reason_words (answer->note) : g_strdup ("");
      g_autofree char *way = g_strdup_printf ("%s · %s", answer->note != NULL && answer->note->lead != NULL
                                                           ? answer->note->lead : _("no unit"), why);
      guint known;

      if (g_ptr_array_find_with_equal_func (ways, way, g_str_equal, &known))
        {
          g_autofree char *before = values->pdata[known];

          values->pdata[known] = g_strdup_printf ("%s%s%s", before, C_("between names", ", "), answer->value);
          continue;
        }
      g_ptr_array_add (ways, g_steal_pointer (&way));
      g_ptr_array_add (values, g_strdup (answer->value));
    }
  for (guint i = 0; i < ways->len && i < GROUPS_SHOWN; i++)
    g_string_append_printf (words, "\n%s → %s", (char *) values->pdata[i], (char *) ways->pdata[i]);
  if (ways->len > GROUPS_SHOWN)
    g_string_append_printf (words, ngettext ("\nand %u more", "\nand %u more", ways->len - GROUPS_SHOWN), ways->len - GROUPS_SHOWN);
  return g_string_free (words, FALSE);
}

static char *
read_effect (LinliConn  *conn,
             JsonObject *args,
             gint64      now,
             GError    **error)
{
  g_autoptr(LinliAttributeTrial) trial = linli_attribute_try (conn, args, now, error);
  g_autofree char *answers = NULL;
  g_autoptr(GString) words = NULL;

  if (trial == NULL)
    return NULL;
  answers = answers_words (trial);
  words = g_string_new (NULL);
  if (trial->leaf == NULL)
    g_string_append (words, _("No item of the duty list stands there: nobody would be asked."));
  else if (trial->answers->len == 0)
    g_string_append_printf (words, _("It is asked about “%s %s” and others under these codes; no rule wants an answer to it "
                                     "yet."),
                            trial->leaf, trial->name);
  else
    g_string_append_printf (words, _("Why this unit? A matter of “%s %s”, of no particular place:%s"), trial->leaf, trial->name,
                            answers);
  for (guint i = 0; i < trial->lost->len; i++)
    g_string_append_printf (words, _("\nThe rule “%s” wants an answer that nobody could give any more."),
                            (char *) trial->lost->pdata[i]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- The form --- */

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  const char *remove = linli_request_get_text (request, "remove");

  linli_request_set_bool (request, "remove", g_strcmp0 (remove, "yes") == 0);
  return TRUE;
}

static LinliRow *
find_def (GPtrArray  *defs,
          const char *code)
{
  for (guint i = 0; code != NULL && i < defs->len; i++)
    if (g_str_equal (linli_row_get_text (defs->pdata[i], LINLI_ATTRIBUTE_CODE), code))
      return defs->pdata[i];
  return NULL;
}

static void
add_fields (LinliActionDialog *dialog,
            LinliRow          *def)
{
  g_autofree char *choices = def != NULL ? choices_text (def) : NULL;
  g_autofree char *defaults = def != NULL ? linli_attribute_defaults_to_text (def) : NULL;
  LinliFormInput *input;

  linli_action_dialog_add_entry (dialog, "name", _("What is as_ked"),
                                 def != NULL ? linli_row_get_text (def, LINLI_ATTRIBUTE_NAME) : NULL)->required = TRUE;
  input = linli_action_dialog_add_entry (dialog, "items", _("About which duty _items"),
                                         def != NULL ? linli_row_get_text (def, LINLI_ATTRIBUTE_ITEMS) : NULL);
  input->required = TRUE;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)),
                                  _("Codes or names of leaves, groups or classes"));
  input = linli_action_dialog_add_entry (dialog, "choices", _("Possible _answers"), choices);
  input->edits = TRUE;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), _("Separated by commas; empty for any words"));
  linli_action_dialog_add_area (dialog, "defaults", _("What _leaves say by themselves: code and answer, one leaf a line"),
                                defaults)->edits = TRUE;
  linli_action_dialog_add_entry (dialog, "hint", _("_How to find out"),
                                 def != NULL ? linli_row_get_text (def, LINLI_ATTRIBUTE_HINT) : NULL)->edits = TRUE;
}

static LinliActionDialog *
edit_attribute (LinliUiContext *context,
                gpointer        facts,
                const char     *code)
{
  LinliRow *def = find_def (facts, code);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "attribute.save", code != NULL ? code : "new",
                                                       def != NULL ? _("What Is Asked") : _("One More Question"), _("Save"));

  if (def != NULL)
    {
      linli_action_dialog_fix_text (dialog, "code", code);
      linli_action_dialog_add_second (dialog, _("Remove"), "remove", "no", "yes", NULL);
      linli_action_dialog_set_collect (dialog, collect, NULL);
    }
  add_fields (dialog, def);
  linli_form_preview_attach (dialog, context, read_effect, def != NULL ? collect : NULL, NULL);

  return dialog;
}

static const char *const tables[] = { "attribute", NULL };

const LinliRoomKind linli_attributes_room = {
  .id = "attributes",
  .title = N_("What Is Asked about Matters"),
  .icon = "linli-dispatch-symbolic",
  .doc = N_("What a clerk asks beside the item, because it decides whose a matter is: the kind of a well cover, where it lies. "
            "The routing rules go by the answers. A question that is no longer asked keeps the answers it got."),
  .command = "attribute.save",
  .fresh = N_("_One More Question…"),
  .tables = tables,
  .read = read_attributes,
  .facts_free = (GDestroyNotify) g_ptr_array_unref,
  .show = show_attributes,
  .edit = edit_attribute,
};
