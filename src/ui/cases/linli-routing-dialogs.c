/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked about a matter, and whose it turned out to be. */

#include "config.h"

#include "linli-routing-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-attributes.h"
#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-route-card.h"
#include "linli-routing-tables.h"
#include "linli-time-words.h"
#include "linli-unit-chips.h"

/* The leaf's questions among the fields of @dialog; @attributes: (nullable): answered already */
LinliFormInput *
linli_action_dialog_add_attributes (LinliActionDialog *dialog,
                                    LinliUiContext    *context,
                                    const char        *item,
                                    GHashTable        *attributes)
{
  GtkWidget *fields = linli_attribute_fields_new (context);
  LinliFormInput *input = linli_action_dialog_add_input (dialog, "attributes", _("What is asked about it"), fields);
  g_autofree char *text = attributes != NULL ? linli_attributes_to_text (attributes) : NULL;

  linli_attribute_fields_set_item (LINLI_ATTRIBUTE_FIELDS (fields), item);
  linli_attribute_fields_set_text (LINLI_ATTRIBUTE_FIELDS (fields), text);

  return input;
}

static LinliActionDialog *
new_dialog (LinliUiContext *context,
            LinliCaseSheet *sheet,
            const char     *command,
            const char     *title,
            const char     *confirm)
{
  const char *id = linli_row_get_id (sheet->detail->case_row);
  LinliActionDialog *dialog = linli_action_dialog_new (context, command, id, title, confirm);

  linli_action_dialog_fix_text (dialog, "case", id);

  return dialog;
}

LinliActionDialog *
linli_attributes_dialog_new (LinliUiContext *context,
                             LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.set-attributes", _("What Is Asked about It"), _("Save"));

  linli_action_dialog_add_attributes (dialog, context,
                                      linli_row_get_text (sheet->detail->case_row, LINLI_CASE_ITEM_CODE),
                                      sheet->facts->attributes);
  return dialog;
}

LinliActionDialog *
linli_record_owner_dialog_new (LinliUiContext *context,
                               LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.record-owner", _("Record the Owner"), _("Record"));

  linli_action_dialog_add_picker (dialog, "unit", _("_Owner"), LINLI_PICK_UNIT, NULL)->required = TRUE;
  linli_action_dialog_add_area (dialog, "basis", _("_By what it was recognised"), NULL)->required = TRUE;
  linli_action_dialog_add_widget (dialog, linli_text_new (_("The next matter of this kind at this place is proposed "
                                                            "to the owner, with this case as the reason."), "dim-label"));
  return dialog;
}

/* The proposal goes into the form of the dispatch, with its reason below. */
void
linli_dispatch_dialog_add_route (LinliActionDialog *dialog,
                                 LinliCaseSheet    *sheet)
{
  g_autoptr(LinliRouteNote) note = sheet->routing != NULL ? linli_route_note_of (sheet->routing) : NULL;

  if (note != NULL)
    linli_action_dialog_add_widget (dialog, linli_route_card_new (note));
}

static GtkWidget *
owner_new (LinliRow       *owner,
           LinliUiContext *context)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *moment = linli_moment_words (linli_row_get_int (owner, LINLI_OWNERSHIP_FOUND_AT),
                                                linli_ui_context_now (context), linli_ui_context_get_zone (context));
  g_autofree char *words = g_strdup_printf ("%s · %s", linli_row_get_text (owner, LINLI_OWNERSHIP_UNIT_NAME), moment);

  gtk_box_append (GTK_BOX (box), linli_fact_row_new (_("Owner found"), words));
  gtk_box_append (GTK_BOX (box), linli_fact_row_new (_("Recognised"), linli_row_get_text (owner, LINLI_OWNERSHIP_BASIS)));
  if (linli_ui_context_get_session (context)->roles & LINLI_ROLE_ADMIN)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("Make a _Rule of It"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.make-rule");
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/* Returns: (transfer floating) (nullable): what the case answers, and whose it is */
GtkWidget *
linli_matter_facts_card_new (LinliCaseSheet *sheet,
                             LinliUiContext *context)
{
  LinliMatterFacts *facts = sheet->facts;
  GtkWidget *card;

  if (facts->defs->len == 0 && facts->owner == NULL)
    return NULL;
  card = linli_card_new (6);
  for (guint i = 0; i < facts->defs->len; i++)
    {
      const char *value = g_hash_table_lookup (facts->attributes,
                                               linli_row_get_text (facts->defs->pdata[i], LINLI_ATTRIBUTE_CODE));

      gtk_box_append (GTK_BOX (card), linli_fact_row_new (linli_row_get_text (facts->defs->pdata[i], LINLI_ATTRIBUTE_NAME),
                                                          value != NULL ? value : C_("attribute", "not said")));
    }
  if (facts->owner != NULL)
    gtk_box_append (GTK_BOX (card), owner_new (facts->owner, context));
  if (facts->defs->len > 0 && linli_case_sheet_allows (sheet, "case.set-attributes"))
    {
      GtkWidget *button = gtk_button_new_with_label (_("Answer…"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.set-attributes");
      gtk_box_append (GTK_BOX (card), button);
    }
  return linli_section_new (_("What Is Asked about It"), card);
}
