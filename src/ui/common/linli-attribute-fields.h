/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-request.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What is asked about matters of a leaf: a short field each, its choices by
 * keyboard. Empty, and not seen, for a leaf about which nothing is asked. */
#define LINLI_TYPE_ATTRIBUTE_FIELDS (linli_attribute_fields_get_type ())
G_DECLARE_FINAL_TYPE (LinliAttributeFields, linli_attribute_fields, LINLI, ATTRIBUTE_FIELDS, GtkBox)

GtkWidget *linli_attribute_fields_new            (LinliUiContext       *context);
GtkWidget *linli_attribute_fields_new_conditions (LinliUiContext       *context);
void       linli_attribute_fields_set_item       (LinliAttributeFields *self,
                                                  const char           *item);
char      *linli_attribute_fields_dup_text       (LinliAttributeFields *self);
void       linli_attribute_fields_set_text       (LinliAttributeFields *self,
                                                  const char           *text);
void       linli_attribute_fields_send           (LinliAttributeFields *self,
                                                  const char           *name,
                                                  LinliRequest         *request);

G_END_DECLS
