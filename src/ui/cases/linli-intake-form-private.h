/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-form-input.h"
#include "linli-hint-asker.h"
#include "linli-intake-files.h"
#include "linli-intake-form.h"
#include "linli-item-card.h"
#include "linli-leaf-hints.h"

G_BEGIN_DECLS

/* Shared by the two files of the form: what stands in it and becomes a
 * request, and what it answers while somebody fills it in. */

/* In the order in which the keyboard comes to them. */
enum { TEXT, NAME, PHONE, CHANNEL, ITEM, ATTRIBUTES, NATURE, URGENCY, PLACE, COMMUNITY, TITLE, N_INPUTS };
enum { ANONYMOUS, CONFIDENTIAL, REPLY, N_CHECKS };

struct _LinliIntakeForm
{
  AdwBin            parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkCheckButton   *checks[N_CHECKS];
  LinliItemCard    *card;
  GtkLabel         *goes_to;
  LinliIntakeFiles *files;
  LinliLeafHints   *leaf_hints;
  LinliMatterHints *matter_hints;

  /* Owned */
  LinliUiContext   *context;
  LinliHintAsker   *asker;
  LinliFormInput   *inputs[N_INPUTS];
  LinliIntakeRoute *route;       /* (nullable): whom it would go to */
  GCancellable     *cancellable; /* (nullable): of the route being read */
  char             *filled_in;   /* (nullable): the community that came with a place */

  /* State */
  gboolean          filling;     /* what changes is not typed */
  guint             route_id;
};

static inline GtkWidget *
linli_intake_form_input (LinliIntakeForm *self,
                         guint            which)
{
  return linli_field_get_input (self->inputs[which]->field);
}

char *linli_intake_form_dup_text  (LinliIntakeForm *self,
                                   guint            which);
void  linli_intake_form_listen    (LinliIntakeForm *self);
void  linli_intake_form_show_item (LinliIntakeForm *self);

G_END_DECLS
